"""Forms for hearing practitioners and families."""

from collections.abc import Iterable
from dataclasses import fields as fields_of
from typing import Any, Self

from django.forms import ChoiceField

from candour.contributions.services.hearing_practitioners import EventDetails
from candour.identities.models import Identity
from candour.people.models import Agency
from candour.reviews.models import AgreedException
from candour.reviews.services import GoesAhead
from candour.ui import fields
from candour.ui.forms import Form

EVENT_FIELDS = tuple(field.name for field in fields_of(EventDetails))


class AheadForm(Form):
    """A form that asks why something goes ahead, where such an activity is or was held back."""

    basis = fields.choice(
        "Why this goes ahead although it is held back",
        choices=AgreedException.Basis.choices,
        required=False,
    )
    why = fields.long_text(
        "Who agreed and when, or why it is something else",
        required=False,
        disclosable=True,
        hint="Needed where it is held back on the day you give.",
    )

    def where(self, held: bool) -> Self:
        """Ask only where something of the kind is or was held back; after everything else."""
        if held:
            others = [name for name in self.fields if name not in ("basis", "why")]
            self.order_fields(others)
        else:
            del self.fields["basis"], self.fields["why"]
        return self

    def answered(self) -> dict[str, Any]:
        """What was answered, with `goes_ahead` in place of the two fields of its own."""
        told = super().answered()
        basis, why = told.pop("basis", ""), told.pop("why", "")
        given = GoesAhead(AgreedException.Basis(basis), why) if basis else None
        return {**told, "goes_ahead": given}


class InviteForm(AheadForm):
    """A practitioner invited to talk, by role."""

    role_label = fields.text("In which role", hint="Health visitor. Never a name.", max_length=120)
    agency = fields.select("Agency", choices=[], nothing="None", required=False)
    invited_on = fields.day("Invited on")

    def offer(self, agencies: Iterable[Agency]) -> "InviteForm":
        """Fill the list to choose from."""
        field = self.fields["agency"]
        if isinstance(field, ChoiceField):
            field.choices = [("", "None"), *((str(each.pk), each.name) for each in agencies)]
        return self


class LimitsForm(Form):
    """When the limits of confidentiality were explained."""

    explained_on = fields.day(
        "Explained on",
        hint="That a court may order what is said to be disclosed, and that a risk to a child is "
        "passed on.",
    )


class ConversationForm(AheadForm):
    """What was said."""

    held_on = fields.day("Held on")
    words = fields.long_text("What was said", rows=15, disclosable=True)


class CorrectionForm(Form):
    """The words as the person corrected them."""

    words = fields.long_text("What was said, as corrected", rows=15, disclosable=True)
    corrections = fields.long_text("What they changed", required=False, disclosable=True)


class AgreedForm(Form):
    """When the person agreed the words."""

    agreed_on = fields.day("Agreed on")


class NotHeldForm(Form):
    """Why no conversation took place."""

    reason = fields.long_text("Why it did not take place", disclosable=True)


class EventForm(AheadForm):
    """A practitioner event."""

    held_on = fields.day("Held on")
    facilitators = fields.text("Led by", required=False)
    attendees_by_role = fields.long_text(
        "Who came, by role", hint="One role a line. Never a name.", disclosable=True
    )
    support_offered = fields.long_text("Support offered", required=False, disclosable=True)
    discussed = fields.long_text("What was discussed", required=False, rows=10, disclosable=True)
    amendments = fields.long_text(
        "What those present put right or agreed", required=False, rows=6, disclosable=True
    )

    def details(self) -> EventDetails:
        """What was typed."""
        return EventDetails(**{name: self.cleaned_data[name] for name in EVENT_FIELDS})


class FamilyMemberForm(Form):
    """A member of the family, and how to reach them safely."""

    identity = fields.select("Person", choices=[])
    safe_contact_rule = fields.long_text(
        "How this person is contacted safely, and how never", disclosable=True
    )

    def offer(self, people: Iterable[Identity]) -> "FamilyMemberForm":
        """Fill the list to choose from, by pseudonym."""
        field = self.fields["identity"]
        if isinstance(field, ChoiceField):
            field.choices = [("", "Choose one"), *((str(p.pk), p.pseudonym) for p in people)]
        return self


class SafeContactForm(Form):
    """How to reach them safely."""

    safe_contact_rule = fields.long_text(
        "How this person is contacted safely, and how never", disclosable=True
    )


class ApproachForm(AheadForm):
    """When and how somebody approached them."""

    approached_on = fields.day("Approached on")
    approached_how = fields.text("By whom and how", max_length=200, disclosable=True)


class NotApproachedForm(Form):
    """The reasoned decision not to approach them."""

    reason = fields.long_text("Reasons for not approaching them", disclosable=True)


class FamilyWordsForm(AheadForm):
    """What they said."""

    words = fields.long_text("Their words", rows=15, disclosable=True)
    asked_the_review_to_look_at = fields.long_text(
        "What they asked the review to look at", required=False, disclosable=True
    )


class ReadBackForm(Form):
    """That their words were read back to them."""

    read_back_on = fields.day("Read back on")
    agreed = fields.yes_no("Did they agree these words?")
