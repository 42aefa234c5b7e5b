"""A reader's list of paragraphs, to take away: as a Word document, and for a reference manager."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from django.urls import reverse
from docx import Document as WordDocument

from candour.archive.models import Paragraph, ReviewRecord, ReviewType
from candour.archive.presenters import facts_in_a_line
from candour.archive.titles import shown_title
from candour.platform.config import config

NOT_AN_INQUIRY = (
    "A review is for learning. It is not an inquiry into cause or culpability. Each is one case, "
    "reviewed under the guidance of its time; it is not guidance."
)


@dataclass(frozen=True, slots=True)
class KeptParagraph:
    """One paragraph of the list with its lasting address."""

    heading: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class KeptReview:
    """A review of the list: its facts, its abstract, and the paragraphs kept of it."""

    record: ReviewRecord
    title: str
    facts: str
    abstract: str
    address: str
    paragraphs: tuple[KeptParagraph, ...]


def entries_of(paragraphs: Iterable[Paragraph]) -> list[KeptReview]:
    """The paragraphs by review, reviews in the order in which the reader first kept one."""
    by_review: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs:
        by_review.setdefault(paragraph.version.record_id, []).append(paragraph)
    return [_entry(kept) for kept in by_review.values()]


def as_ris(entries: Iterable[KeptReview]) -> str:
    """The list in RIS, one record a review, its paragraphs as notes with their addresses."""
    return "".join(_ris(entry) for entry in entries)


def as_word(entries: Iterable[KeptReview]) -> bytes:
    """The list as a Word document with headings, abstracts and addresses."""
    document = WordDocument()
    document.core_properties.title = "Paragraphs from the archive"
    document.core_properties.author = ""
    document.core_properties.language = "en-GB"
    document.add_heading("Paragraphs from the archive", level=0)
    document.add_paragraph(NOT_AN_INQUIRY)
    for entry in entries:
        document.add_heading(entry.title, level=1)
        document.add_paragraph(f"{entry.facts}. {entry.address}")
        if entry.abstract:
            document.add_paragraph(entry.abstract)
        for paragraph in entry.paragraphs:
            document.add_paragraph(paragraph.text, style="Intense Quote")
            document.add_paragraph(f"{paragraph.heading}. {paragraph.address}".lstrip(". "))
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _entry(kept: list[Paragraph]) -> KeptReview:
    record = kept[0].version.record
    return KeptReview(
        record=record,
        title=shown_title(record),
        facts=facts_in_a_line(record),
        abstract=record.abstract,
        address=_address("archive:review", record.pk),
        paragraphs=tuple(
            KeptParagraph(
                " – ".join(one.heading_path),
                one.text,
                _address("archive:at", record.pk, one.version.number, one.anchor),
            )
            for one in kept
        ),
    )


def _ris(entry: KeptReview) -> str:
    record = entry.record
    lines = [
        ("TY", "RPRT"),
        ("TI", entry.title),
        *(("AU", name.strip()) for name in record.author.split(";") if name.strip()),
        *(("PB", publisher.name) for publisher in record.publishers.all()),
        ("PY", str(record.year_to or "")),
        ("M3", "" if record.review_type == ReviewType.NOT_STATED else record.review_type),
        ("AB", entry.abstract),
        *(("N1", f"{one.text} [{one.address}]") for one in entry.paragraphs),
        ("N1", NOT_AN_INQUIRY),
        ("UR", entry.address),
        ("ID", record.pk),
    ]
    body = "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines if value)
    return f"{body}ER  - \r\n\r\n"


def _address(name: str, *args: object) -> str:
    return config().archive_url.rstrip("/") + reverse(name, args=args)
