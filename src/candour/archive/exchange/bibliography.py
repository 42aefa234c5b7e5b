"""A review as it is cited: BibTeX, RIS, CSL-JSON and a line of text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from candour.archive.exchange.addresses import PURPOSE, of_record
from candour.archive.models import ReviewRecord
from candour.archive.titles import publisher_words, shown_title

_BIBTEX = str.maketrans(
    {"{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
_BREAKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a citation needs; `date` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or nothing."""

    id: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    year: str
    date: str
    kind: str
    abstract: str
    address: str
    language: str = "en-GB"


def entry_of(record: ReviewRecord) -> Entry:
    """The entry of one visible review; an author who is not known is not invented."""
    return Entry(
        id=record.pk,
        title=_one_line(shown_title(record)),
        authors=tuple(_one_line(name) for name in record.author.split(";") if name.strip()),
        publisher=_one_line(publisher_words(record)),
        year=_one_line(record.year_text),
        date=record.published_text,
        kind=record.get_review_type_display(),
        abstract=_one_line(record.abstract),
        address=of_record(record),
    )


def bibtex(entries: Iterable[Entry]) -> str:
    """BibTeX, one `@techreport` an entry."""
    return "\n".join(_bibtex(entry) for entry in entries)


def ris(entries: Iterable[Entry]) -> str:
    """RIS, as reference managers read it."""
    return "".join(_ris(entry) for entry in entries)


def csl(entries: Iterable[Entry]) -> str:
    """CSL-JSON."""
    return json.dumps([_csl(entry) for entry in entries], ensure_ascii=False, indent=1)


def text(entries: Iterable[Entry]) -> str:
    """One line each: author, year, title, publisher, reference, address."""
    return "".join(f"{_line(entry)}\n" for entry in entries)


def _line(entry: Entry) -> str:
    who = "; ".join(entry.authors) or entry.publisher
    year = entry.year or "year not known"
    publisher = f" {entry.publisher}." if entry.authors else ""
    return f"{who} ({year}) {entry.title}.{publisher} {entry.id}. {entry.address}. {PURPOSE}"


def _bibtex(entry: Entry) -> str:
    fields = {
        "title": f"{{{entry.title.translate(_BIBTEX)}}}",
        "author": " and ".join(f"{{{name.translate(_BIBTEX)}}}" for name in entry.authors),
        "institution": entry.publisher.translate(_BIBTEX),
        "year": entry.date[:4] or entry.year.translate(_BIBTEX),
        "type": entry.kind.translate(_BIBTEX),
        "number": entry.id,
        "url": entry.address,
        "abstract": entry.abstract.translate(_BIBTEX),
        "note": PURPOSE,
        "language": entry.language,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@techreport{{{entry.id},\n{lines}\n}}\n"


def _ris(entry: Entry) -> str:
    lines = [
        ("TY", "RPRT"),
        ("ID", entry.id),
        ("TI", entry.title),
        *(("AU", name) for name in entry.authors),
        ("PB", entry.publisher),
        ("PY", entry.date[:4] or entry.year[:4]),
        ("DA", entry.date.replace("-", "/")),
        ("M3", entry.kind),
        ("AB", entry.abstract),
        ("LA", entry.language),
        ("N1", PURPOSE),
        ("UR", entry.address),
    ]
    body = "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value)
    return f"{body}ER  - \r\n\r\n"


def _csl(entry: Entry) -> dict[str, object]:
    date = [int(part) for part in entry.date.split("-")] if entry.date else []
    told: dict[str, object] = {
        "id": entry.id,
        "type": "report",
        "title": entry.title,
        "author": [{"literal": name} for name in entry.authors],
        "publisher": entry.publisher,
        "genre": entry.kind,
        "number": entry.id,
        "abstract": entry.abstract,
        "language": entry.language,
        "note": PURPOSE,
        "URL": entry.address,
    }
    issued = {"issued": {"date-parts": [date]}} if date else {}
    return {name: value for name, value in told.items() if value} | issued


def _one_line(words: str) -> str:
    return _BREAKS.sub(" ", words).strip()


@dataclass(frozen=True, slots=True)
class Style:
    """A form of citation: its ending, media type and name on the page."""

    ending: str
    media_type: str
    name: str
    write: Callable[[Iterable[Entry]], str]


STYLES = (
    Style("bib", "application/x-bibtex", "BibTeX", bibtex),
    Style("ris", "application/x-research-info-systems", "RIS", ris),
    Style("csl.json", "application/vnd.citationstyles.csl+json", "CSL-JSON", csl),
    Style("txt", "text/plain", "Text", text),
)
