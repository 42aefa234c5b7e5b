"""Forms for proceedings, what waits for them, agreements, checks, and whose review it is."""

from collections.abc import Iterable

from django.forms import ChoiceField

from candour.people.models import Partnership
from candour.reviews.models import HeldActivity, ParallelProceeding, ProgressCheck
from candour.reviews.services import Agreed, Checked, Stands, Waiting
from candour.ui import fields
from candour.ui.forms import Form


class ProceedingNowForm(Form):
    """How such proceedings stand now."""

    stands = fields.text("How it stands", max_length=300, disclosable=True)
    reference = fields.text("Its reference", required=False, max_length=80)
    lead_contact = fields.text(
        "Who leads it, and how to reach them",
        hint="Role, body and contact. One person whom both sides ask.",
        required=False,
        max_length=300,
    )
    agreed = fields.long_text("What was agreed with its lead", required=False, disclosable=True)
    asked_once = fields.long_text(
        "What the two share, so that agencies and the family are asked once",
        required=False,
        disclosable=True,
    )
    ended_on = fields.day("Day it ended", required=False)

    def now(self) -> Stands:
        """What is to stand."""
        return Stands(**{name: self.cleaned_data[name] for name in Stands.__dataclass_fields__})


class ProceedingForm(ProceedingNowForm):
    """A trial, inquest or other review beside this one."""

    kind = fields.choice("Kind of proceedings", choices=ParallelProceeding.Kind.choices)
    field_order = ["kind"]


class HoldForm(Form):
    """Holding back one named activity."""

    sent_once = True

    kind = fields.choice("What waits", choices=HeldActivity.Kind.choices)
    activity = fields.text(
        "Name the activity",
        hint="For example: speaking to witness 3. By role or number, never by name.",
        max_length=300,
        disclosable=True,
    )
    reason = fields.long_text("Why it waits", disclosable=True)
    agreed_with = fields.text("With whom this was agreed", max_length=200)
    interim_learning = fields.long_text(
        "What can already be learned, and what is done about it", disclosable=True
    )
    held_on = fields.day("From which day")

    def waiting(self) -> Waiting:
        """What is to wait."""
        told = {name: self.cleaned_data[name] for name in Waiting.__dataclass_fields__}
        return Waiting(**{**told, "kind": HeldActivity.Kind(told["kind"])})


class LiftForm(Form):
    """Going on with an activity that was held back."""

    reasons = fields.long_text("Why it may go on, and who agreed", disclosable=True)
    lifted_on = fields.day("From which day")


class AgreementForm(Form):
    """What the police and the prosecutors agreed."""

    sent_once = True

    agreed_on = fields.day("Day of the agreement")
    agreed_with = fields.text(
        "With whom",
        hint="The senior investigating officer and the prosecutor, by role and body.",
        max_length=300,
    )
    may_speak_to = fields.long_text("Whom reviewers may speak to, and when", disclosable=True)
    not_yet = fields.long_text(
        "Whom not yet, and until what has happened", required=False, disclosable=True
    )
    what_is_kept = fields.long_text(
        "What notes and material are kept, and how they can be asked for", disclosable=True
    )
    look_again_on = fields.day("Day on which both look at it again", required=False)

    def agreed(self) -> Agreed:
        """The agreement, whole."""
        return Agreed(**{name: self.cleaned_data[name] for name in Agreed.__dataclass_fields__})


class CheckForm(Form):
    """A check of the review, or a written request to its reviewer."""

    sent_once = True

    kind = fields.choice("What this is", choices=ProgressCheck.Kind.choices)
    made_on = fields.day("Day")
    words = fields.long_text(
        "What was looked at and found, or the words of the request", disclosable=True
    )
    on_time = fields.yes_no("Will the review be finished in time?")
    delay_reasons = fields.long_text(
        "If not, why, and when it will be", required=False, disclosable=True
    )

    def checked(self) -> Checked:
        """The check, whole."""
        told = {name: self.cleaned_data[name] for name in Checked.__dataclass_fields__}
        kind = ProgressCheck.Kind(told["kind"])
        return Checked(**{**told, "kind": kind, "on_time": told["on_time"] == "yes"})


class CheckAnswerForm(Form):
    """What the reviewer answered."""

    answer = fields.long_text("What was answered", rows=8, disclosable=True)
    answered_on = fields.day("Day of the answer")


class PartnershipForm(Form):
    """Another partnership, and why."""

    sent_once = True

    partnership = fields.select("Partnership", choices=[])
    reasons = fields.long_text("Why", disclosable=True)

    def offer(self, partnerships: Iterable[Partnership]) -> "PartnershipForm":
        """Fill the list to choose from."""
        field = self.fields["partnership"]
        if isinstance(field, ChoiceField):
            listed = [(str(each.pk), each.name) for each in partnerships]
            field.choices = [("", "Choose one"), *listed]
        return self


class HandOverForm(PartnershipForm):
    """A successor finishes the review."""

    handed_over_on = fields.day("Day of the hand-over")
