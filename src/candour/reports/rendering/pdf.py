"""The report as a tagged PDF (PDF/UA-1), typeset by Typst from data, never from composed source."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from statistics import fmean

from candour.kernel.errors import Invalid
from candour.reports.rendering.printable import printable
from candour.reports.stored_form import to_json
from candour.reports.tree import Block, Figure, Heading, Report, Table, Words, text_of
from candour.reports.validation import require_readable

HEADINGS_THAT_WANT_CONTENTS = 6
_NARROWEST, _WIDEST = 8.0, 60.0
_LETTERS_A_LINE = 80
_MISSING_LETTERS = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)


class CannotTypeset(Invalid):
    """The typesetter refused the report; the reason says what to change."""

    def __init__(self, reason: str) -> None:
        super().__init__("cannot_typeset", reason)


def to_pdf(report: Report) -> bytes:
    """The report as a PDF that passes Typst's PDF/UA-1 checks.

    The same report always gives the same bytes: no date, no author, fonts from inside the
    typesetter, nothing read from the machine or the network. A table stays one table over however
    many pages, its header repeated. Level 1 of the report is H1 in the structure tree.

    Raises:
        ReportNotReadable: when `validate` finds a fault.
        CannotTypeset: when the typesetter refuses, for example for a picture it cannot read or a
            letter that none of its fonts has.
    """
    require_readable(report)
    return _typeset(printable(report))


def _typeset(report: Report) -> bytes:
    import typst

    inputs = {"report": to_json(_without_pictures(report)), "layout": json.dumps(_layout(report))}
    compiler = typst.Compiler(_template(), ignore_system_fonts=True, sys_inputs=inputs)
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as refusal:
        raise CannotTypeset(_what_to_change(refusal.message)) from refusal
    if not isinstance(made, bytes):
        raise CannotTypeset(
            "The typesetter gave no PDF. Try again; if it happens again, report it."
        )
    return made


@cache
def _template() -> bytes:
    return (files("candour.reports.rendering") / "report.typ").read_bytes()


def _what_to_change(refusal: str) -> str:
    missing = sorted(set(_MISSING_LETTERS.findall(refusal)))
    if missing:
        letters = ", ".join(f"“{text}”" for text in missing)
        return f"The PDF has no letters for {letters}. Write them another way and try again."
    return f"The PDF could not be made: {refusal}. Change that part of the report and try again."


def _without_pictures(report: Report) -> Report:
    """Pictures travel beside the tree: the typesetter cannot decode base64."""
    return replace(report, blocks=tuple(_without_picture(block) for block in report.blocks))


def _without_picture(block: Block) -> Block:
    return replace(block, image=b"") if isinstance(block, Figure) else block


def _layout(report: Report) -> dict[str, object]:
    """What the template needs to know and the tree does not say."""
    language, _, region = report.language.partition("-")
    headings = sum(isinstance(block, Heading) for block in report.blocks)
    tables = (block for block in report.blocks if isinstance(block, Table))
    figures = (block for block in report.blocks if isinstance(block, Figure))
    return {
        "language": language,
        "region": region if re.fullmatch("[A-Za-z]{2}", region) else None,
        "contents": headings >= HEADINGS_THAT_WANT_CONTENTS,
        "widths": {table.anchor: _widths(table) for table in tables},
        "pictures": {figure.anchor: _picture(figure) for figure in figures},
    }


def _picture(figure: Figure) -> str | list[int]:
    if figure.image_type == "image/svg+xml":
        return figure.image.decode("utf-8", errors="replace")
    return list(figure.image)


def _widths(table: Table) -> list[float]:
    """Shares of the page's width: a column of long cells gets more, none gets nothing."""
    columns = list(zip(table.header, *table.rows, strict=True))
    shares = [min(_WIDEST, max(_NARROWEST, _usual_length(column))) for column in columns]
    of_a_letter = sum(shares) / _LETTERS_A_LINE
    words = (_longest_word(column) * of_a_letter for column in columns)
    return [max(share, word) for share, word in zip(shares, words, strict=True)]


def _longest_word(column: tuple[Words, ...]) -> int:
    return max((len(word) for cell in column for word in text_of(cell).split()), default=0) + 2


def _usual_length(column: tuple[Words, ...]) -> float:
    return fmean(len(text_of(cell)) for cell in column)
