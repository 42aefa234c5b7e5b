"""Forms of the board's response and its actions."""

from collections.abc import Iterable, Mapping
from typing import Any

from candour.improvement.models import Action, Response
from candour.people.models import Agency, User
from candour.ui import fields
from candour.ui.forms import Form


class ResponseForm(Form):
    """The answer to one recommendation or question."""

    answer = fields.choice("The board's answer", choices=Response.Answer.choices)
    text = fields.long_text("Response, with its reasons", rows=6, disclosable=True)
    responded_on = fields.day("Day of the response")

    def __init__(self, data: Mapping[str, Any] | None, *, response: Response | None) -> None:
        now = {name: getattr(response, name) for name in self.base_fields} if response else {}
        super().__init__(data, version=response.version if response else 0, initial=now)


class ActionForm(Form):
    """What is to be done, by whom and when."""

    sent_once = True

    text = fields.long_text("What is to be done", rows=3, disclosable=True)
    owner = fields.select("Owner", choices=[], hint="One named person. They come onto the case.")
    agency = fields.select("For which agency", choices=[], required=False, nothing="None")
    due_on = fields.day("To be done by")
    intended_outcome = fields.long_text(
        "What will be different for children", rows=3, disclosable=True
    )

    def offer(self, people: Iterable[User], agencies: Iterable[Agency]) -> "ActionForm":
        """Say who and what may be chosen."""
        owners = [(str(person.pk), person.name) for person in people]
        self.fields["owner"].choices = [("", "Choose one"), *owners]  # type: ignore[attr-defined]
        bodies = [(str(agency.pk), agency.name) for agency in agencies]
        self.fields["agency"].choices = [("", "None"), *bodies]  # type: ignore[attr-defined]
        return self


class ChangeActionForm(ActionForm):
    """The same for an action that stands, with the reason of the change."""

    reason = fields.long_text("Why it changes", rows=2, disclosable=True)

    def __init__(self, data: Mapping[str, Any] | None, *, action: Action) -> None:
        now = {
            "text": action.text,
            "owner": str(action.owner_id),
            "agency": str(action.agency_id or ""),
            "due_on": action.due_on,
            "intended_outcome": action.intended_outcome,
        }
        super().__init__(data, version=action.version, initial=now)


class EvidenceForm(Form):
    """A progress note, or proof that it was done."""

    sent_once = True

    is_progress = fields.choice(
        "What is this?",
        choices=[("evidence", "Evidence that it was done"), ("progress", "A progress note")],
    )
    note = fields.long_text("What was done, or what shows it", rows=4, disclosable=True)
    where = fields.text("Where the proof is kept", required=False, max_length=300)


class CloseForm(Form):
    """Closing on evidence."""

    sent_once = True

    reasons = fields.long_text("What convinced you", rows=4, disclosable=True)
    impact_review_on = fields.day("Day on which its impact on children is looked at")


class ImpactForm(Form):
    """What it changed for children."""

    sent_once = True

    found = fields.long_text(
        "What has changed for children, and how you know", rows=5, disclosable=True
    )
