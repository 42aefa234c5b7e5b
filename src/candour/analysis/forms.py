"""Forms of the analysis. Everything written here may be disclosed."""

from collections.abc import Iterable

from django import forms

from candour.analysis.models import ContributoryFactor, Evidence
from candour.analysis.services.evidence import CITED
from candour.ui import fields
from candour.ui.forms import Form

Offered = Iterable[tuple[str, str]]


def offer(form: Form, name: str, choices: Offered) -> None:
    """Fill a list to choose from."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField | forms.MultipleChoiceField):
        field.choices = list(choices)


class EpisodeForm(Form):
    """A key practice episode."""

    title = fields.text(
        "Title",
        hint="A few neutral words, without names. An episode may be good practice or poor.",
        max_length=200,
        disclosable=True,
    )
    period_start = fields.day("From", required=False)
    period_end = fields.day("To", required=False)
    what_happened = fields.long_text("What happened", required=False, rows=8, disclosable=True)
    how_it_looked = fields.long_text(
        "How it looked at the time",
        hint="From the records that were then held and from people’s own accounts: what they saw, "
        "what they made of it, what else was on their minds.",
        required=False,
        rows=8,
        disclosable=True,
    )
    good_practice = fields.long_text("Good practice", required=False, disclosable=True)


class FactorForm(Form):
    """Something that helps to explain an episode."""

    group = fields.choice("Group", choices=ContributoryFactor.Group.choices)
    text = fields.long_text("What helps to explain it", disclosable=True)


class FindingForm(Form):
    """A finding about the system."""

    statement = fields.long_text(
        "Finding", hint="What was learned about how the system works.", rows=3, disclosable=True
    )
    how_it_showed = fields.long_text("How it showed in this case", required=False, disclosable=True)
    why_underlying = fields.long_text(
        "Why it is more than this one case", required=False, disclosable=True
    )
    how_widespread = fields.long_text(
        "How common and how widespread it is", required=False, disclosable=True
    )
    implications = fields.long_text("What it means for children", required=False, disclosable=True)
    episodes = fields.choices(
        "Episodes in which it showed", choices=[], required=False, hint="Select any that apply."
    )


class RecommendationForm(Form):
    """A recommendation, or a question to the board."""

    text = fields.long_text("Recommendation or question", rows=3, disclosable=True)
    addressee = fields.text("To whom", max_length=200)
    intended_outcome = fields.long_text(
        "What is to be different for children", required=False, disclosable=True
    )
    findings = fields.choices(
        "Findings it rests on", choices=[], missing="Choose the findings that it rests on"
    )


class SetAsideForm(Form):
    """Why something is taken out of the analysis."""

    why = fields.long_text("Why it is set aside", disclosable=True)


class WordsForm(Form):
    """A search for entries to choose from."""

    method = "get"
    words = fields.text("Words in the entry", required=False, max_length=200)


class EntriesForm(Form):
    """The entries chosen."""

    entry = forms.Field(required=False, widget=forms.MultipleHiddenInput())
    note = fields.text("What they show", required=False, max_length=300, disclosable=True)


class AccountForm(Form):
    """An account that somebody gave the review and agreed."""

    account = fields.choice("Whose account?", choices=[])
    note = fields.text("What it shows", required=False, max_length=300, disclosable=True)


class CitationForm(Form):
    """Something written elsewhere."""

    kind = fields.choice(
        "What do you cite?", choices=[(kind.value, Evidence.Kind(kind).label) for kind in CITED]
    )
    citation = fields.long_text(
        "Citation",
        hint="Author, title, year, page. For a policy: the version then in force.",
        rows=3,
    )
    address = fields.text("Web address", required=False, max_length=200)
    note = fields.text("What it shows", required=False, max_length=300, disclosable=True)
