"""Forms for what stands beside reviews and across them."""

from candour.archive.models import DelayReason, PublisherKind, RelatedKind
from candour.ui import fields
from candour.ui.forms import Form

_NAMES_HINT = "The name of one body on each line, as the list of bodies has it."


class RelatedForm(Form):
    """A document that belongs to a review."""

    sent_once = True

    kind = fields.select("What is it?", choices=RelatedKind.choices)
    title = fields.text("Title", hint="As it stands on the document.", max_length=300)
    address = fields.text(
        "Where it stands on the web", hint="Beginning with https://", required=False, max_length=500
    )
    other = fields.text(
        "Or the review of this archive that it is",
        hint="Its permanent reference, like R-7KQ2-MW9F.",
        required=False,
        max_length=20,
    )
    dated_text = fields.text(
        "Date on it", hint="2015, 2015-06 or 2015-06-18", required=False, max_length=10
    )


class NamesForm(Form):
    """Bodies, one on each line."""

    sent_once = True

    names = fields.long_text("Bodies", hint=_NAMES_HINT, rows=4, required=False)


class BodyForm(Form):
    """A body of which no review is here."""

    sent_once = True

    name = fields.text("Name in full", max_length=200)
    kind = fields.choice("What is it?", choices=PublisherKind.choices)


class CourseForm(Form):
    """How long a review took."""

    sent_once = True

    incident = fields.text(
        "Month of the incident", hint="2014-03. Never a day.", max_length=7, width=10
    )
    reason = fields.select("Why it was long in coming", choices=DelayReason.choices)
    source = fields.text(
        "Where the month was read", hint="Page or paragraph of the report.", max_length=500
    )


class TotalForm(Form):
    """How many reviews of a year nobody has announced."""

    sent_once = True

    year = fields.number("Year")
    count = fields.number("Reviews not announced in the whole of England", at_least=0)
    source = fields.text("Who counted them, and where", max_length=500)


class ThemePageForm(Form):
    """A page on a theme: each sentence with the paragraph that it rests on."""

    sent_once = True

    title = fields.text("Title", hint="A page of the same title is replaced.", max_length=200)
    theme = fields.select("Theme", choices=[], required=False, nothing="None of the list")
    sentences = fields.long_text(
        "Sentences",
        hint=(
            "One on each line, ended by the address of the paragraph it rests on, as the report "
            "shows it “with the addresses of its paragraphs”, or short: R-7KQ2-MW9F/v1#p12."
        ),
        rows=12,
    )
    signed_by = fields.text("Signed by", hint="The person who wrote it.", max_length=120)
    looked = fields.tick(
        "I have read each sentence beside its paragraph",
        missing="Read each sentence beside its paragraph, below, then tick and publish",
    )
