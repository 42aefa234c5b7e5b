"""Forms for giving and ending access."""

from collections.abc import Iterable

from django.forms import ChoiceField

from candour.cases.permissions import RECORDS, Kind
from candour.people.models import Agency, User
from candour.people.roles import PartnerBody, Role
from candour.ui import fields
from candour.ui.forms import Form

# A reviewer comes on the case once a declaration of independence has been accepted (`reviews`).
GIVEN = [
    role
    for role in Role
    if RECORDS[role] and role not in (Role.LEAD_REVIEWER, Role.SECOND_REVIEWER)
]


class GiveAccessForm(Form):
    """Who is put on the case, as what, for whom, and why."""

    person = fields.select("Person", choices=[])
    role = fields.select("Role on this case", choices=[(r.value, r.label) for r in GIVEN])
    agency = fields.select(
        "Agency",
        choices=[],
        nothing="None",
        required=False,
        hint="Needed for agency authors and signing-off managers.",
    )
    partner_body = fields.select(
        "Partner",
        choices=PartnerBody.choices,
        nothing="None",
        required=False,
        hint="Needed for people who sign for one of the three partners.",
    )
    reason = fields.long_text("Why this person needs access", disclosable=True)

    def offer(self, people: Iterable[User], agencies: Iterable[Agency]) -> "GiveAccessForm":
        """Fill the lists to choose from."""
        self._offer("person", [(str(each.pk), f"{each.name}, {each.email}") for each in people])
        self._offer("agency", [(str(each.pk), each.name) for each in agencies])
        return self

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, ChoiceField):
            field.choices = [("", "Choose one"), *choices]


class EndAccessForm(Form):
    """Why access ends."""

    reason = fields.long_text("Why this access ends", disclosable=True)


class GrantForm(Form):
    """Leave to see one kind of record until a day, with its legal basis."""

    kind = fields.select("Kind of record", choices=Kind.choices)
    legal_basis = fields.long_text("Order or legal basis", disclosable=True)
    onward_use = fields.long_text(
        "Limit on onward use", required=False, hint="For example: the inquest only."
    )
    ends_on = fields.day("Until the end of")


class LegalHoldForm(Form):
    """Placing a legal hold."""

    sent_once = True

    asked_by = fields.text(
        "Who asks for it", hint="The court, the police or the lawyer, by role.", max_length=200
    )
    reasons = fields.long_text("Why nothing may be disposed of", disclosable=True)


class LiftHoldForm(Form):
    """Lifting a legal hold."""

    sent_once = True

    reasons = fields.long_text("Who agreed that it is lifted, and why", disclosable=True)
