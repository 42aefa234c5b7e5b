"""Forms for explaining lateness and for meetings."""

from collections.abc import Iterable, Mapping
from typing import Any

from candour.duties.meetings import Minutes
from candour.duties.models import Meeting, StandingBody
from candour.ui import fields
from candour.ui.forms import Form


class ExplainForm(Form):
    """Why something is late."""

    sent_once = True

    explanation = fields.long_text("Why this is late", disclosable=True)


class ApproveForm(Form):
    """Approving the reason for lateness."""

    sent_once = True

    sure = fields.tick("I have read the reason and approve it; the clock stays late")


class CountAgainForm(Form):
    """Counting a clock again on the calendar of today."""

    sent_once = True

    reasons = fields.long_text(
        "What changed",
        hint="Which holiday was proclaimed or moved, or which rule was corrected.",
        disclosable=True,
    )


class ConveneForm(Form):
    """Calling a meeting."""

    sent_once = True

    title = fields.text("Title", hint="Without names.", max_length=200)
    body = fields.select("Kind of body that meets", choices=Meeting.Body.choices)
    standing_body = fields.select(
        "Standing body",
        choices=[],
        required=False,
        nothing="None",
        hint="With one, the register says whether the meeting may decide.",
    )
    held_on = fields.day("Day of the meeting")
    place = fields.text("Place", required=False, max_length=200)
    agenda = fields.long_text("Agenda", required=False, disclosable=True)

    def offer(self, bodies: Iterable[StandingBody]) -> "ConveneForm":
        """Say which standing bodies may meet."""
        known = [(str(each.pk), each.name) for each in bodies]
        self.fields["standing_body"].choices = [("", "None"), *known]  # type: ignore[attr-defined]
        return self


class MinuteForm(Form):
    """Writing what happened at a meeting."""

    attendance = fields.long_text(
        "Who came", required=False, rows=3, hint="Name and role.", disclosable=True
    )
    apologies = fields.long_text("Apologies", required=False, rows=2, disclosable=True)
    declared_conflicts = fields.long_text(
        "Conflicts of interest declared", required=False, rows=2, disclosable=True
    )
    minutes = fields.long_text("Minutes", required=False, rows=10, disclosable=True)
    decisions = fields.long_text("Decisions", required=False, rows=4, disclosable=True)
    dissent = fields.long_text("Dissent", required=False, rows=2, disclosable=True)

    def __init__(self, data: Mapping[str, Any] | None, *, meeting: Meeting) -> None:
        now = {name: getattr(meeting, name) for name in self.base_fields}
        super().__init__(data, version=meeting.version, initial=now)

    def written(self) -> Minutes:
        """What is to stand as the minutes."""
        return Minutes(**{name: self.cleaned_data[name] for name in self.base_fields})
