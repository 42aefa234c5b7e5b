"""The forms of the work as pages: their fields come from the data file."""

from collections.abc import Mapping
from typing import Any

from django import forms

from candour.paperwork.definitions import Definition
from candour.paperwork.definitions import Field as Question
from candour.ui import fields
from candour.ui.forms import Form

_SHOWS = "What shows it"


class PaperForm(Form):
    """One form of the work, half done or whole: nothing has to be answered to save it."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        form: Definition,
        version: int,
        initial: Mapping[str, object],
    ) -> None:
        super().__init__(data, version=version, initial=dict(initial))
        asked: dict[str, forms.Field] = {}
        for question in form.fields():
            asked |= (
                _scaled(question, form.scale) if form.scale else {question.name: _field(question)}
            )
        self.fields = {**asked, **self.fields}

    def answers(self) -> dict[str, str]:
        """What was answered, under the fields' names."""
        told = self.cleaned_data.items()
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else str(value or "")
            for name, value in told
            if name not in ("version", "submission")
        }


def _field(question: Question) -> forms.Field:
    needed = "" if not question.needed else "Needed before the form can be finished. "
    hint = (needed + question.hint).strip()
    match question.kind:
        case "text":
            return fields.long_text(
                question.label, hint=hint, required=False, rows=4, disclosable=True
            )
        case "day":
            return fields.day(question.label, required=False)
        case "choice":
            listed = [(each, each) for each in question.choices]
            return fields.select(
                question.label, choices=listed, required=False, hint=hint, nothing="Not answered"
            )
    return fields.text(question.label, hint=hint, required=False, max_length=500, disclosable=True)


def _scaled(question: Question, scale: tuple[str, ...]) -> dict[str, forms.Field]:
    number = question.label.split(" ", 1)[0]
    listed = [(each, each) for each in scale]
    return {
        question.name: fields.select(
            question.label, choices=listed, required=False, nothing="Not answered"
        ),
        f"{question.name}_shows": fields.long_text(
            f"{_SHOWS} ({number})", required=False, rows=2, disclosable=True
        ),
    }


class FinishForm(Form):
    """Finishing a form."""

    sent_once = True


class OpenAgainForm(Form):
    """Opening a finished form again."""

    sent_once = True

    reasons = fields.long_text("Why it is opened again", disclosable=True)
