"""Forms of the family: the day asked for, and a tie to record."""

from collections.abc import Mapping
from datetime import date

from django import forms

from candour.chronology.models import FamilyTie
from candour.ui import fields
from candour.ui.forms import Form


class FamilyDayForm(Form):
    """The day on which the family is wanted."""

    method = "get"
    on = fields.day("On", required=False)
    names = forms.CharField(required=False, widget=forms.HiddenInput())

    @property
    def day(self) -> date | None:
        """The day asked for, as far as it was understood."""
        return self.cleaned_data.get("on") if self.is_bound and self.is_valid() else None


class TieForm(Form):
    """How one person belongs to another, as recorded by whom."""

    one = fields.select("Person", choices=[])
    kind = fields.select("Tie", choices=FamilyTie.Kind.choices)
    other = fields.select("To whom", choices=[])
    agency = fields.select("As recorded by", choices=[], required=False)
    since = fields.day("From", required=False)
    until = fields.day("To", required=False)
    disputed = fields.choice(
        "Is it disputed?", choices=[("no", "No"), ("yes", "Yes")], initial="no", inline=True
    )
    remark = fields.long_text(
        "Remark", required=False, rows=3, disclosable=True,
        hint="Of a tie that is disputed: who disputes it, and what they say instead.",
    )  # fmt: skip

    @staticmethod
    def of(tie: FamilyTie) -> dict[str, object]:
        """What the form says of a tie that stands."""
        return {
            "one": str(tie.one_id),
            "kind": tie.kind,
            "other": str(tie.other_id),
            "agency": str(tie.agency_id or ""),
            "since": tie.since,
            "until": tie.until,
            "disputed": "yes" if tie.is_disputed else "no",
            "remark": tie.remark,
        }

    def offer(self, people: Mapping[str, str], agencies: Mapping[str, str]) -> "TieForm":
        """Fill the lists of people and of agencies."""
        for name, choices in (
            ("one", people.items()),
            ("other", people.items()),
            ("agency", [("", "The review itself"), *agencies.items()]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices)
        return self
