"""Forms in which a reviewer decides what comparing the entries has proposed."""

from collections.abc import Iterable

from django import forms

from candour.chronology.models import DifferingAccount, Event
from candour.ui import fields
from candour.ui.forms import Form

_RELIED_ON = DifferingAccount.Disposition.RELIED_ON.value


class SameEventForm(Form):
    """The event that the chosen entries of one proposal tell of."""

    which = fields.choice(
        "Which event do they tell of?",
        choices=[("new", "A new event"), ("standing", "An event that already stands")],
        initial="new",
        reveals={"new": "title", "standing": "event"},
    )
    title = fields.text(
        "Title of the event",
        hint="A few words without names, such as “Home visit, nobody in”.",
        max_length=200,
        disclosable=True,
    )
    event = fields.select("Event", choices=[])

    def offer(self, events: Iterable[Event]) -> "SameEventForm":
        """Fill the list of events that stand."""
        _fill(self, "event", [(str(event.pk), event.title) for event in events])
        return self


class WhyForm(Form):
    """Why a proposal is declined."""

    why = fields.long_text("Why?", disclosable=True)


class FoundOutForm(Form):
    """What was found out about a contact that one agency records."""

    why = fields.long_text("What was found out about it", required=False, disclosable=True)


class DispositionForm(Form):
    """What is made of accounts that differ."""

    disposition = fields.choice(
        "What is made of it?",
        choices=DifferingAccount.Disposition.choices,
        reveals={_RELIED_ON: "relied_on"},
        option_hints={
            DifferingAccount.Disposition.BOTH_STAND: "Nothing shows which of them is right.",
            DifferingAccount.Disposition.UNRESOLVED: "It is still to be asked about.",
        },
    )
    relied_on = fields.select("Account that is relied on", choices=[])
    why = fields.long_text("Why?", disclosable=True)

    def offer(self, accounts: Iterable[tuple[str, str]]) -> "DispositionForm":
        """Fill the list of accounts: the entry's id, and how the page calls it."""
        _fill(self, "relied_on", accounts)
        return self


class AddDifferenceForm(Form):
    """A difference that a reviewer sees between accounts of one event."""

    type = fields.select("In what do the accounts differ?", choices=DifferingAccount.Type.choices)
    words = fields.long_text(
        "What does each say?", hint="Name agencies, no people.", disclosable=True
    )
    entry = fields.choices("Between which accounts?", choices=[])

    def offer(self, accounts: Iterable[tuple[str, str]]) -> "AddDifferenceForm":
        """Fill the list of accounts."""
        field = self.fields["entry"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(accounts)
        return self


def _fill(form: Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [("", "Choose one"), *choices]
