"""Scoping forms and the rapid review."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from candour.incidents.models import RapidReview, ScopingForm
from candour.incidents.services.rapid_review import SECTIONS
from candour.incidents.services.scoping import QUESTIONS
from candour.people.models import Agency
from candour.ui import fields
from candour.ui.forms import Form


class AskForm(Form):
    """Which agencies are asked, by when: those known to the family are ticked beforehand."""

    sent_once = True

    agencies = fields.choices("Agencies", choices=[])
    due_on = fields.day("To be returned by")

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        agencies: Iterable[Agency],
        known: Iterable[Agency] = (),
        due_on: date | None = None,
    ) -> None:
        ticked = [str(each.pk) for each in known]
        super().__init__(data, initial={"agencies": ticked, "due_on": due_on})
        choices = [(str(each.pk), each.name) for each in agencies]
        self.fields["agencies"].choices = choices  # type: ignore[attr-defined]


class ReturnForm(Form):
    """What an agency answers."""

    def __init__(self, data: Mapping[str, Any] | None, *, form: ScopingForm) -> None:
        initial = {**form.answers, "secured": "yes" if form.records_secured_at else ""}
        super().__init__(data, version=form.version, initial=initial)
        asked: dict[str, Any] = {
            key: fields.long_text(text, hint=hint, required=False, rows=4, disclosable=True)
            for key, text, hint in QUESTIONS
        }
        asked["secured"] = fields.yes_no(
            "Are the records secured?",
            hint="Nobody adds to them, changes them or takes them away.",
        )
        self.fields = {**asked, **self.fields}

    def answers(self) -> dict[str, str]:
        """What was answered, by question."""
        return {key: self.cleaned_data[key] for key, _, _ in QUESTIONS}


class BeginForm(Form):
    """Beginning the rapid review."""

    sent_once = True

    partners_told = fields.yes_no("Have all three partners been told?")


class SectionsForm(Form):
    """The sections of the rapid review, saved half done or whole."""

    def __init__(self, data: Mapping[str, Any] | None, *, review: RapidReview) -> None:
        super().__init__(data, version=review.version, initial=review.sections)
        written = {
            key: fields.long_text(heading, hint=hint, required=False, rows=8, disclosable=True)
            for key, heading, hint in SECTIONS
        }
        self.fields = {**written, **self.fields}

    def sections(self) -> dict[str, str]:
        """The text by section."""
        return {key: self.cleaned_data[key] for key, _, _ in SECTIONS}


class SignForm(Form):
    """One partner's signature on the version that is shown."""

    sent_once = True

    comment = fields.long_text("Comment", required=False, rows=3, disclosable=True)
    read = fields.tick("I have read this version and sign it for the partner I stand for")


class SentToPanelForm(Form):
    """That the signed rapid review went to the panel."""

    sent_once = True

    sent_on = fields.day("Day it was sent")
