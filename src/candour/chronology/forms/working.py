"""Forms of working on the entries: tags, comments, saved filters, undoing."""

from collections.abc import Iterable

from django import forms

from candour.chronology.models import Tag
from candour.engines.contacts import Step
from candour.ui import fields
from candour.ui.forms import Form


class TagForm(Form):
    """The tag that the chosen entries are to have: a standing one, a new one, or a step."""

    which = fields.choice(
        "Which tag?",
        choices=[
            ("standing", "A tag of this review"),
            ("new", "A new tag"),
            ("step", "A step that the entries tell of"),
        ],
        initial="new",
        reveals={"standing": "tag", "new": "name", "step": "step"},
    )
    tag = fields.select("Tag", choices=[])
    name = fields.text(
        "Name of the tag",
        hint="A word or two without names, such as “housing”.",
        max_length=60,
        disclosable=True,
    )
    step = fields.select(
        "Step", choices=[("", "Choose one"), *((step.value, step.label) for step in Step)]
    )
    entry = forms.Field(widget=forms.MultipleHiddenInput())

    def offer(self, tags: Iterable[Tag]) -> "TagForm":
        """Fill the list of tags that stand."""
        field = self.fields["tag"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choose one"), *((str(tag.pk), tag.name) for tag in tags)]
        return self


class CommentForm(Form):
    """A remark on an entry."""

    words = fields.long_text("Comment", rows=4, disclosable=True)


class SaveFilterForm(Form):
    """A name for the filter that the page shows."""

    name = fields.text("Name of the filter", max_length=80)
    query = forms.CharField(required=False, widget=forms.HiddenInput())


class UndoForm(Form):
    """A button alone."""


class ConfirmForm(Form):
    """A button for the entries chosen in a table."""


class StepForm(Form):
    """Which step the entries are to seem to tell of."""

    method = "get"
    wanted = fields.select(
        "Step", choices=[(step.value, step.label) for step in Step], required=False
    )

    @property
    def step(self) -> Step:
        """The step asked for, or the first where nothing was understood."""
        told = self.cleaned_data.get("wanted") if self.is_bound and self.is_valid() else ""
        return Step(told) if told else Step.REFERRAL
