"""Preparing the notification, and recording what was done with it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from candour.incidents.models import IncidentChild, Notification
from candour.incidents.questions import OF_CHILD, OF_INCIDENT, Question
from candour.kernel import clock
from candour.ui import fields
from candour.ui.forms import Form


def answer_name(child: IncidentChild, question: Question) -> str:
    """Under which name the answer about one child is kept."""
    return f"{child.pk.hex}_{question.name}"


class PreparationForm(Form):
    """Everything may be left blank, to be saved half done."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        notification: Notification,
        children: Iterable[IncidentChild],
    ) -> None:
        super().__init__(data, version=notification.version, initial=notification.answers)
        asked = {each.name: _field(each, "") for each in OF_INCIDENT}
        for child in children:
            about = f" ({child.identity.pseudonym})"
            asked |= {answer_name(child, each): _field(each, about) for each in OF_CHILD}
        self.asked = tuple(asked)
        self.fields = {**asked, **self.fields}

    def answers(self) -> dict[str, str]:
        """What has been answered so far."""
        return {name: self.cleaned_data[name] for name in self.asked}


def _field(question: Question, about: str) -> Any:
    label = question.text + about
    if question.choices:
        return fields.select(
            label, choices=question.choices, required=False, nothing="Not answered yet"
        )
    return fields.long_text(label, hint=question.hint, required=False, rows=2, disclosable=True)


class SentForm(Form):
    """That the council sent the notification itself, elsewhere."""

    sent_once = True

    sent_on = fields.day("Day it was sent")
    sent_at_time = fields.time_of_day("Time it was sent")
    sent_by_role = fields.text(
        "Sent by",
        hint="The role, for example: head of safeguarding.",
        missing="Enter the role of whoever sent it",
    )
    sent_to = fields.text(
        "Sent to",
        hint="For example: the national panel, through the service.",
        missing="Enter to whom it was sent",
    )
    reference = fields.text("Reference", hint="As the Government's service answered.", width=20)

    def sent_at(self) -> datetime:
        """The instant of sending, in London's time."""
        told = self.cleaned_data
        return datetime.combine(told["sent_on"], told["sent_at_time"], clock.LONDON)


class NotSentForm(Form):
    """The decision not to notify."""

    sent_once = True

    reasons = fields.long_text("Reasons for not notifying", disclosable=True)
    partners_views = fields.long_text(
        "What each of the three partners thinks",
        hint="If one has not answered, say that you asked and when.",
        disclosable=True,
    )
    dissent = fields.long_text("Dissent, if any", required=False, disclosable=True)


class LookAgainForm(Form):
    """Why a decision not to notify is looked at again."""

    sent_once = True

    new_information = fields.long_text("What is new", disclosable=True)


class RescindForm(Form):
    """A notification taken back."""

    sent_once = True

    reasons = fields.long_text(
        "Why the incident does not meet the criteria after all", disclosable=True
    )
    panel_agreed_on = fields.day(
        "Day on which the national panel agreed",
        hint="Without its agreement the notification stands.",
    )
