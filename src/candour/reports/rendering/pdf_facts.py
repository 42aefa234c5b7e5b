"""What a PDF says of itself: the facts that a screen reader depends on, read from its objects.

PDF/UA-1 (ISO 14289-1) asks for a language, a title that viewers show, marking as tagged, and a
structure tree in which tables, headers, headings and alternative texts are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf

_HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """`tags` counts every structure element; `alts` are the alternative texts of figures in reading
    order, empty where one is missing; `properties` is the document information as written."""

    title: str
    lang: str
    marked: bool
    shows_title: bool
    claims_ua: bool
    pages: int
    tags: Counter[str]
    alts: tuple[str, ...]
    outline: tuple[str, ...]
    properties: dict[str, str]

    @property
    def table_count(self) -> int:
        """Tables in the structure tree; one over ten pages must count once."""
        return self.tags["Table"]

    @property
    def th_count(self) -> int:
        """Header cells; a header repeated on each page must count once."""
        return self.tags["TH"]

    @property
    def headings(self) -> tuple[int, ...]:
        """How many headings of level 1 to 6."""
        return tuple(self.tags[name] for name in _HEADINGS)


def pdf_facts(data: bytes) -> PdfFacts:
    """Read the facts of a PDF.

    Raises:
        pikepdf.PdfError: when the bytes are no PDF.
    """
    with (
        pikepdf.open(BytesIO(data)) as pdf,
        pdf.open_metadata() as about,
        pdf.open_outline() as toc,
    ):
        root = pdf.Root
        elements = tuple(_elements(root.get("/StructTreeRoot")))
        return PdfFacts(
            title=str(about.get("dc:title", "")),
            lang=str(root.get("/Lang", "")),
            marked=_flag(root, "/MarkInfo", "/Marked"),
            shows_title=_flag(root, "/ViewerPreferences", "/DisplayDocTitle"),
            claims_ua=str(about.get("pdfuaid:part", "")) == "1",
            pages=len(pdf.pages),
            tags=Counter(str(element.S).lstrip("/") for element in elements),
            alts=tuple(str(e.get("/Alt", "")) for e in elements if str(e.S) == "/Figure"),
            outline=tuple(item.title for item in toc.root),
            properties={str(key): str(value) for key, value in pdf.docinfo.items()},
        )


def _flag(root: pikepdf.Object, holder: str, name: str) -> bool:
    held = root.get(holder)
    return isinstance(held, pikepdf.Dictionary) and bool(held.get(name, False))


def _elements(top: pikepdf.Object | None) -> Iterator[pikepdf.Dictionary]:
    """Structure elements in reading order; an explicit stack, since tables nest deep and wide."""
    waiting = [top]
    while waiting:
        here = waiting.pop()
        if isinstance(here, pikepdf.Array):
            waiting.extend(reversed(list(here)))
        elif isinstance(here, pikepdf.Dictionary):
            if "/S" in here:
                yield here
            waiting.append(here.get("/K"))
