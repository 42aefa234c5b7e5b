"""Forms of the integrated chronology."""

from collections.abc import Iterable, Mapping

from django import forms
from django.http import QueryDict

from candour.cases.access import Access
from candour.chronology.models import Event
from candour.chronology.selectors import Filters
from candour.chronology.selectors.working import tag_names
from candour.ui import fields
from candour.ui.forms import Form


class FilterForm(Form):
    """Which entries are wanted. What was not understood is said, and filters nothing."""

    method = "get"
    agency = fields.choices("Agencies", choices=[], required=False, hint="All, if none is chosen.")
    since = fields.day("From", required=False)
    until = fields.day("To", required=False)
    words = fields.text("Words in the entry", required=False, max_length=200)
    tag = fields.select("Tag", choices=[], required=False)
    names = forms.CharField(required=False, widget=forms.HiddenInput())

    def offer(
        self, agencies: Mapping[str, str], tags: Mapping[str, str] | None = None
    ) -> "FilterForm":
        """Fill the lists of agencies and of tags; without a tag the question goes."""
        field, tag = self.fields["agency"], self.fields["tag"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(agencies.items())
        if not tags:
            del self.fields["tag"]
        elif isinstance(tag, forms.ChoiceField):
            tag.choices = [("", "Any or none"), *tags.items()]
        return self

    def filters(self) -> Filters:
        """What was asked for, as far as it was understood."""
        if not self.is_bound:
            return Filters()
        self.is_valid()
        told = self.cleaned_data
        return Filters(
            agencies=frozenset(told.get("agency") or ()),
            since=told.get("since"),
            until=told.get("until"),
            words=told.get("words") or "",
            tag=told.get("tag") or "",
        )


def asked_filters(access: Access, query: QueryDict) -> Filters:
    """The filters that an address's query asks for, as far as they are understood."""
    form = FilterForm(query or None)
    form.offer({agency: agency for agency in query.getlist("agency")}, tag_names(access))
    return form.filters()


class GroupForm(Form):
    """The event that the chosen entries tell of: a new one, or one that stands."""

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
    entry = forms.Field(widget=forms.MultipleHiddenInput())

    def offer(self, events: Iterable[Event]) -> "GroupForm":
        """Fill the list of events that stand."""
        field = self.fields["event"]
        if isinstance(field, forms.ChoiceField):
            standing = [(str(event.pk), event.title) for event in events]
            field.choices = [("", "Choose one"), *standing]
        return self


class RenameForm(Form):
    """Another title for an event."""

    title = fields.text("Title of the event", max_length=200, disclosable=True)
