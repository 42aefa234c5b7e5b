"""Forms of letters begun, packs sent, bodies and desks."""

from collections.abc import Iterable, Mapping
from typing import Any

from candour.duties.models import Letter, LetterKind
from candour.identities.models import Identity
from candour.oversight.models import DeskLetter, NationalBody, Notified, PaperKind
from candour.people.models import Agency, User
from candour.ui import fields
from candour.ui.forms import Form


class BeginLetterForm(Form):
    """To whom a letter is."""

    sent_once = True

    kind = fields.select("To", choices=LetterKind.choices)
    correspondent = fields.text(
        "Name or office written to",
        required=False,
        max_length=200,
        hint="For a family member leave this blank and choose below.",
    )
    agency = fields.select("Agency", choices=[], required=False, nothing="None")
    identity = fields.select(
        "Family member",
        choices=[],
        required=False,
        nothing="None",
        hint="By pseudonym; the name is put in when the letter is taken away.",
    )
    reply_due_on = fields.day("An answer is asked for by", required=False)

    def offer(self, agencies: Iterable[Agency], family: Iterable[Identity]) -> "BeginLetterForm":
        """Say which agencies and family members may be chosen."""
        self._offer("agency", [(str(each.pk), each.name) for each in agencies])
        self._offer("identity", [(str(each.pk), each.pseudonym) for each in family])
        return self

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", "None"), *choices]  # type: ignore[attr-defined]


class SendPackForm(Form):
    """What goes to a national body."""

    sent_once = True

    body = fields.select("To", choices=[])
    kind = fields.choice("What goes", choices=PaperKind.choices)
    words = fields.long_text(
        "Your words to go with it",
        required=False,
        rows=6,
        hint="Needed for a reply and for a decision not to publish.",
        disclosable=True,
    )
    answers = fields.select("Answers the letter", choices=[], required=False, nothing="None")
    sent_on = fields.day("Day it was sent", required=False, hint="Left blank: today")
    sent_how = fields.text(
        "How it was sent",
        required=False,
        max_length=120,
        hint="Not needed where the body has its desk in Candour: it is handed over.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        bodies: Iterable[NationalBody],
        letters: Iterable[Letter],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        known = [(str(each.pk), each.name) for each in bodies]
        self.fields["body"].choices = known  # type: ignore[attr-defined]
        open_letters = [(str(each.pk), each.subject) for each in letters]
        self.fields["answers"].choices = [("", "None"), *open_letters]  # type: ignore[attr-defined]


class DeskLetterForm(Form):
    """A letter of the body to a partnership."""

    sent_once = True

    outcome = fields.choice("What the letter says", choices=DeskLetter.Outcome.choices)
    non_publication = fields.select(
        "On a decision not to publish, the body",
        choices=[choice for choice in Notified.NonPublication.choices if choice[0]],
        required=False,
        nothing="Does not arise",
    )
    text = fields.long_text("The letter", rows=10, disclosable=True)
    quality = fields.long_text(
        "On the quality of the rapid review", required=False, rows=4, disclosable=True
    )
    reply_due_on = fields.day("A reply is asked for by", required=False)


class BodyForm(Form):
    """A national body."""

    sent_once = True

    name = fields.text("Name", max_length=200)
    kind = fields.select("Kind of body", choices=NationalBody.Kind.choices)
    began_on = fields.day("Day on which it began")
    has_desk = fields.yes_no("Does it work on this installation?")
    reply_working_days = fields.number(
        "Working days within which it answers",
        at_least=1,
        at_most=120,
        hint="Not verified in the sources: 15 unless you know better.",
    )
    year_begins_month = fields.number(
        "Month in which its reporting year begins", at_least=1, at_most=12
    )


class SucceedForm(Form):
    """What came after a body."""

    sent_once = True

    successor = fields.select("The body that came after it", choices=[])
    ended_on = fields.day("Its last day")

    def offer(self, bodies: Iterable[NationalBody]) -> "SucceedForm":
        """Say which bodies may be chosen."""
        self.fields["successor"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), each.name) for each in bodies
        ]
        return self


class PlaceForm(Form):
    """Who works at a desk."""

    sent_once = True

    person = fields.select("Person", choices=[])

    def offer(self, people: Iterable[User]) -> "PlaceForm":
        """Say who may be chosen."""
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), f"{each.name}, {each.email}") for each in people
        ]
        return self
