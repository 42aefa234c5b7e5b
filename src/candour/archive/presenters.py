"""How reviews read on a page: in words, told apart, and honest about what is missing."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from candour.archive.models import PublishedFile, ReviewRecord, Status, Version
from candour.archive.selectors import shared_labels
from candour.archive.titles import publisher_words, shown_title

_FILE_WORDS = {
    "pdf": "PDF",
    "docx": "Word document",
    "odt": "OpenDocument text",
    "html": "Web page",
    "briefing": "Briefing on one page, PDF",
}
_KILOBYTE = 1024


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review in a list."""

    href: str
    title: str
    facts: str
    label_note: str
    held: bool
    is_demonstration: bool


@dataclass(frozen=True, slots=True)
class HelpNumber:
    """The number of a record's own publisher, and when it was checked."""

    name: str
    number: str
    checked_on: object


def review_lines(records: Iterable[ReviewRecord]) -> list[ReviewLine]:
    """Reviews as lines of a list, those with a shared label told apart."""
    known = list(records)
    shared = shared_labels(known)
    return [
        ReviewLine(
            href=reverse("archive:review", args=[record.pk]),
            title=shown_title(record),
            facts=facts_in_a_line(record),
            label_note=label_note(record, shared),
            held=record.status == Status.PUBLISHED,
            is_demonstration=record.is_demonstration,
        )
        for record in known
    ]


def facts_in_a_line(record: ReviewRecord) -> str:
    """Publisher, year and kind, as far as they are known."""
    facts = (publisher_words(record), record.year_text or "year not known", kind_words(record))
    return ", ".join(fact for fact in facts if fact)


def kind_words(record: ReviewRecord) -> str:
    """Type of review and kind of document, without saying one thing twice."""
    kind = record.kind
    words = record.get_review_type_display()
    return f"{words} ({kind})" if kind and kind.casefold() not in words.casefold() else words


def label_note(record: ReviewRecord, shared: dict[str, int]) -> str:
    """A warning where other reviews carry the same label; empty where none does."""
    count = shared.get(record.label.lower(), 0) if record.label else 0
    return f"“{record.label}” – {count} reviews carry this label" if count > 1 else ""


def published_words(text: str) -> str:
    """ "2015", "2015-02" or "2015-02-18" as it is read: "February 2015"; an open end is "today"."""
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    words = [str(int(day))] if day else []
    words += [calendar.month_name[int(month)]] if month else []
    return " ".join([*words, year])


def facts_of(record: ReviewRecord) -> list[dict[str, str]]:
    """The facts of a record page; what is not known is said."""
    published = published_words(record.published_text)
    facts = [
        ("Published by", publisher_words(record)),
        ("Label used for the child or children", record.label),
        ("Type of review", record.get_review_type_display()),
        ("Kind of document", record.kind[:1].upper() + record.kind[1:]),
        ("Year", record.year_text or "Not known"),
        ("Date on the report", published_words(record.report_dated_text)),
        ("Adopted on", published_words(record.adopted_text)),
        ("Published on", published or "Not known"),
        ("Put on the web on", published_words(record.uploaded_text)),
        ("Author", record.author or "Not known"),
        ("Guidance followed", _guidance(record.rule_set)),
        ("Licence", record.licence or "Not known: copyright is the publisher’s"),
        ("Where the licence was seen", record.licence_evidence),
        ("Permanent reference", record.pk),
    ]
    return [{"key": key, "value": value} for key, value in facts if value]


def _guidance(code: str) -> str:
    """WT2013 is the "Working Together to Safeguard Children" of 2013."""
    year = code.removeprefix("WT")
    return f"Working Together to Safeguard Children {year}" if year.isdecimal() else code


def rules_year(record: ReviewRecord) -> str:
    """The year of the guidance that the review followed, where it is recorded."""
    year = record.rule_set.removeprefix("WT")
    return year if year.isdecimal() else ""


def title_note(record: ReviewRecord) -> str:
    """What to say about a title whose exact wording nobody here has seen."""
    if not record.title_is_approximate:
        return ""
    if record.label:
        return "The full title was not seen. This is the label under which the review is listed."
    return "The wording of the title is approximate."


def citation(record: ReviewRecord, address: str) -> str:
    """One line that leads back to the text."""
    parts = (record.author, shown_title(record), publisher_words(record), record.year_text)
    return ". ".join(part for part in parts if part) + f". {record.pk}, {address}"


def local_help(record: ReviewRecord) -> HelpNumber | None:
    """The publisher's own number, only where somebody recorded the day of checking it."""
    for publisher in record.publishers.all():
        if publisher.helpline_number and publisher.helpline_checked_on:
            return HelpNumber(
                publisher.helpline_name or publisher.name,
                publisher.helpline_number,
                publisher.helpline_checked_on,
            )
    return None


def download_lines(text: Version, files: Iterable[PublishedFile]) -> list[dict[str, str]]:
    """The files of a version with their kind and size in words."""
    return [
        {
            "href": reverse("archive:file", args=[text.record_id, text.number, file.name]),
            "text": f"{_FILE_WORDS[file.kind]}, {size_words(file.size)}",
            "sha256": file.sha256,
            "kind": file.kind,
        }
        for file in files
    ]


def size_words(size: int) -> str:
    """A number of bytes as "12 kB" or "1.4 MB"."""
    if size < _KILOBYTE * _KILOBYTE:
        return f"{max(1, round(size / _KILOBYTE))} kB"
    return f"{size / _KILOBYTE / _KILOBYTE:.1f} MB"
