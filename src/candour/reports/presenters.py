"""What the pages of the draft show."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from candour.cases.access import Access
from candour.cases.models import Membership
from candour.cases.steps import Row
from candour.duties.models import Meeting
from candour.engines.hindsight.language import find
from candour.people.roles import Role
from candour.reports.composition.briefing_page import BOXES
from candour.reports.composition.chronology_table import ChosenRow
from candour.reports.grain import when
from candour.reports.models import Briefing, Report, Section
from candour.reports.sections import SECTIONS, planned
from candour.ui.wording import plural

Cell = str | dict[str, object]

_LOOK = {
    "p": "govuk-body",
    "h2": "govuk-heading-l",
    "h3": "govuk-heading-m",
    "h4": "govuk-heading-s",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "blockquote": "govuk-inset-text",
    "table": "govuk-table",
    "caption": "govuk-table__caption govuk-table__caption--m",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
    "tr": "govuk-table__row",
}
_TAG = re.compile(rf"<({'|'.join(_LOOK)})(?=[ >])")


@dataclass(frozen=True)
class SectionLine:
    """A section on the page of the draft."""

    heading: str
    href: str
    words: str
    follows: str
    prompts: str
    change: str


def section_lines(access: Access, sections: Iterable[Section]) -> list[SectionLine]:
    """Every section with how much stands in it and what Candour adds below."""
    return [_section_line(access, section) for section in sections]


def _section_line(access: Access, section: Section) -> SectionLine:
    words, prompts = len(section.body.split()), len(find(section.body))
    return SectionLine(
        heading=section.heading,
        href=address(access, "section", key=section.key),
        words=plural(words, "word") if words else "Nothing written yet",
        follows=planned(section.key).follows,
        prompts=plural(prompts, "prompt") if prompts else "",
        change=f"Write {section.heading}",
    )


def prompts_in(section: Section) -> list[Row]:
    """Words of hindsight or blame in a section, each with its question."""
    return [{"key": f"“{found.words}”", "value": found.prompt} for found in find(section.body)]


def saved_section(section: Section) -> list[Row]:
    """What stands saved, for somebody whose version is out of date."""
    return [{"key": "Heading", "value": section.heading}, {"key": "Text", "value": section.body}]


def saved_front(report: Report) -> list[Row]:
    """What stands saved in front of the report."""
    return [
        {"key": "Title", "value": report.title},
        {"key": "Subtitle", "value": report.subtitle},
        {"key": "Abstract", "value": report.abstract},
        {"key": "Year", "value": report.year_text},
    ]


def saved_briefing(briefing: Briefing) -> list[Row]:
    """What stands saved in the briefing."""
    return [{"key": title, "value": getattr(briefing, name)} for name, title in BOXES]


def dressed(fragment: str) -> SafeString:
    """Our own renderer's HTML in the look of the site; it escapes all words itself."""
    return mark_safe(_TAG.sub(lambda tag: f'<{tag[1]} class="{_LOOK[tag[1]]}"', fragment))  # noqa: S308


def wording_rows(access: Access, rows: Iterable[ChosenRow], grain: str) -> list[list[Cell]]:
    """Chosen entries with the report's words, as the published table will have them."""
    return [
        [
            when(chosen.earliest, chosen.latest, grain),
            chosen.row.entry.agency.name,
            "Report's wording" if chosen.row.wording else "Entry's own words",
            {
                "text": f"Reword the entry of {chosen.row.entry.agency.name}, "
                f"{when(chosen.earliest, chosen.latest, grain)}, row {number}",
                "href": address(access, "wording", row_id=chosen.row.pk),
            },
        ]
        for number, chosen in enumerate(rows, start=1)
    ]


def recipient_rows(
    access: Access, meeting: Meeting, members: Iterable[Membership]
) -> list[list[Cell]]:
    """Everybody on the case for whom a pack can be made."""
    return [
        [
            member.user.name,
            Role(member.role).label,
            {
                "text": f"Pack for {member.user.name}, {Role(member.role).label} (PDF)",
                "href": address(access, "pack", meeting_id=meeting.pk, membership_id=member.pk),
            },
        ]
        for member in members
    ]


def address(access: Access, page: str, **parts: object) -> str:
    """The address of a page of the draft."""
    return reverse(f"reports:{page}", kwargs={"reference": access.case.reference, **parts})


def planned_headings() -> list[str]:
    """The sections a report starts with."""
    return [section.heading for section in SECTIONS]
