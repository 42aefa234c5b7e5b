"""Forms of what agencies' records show them to have held."""

from collections.abc import Iterable, Mapping

from django import forms

from candour.chronology.models import HeldStatement
from candour.chronology.selectors.knowledge import Asked
from candour.chronology.services.knowledge import HeldDetails
from candour.people.models import Agency
from candour.ui import fields
from candour.ui.forms import Form


class HeldOnForm(Form):
    """Whose records, on which day."""

    method = "get"
    agency = fields.select("Agency", choices=[])
    on = fields.day("On the evening of")
    mode = fields.choice(
        "How sure",
        choices=[
            ("strict", "Held by then for certain, as far as the files submitted show"),
            ("possible", "Also what may have been held by then, where the dates leave it open"),
        ],
        initial="strict",
        required=False,
    )
    role = fields.select(
        "Role",
        choices=[],
        required=False,
        hint="Only rows that a reviewer has confirmed for that role.",
    )
    words = fields.text("Words in the row", required=False, max_length=200)
    names = forms.CharField(required=False, widget=forms.HiddenInput())

    def offer(self, agencies: Mapping[str, str], roles: Iterable[str]) -> "HeldOnForm":
        """Fill the lists; without roles the question goes."""
        _fill(self, "agency", [("", "Choose one"), *agencies.items()])
        named = list(roles)
        if named:
            _fill(self, "role", [("", "Anybody in the agency"), *((role, role) for role in named)])
        else:
            del self.fields["role"]
        return self

    def asked(self) -> Asked | None:
        """What was asked for; None where agency or day is missing or was not understood."""
        if not self.is_bound or not self.is_valid():
            return None
        told = self.cleaned_data
        return Asked(
            agency=told["agency"],
            on=told["on"],
            certain=told.get("mode") != "possible",
            role=told.get("role") or "",
            words=told.get("words") or "",
        )


class ConfirmForm(Form):
    """One statement, as proposed or corrected."""

    status = fields.choice("What the row shows", choices=HeldStatement.Status.choices)
    earliest = fields.day("Held from, at the earliest", required=False)
    latest = fields.day(
        "Held from, at the latest",
        required=False,
        hint="The same day where it is certain. Leave both empty where the row gives no day.",
    )
    how = fields.select("How", choices=HeldStatement.How.choices)
    from_agency = fields.select("From which agency", choices=[], required=False)
    from_other = fields.text(
        "From whom else", required=False, max_length=120, hint="By part, such as mother."
    )
    role = fields.text(
        "Role that held it", required=False, max_length=120, hint="Such as school nurse. No names."
    )

    def offer(self, agencies: Iterable[Agency]) -> "ConfirmForm":
        """Fill the list of agencies."""
        named = [(str(agency.pk), agency.name) for agency in agencies]
        _fill(self, "from_agency", [("", "None"), *named])
        return self

    def details(self, agencies: Mapping[str, Agency]) -> HeldDetails:
        """What was said. The form must be valid."""
        told = self.cleaned_data
        return HeldDetails(
            status=HeldStatement.Status(told["status"]),
            how=HeldStatement.How(told["how"]),
            earliest=told["earliest"],
            latest=told["latest"],
            role=told["role"] or "",
            from_agency=agencies.get(told["from_agency"] or ""),
            from_other=told["from_other"] or "",
        )


class StateHeldForm(ConfirmForm):
    """The same said by hand, resting on a row given by its number."""

    agency = fields.select("Agency", choices=[])
    number = fields.number(
        "Number of the entry that shows it, in the integrated chronology", at_least=1
    )
    field_order = ("agency", "number")

    def offer(self, agencies: Iterable[Agency]) -> "StateHeldForm":
        """Fill both lists of agencies."""
        listed = list(agencies)
        super().offer(listed)
        named = [(str(agency.pk), agency.name) for agency in listed]
        _fill(self, "agency", [("", "Choose one"), *named])
        return self


class DeclineForm(Form):
    """Why the records do not show this."""

    reason = fields.long_text("Why do the records not show this?", disclosable=True)


class AvailableForm(Form):
    """What was open to an agency under the procedure then in force."""

    agency = fields.select("Open to which agency", choices=[])
    words = fields.long_text("What was available, and how it could be had", disclosable=True)
    procedure = fields.text(
        "The procedure then in force",
        max_length=300,
        hint="Its title, edition and paragraph.",
    )
    day = fields.day("Available from", required=False)

    def offer(self, agencies: Iterable[Agency]) -> "AvailableForm":
        """Fill the list of agencies."""
        named = [(str(agency.pk), agency.name) for agency in agencies]
        _fill(self, "agency", [("", "Choose one"), *named])
        return self


def _fill(form: Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
