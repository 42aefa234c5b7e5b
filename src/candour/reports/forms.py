"""Forms of the draft."""

from collections.abc import Mapping
from typing import Any

from candour.reports.composition.briefing_page import BOXES
from candour.reports.models import Briefing, Report, Section
from candour.reports.services import Front
from candour.ui import fields
from candour.ui.forms import Form

NOTATION = (
    "A blank line starts a new paragraph. How to make lists, quotations and headings is "
    "explained below the box."
)


class StartForm(Form):
    """Beginning the report."""

    sent_once = True

    title = fields.text("Title of the report", hint="As the public will see it. No names.")
    subtitle = fields.text("Subtitle", required=False)


class FrontForm(Form):
    """What stands before the report, and beside it in the archive."""

    title = fields.text("Title of the report", hint="As the public will see it. No names.")
    subtitle = fields.text("Subtitle", required=False)
    abstract = fields.long_text(
        "Abstract",
        required=False,
        rows=8,
        hint="100 to 350 words: what happened, background, key learning, recommendations, method.",
        disclosable=True,
    )
    year_text = fields.text(
        "Year, as it is to be read",
        required=False,
        width=10,
        hint="For example 2015, or 2007-2008. Blank: the year of the commission.",
    )
    chronology_grain = fields.choice(
        "How exactly does the chronology give dates?",
        choices=[("month", "Month and year"), ("day", "Day")],
        option_hints={"day": "Only where the day itself matters: it can identify a child."},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, report: Report) -> None:
        now = {name: getattr(report, name) for name in self.base_fields}
        super().__init__(data, version=report.version, initial=now)

    def written(self) -> Front:
        """What is to stand in front."""
        return Front(**{name: self.cleaned_data[name] for name in self.base_fields})


class SectionForm(Form):
    """One section of the report."""

    heading = fields.text("Heading", max_length=200)
    body = fields.long_text("Text", required=False, rows=24, hint=NOTATION, disclosable=True)

    def __init__(self, data: Mapping[str, Any] | None, *, section: Section) -> None:
        now = {"heading": section.heading, "body": section.body}
        super().__init__(data, version=section.version, initial=now)


class WordingForm(Form):
    """The report's own words for an entry."""

    sent_once = True

    wording = fields.long_text(
        "The report's wording",
        required=False,
        hint="Blank: the entry's own words, with names replaced and dates at the report's grain.",
        disclosable=True,
    )


class BriefingForm(Form):
    """Seven short boxes."""

    def __init__(self, data: Mapping[str, Any] | None, *, briefing: Briefing) -> None:
        now = {name: getattr(briefing, name) for name, _ in BOXES}
        super().__init__(data, version=briefing.version, initial=now)

    background = fields.long_text("Background", required=False, rows=3, disclosable=True)
    incident = fields.long_text("What happened", required=False, rows=3, disclosable=True)
    why_it_matters = fields.long_text("Why it matters", required=False, rows=3, disclosable=True)
    what_we_found = fields.long_text("What we found", required=False, rows=4, disclosable=True)
    good_practice = fields.long_text("What was done well", required=False, rows=3, disclosable=True)
    what_to_do = fields.long_text("What to do now", required=False, rows=4, disclosable=True)
    questions_for_your_team = fields.long_text(
        "Questions for your team", required=False, rows=4, disclosable=True
    )

    def boxes(self) -> dict[str, str]:
        """What is to stand in each box."""
        return {name: self.cleaned_data[name] for name, _ in BOXES}


class ChooseForm(Form):
    """Which entries of a page stand in the report; the page draws its own boxes."""

    sent_once = True
