"""Forms of the pages that show the chronology at a glance."""

from collections.abc import Mapping

from django import forms

from candour.chronology.forms.entries import FilterForm
from candour.ui import fields
from candour.ui.forms import Form

A_LONG_GAP = 60


class LaneForm(FilterForm):
    """What the lanes stand for, and which entries are wanted."""

    by = fields.choice(
        "One lane for each",
        choices=[("agency", "Agency"), ("person", "Member of the family named in the entry")],
        initial="agency",
        required=False,
    )
    field_order = ("by", "agency", "since", "until", "words", "tag")

    @property
    def by_person(self) -> bool:
        """Whether lanes stand for people; agencies where nothing was understood."""
        return self.is_bound and self.is_valid() and self.cleaned_data.get("by") == "person"


class GapForm(Form):
    """How long a gap is worth showing, and about whom."""

    method = "get"
    days = fields.number("Shortest gap to show, in days", required=False, at_least=1, at_most=3660)
    person = fields.select("Count only entries that name", choices=[], required=False)

    def offer(self, people: Mapping[str, str]) -> "GapForm":
        """Fill the list of people; without any the question goes."""
        field = self.fields["person"]
        if not people:
            del self.fields["person"]
        elif isinstance(field, forms.ChoiceField):
            field.choices = [("", "Anybody or nobody"), *people.items()]
        return self

    @property
    def at_least(self) -> int:
        """The shortest gap asked for; two months where nothing was understood."""
        told = self.cleaned_data.get("days") if self.is_bound and self.is_valid() else None
        return int(told) if told else A_LONG_GAP

    @property
    def about(self) -> str:
        """The identity asked about, or an empty string."""
        return (
            str(self.cleaned_data.get("person") or "") if self.is_bound and self.is_valid() else ""
        )
