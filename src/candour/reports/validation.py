"""What must hold of a report before it is rendered, so that everybody can read what comes out.

Rules: WCAG 2.2 success criteria 1.1.1 (text for pictures), 1.3.1 (headings, table headers),
2.4.2 (title), 2.4.4 (links say where they lead), 3.1.1 (language); PDF/UA-1 asks for the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from candour.kernel.errors import Invalid
from candour.reports.tree import (
    DEEPEST_HEADING,
    Block,
    CrossRef,
    Figure,
    Footnote,
    Heading,
    Inline,
    Link,
    ListBlock,
    Report,
    Table,
    anchors_in,
    text_of,
    words_in,
)

_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,39}")
"""Word's bookmarks end at 40 characters and know no dots; a page could have carried more."""
_RESERVED = re.compile(r"notes?-.*|.*-row-[0-9]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SAFE_LINKS = ("https://", "http://", "mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stands in the way of rendering: its code, where it is, what to do about it."""

    code: str
    where: str
    message: str


class ReportNotReadable(Invalid):
    """The report cannot be rendered as it stands; `problems` says why, one for each fault."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        reasons = "; ".join(f"{problem.where}: {problem.message}" for problem in problems)
        super().__init__("report_not_readable", reasons)


def validate(report: Report) -> tuple[Problem, ...]:
    """Every fault of the report, in reading order; empty when it can be rendered."""
    return (
        *_front_problems(report),
        *_heading_problems(report),
        *_anchor_problems(report),
        *(problem for block in report.blocks for problem in _block_problems(block)),
        *_link_problems(report),
    )


def require_readable(report: Report) -> None:
    """Raise `ReportNotReadable` when `validate` finds a fault."""
    problems = validate(report)
    if problems:
        raise ReportNotReadable(problems)


def _front_problems(report: Report) -> Iterator[Problem]:
    if not report.title.strip():
        yield Problem("no_title", "title", "Give the report a title.")
    if not _LANGUAGE.fullmatch(report.language):
        yield Problem("no_language", "language", "Name the language, for example en-GB.")


def _heading_problems(report: Report) -> Iterator[Problem]:
    level = 0
    for block in report.blocks:
        if not isinstance(block, Heading):
            continue
        if not block.text.strip():
            yield Problem("empty_heading", block.anchor, "Write the heading or take it out.")
        if not 1 <= block.level <= DEEPEST_HEADING:
            yield Problem(
                "heading_level",
                block.anchor,
                f"Use heading levels 1 to {DEEPEST_HEADING}; this one has level {block.level}.",
            )
        elif block.level > level + 1:
            yield Problem(
                "heading_skipped",
                block.anchor,
                f"“{block.text}” has level {block.level} below level {level}: "
                f"make it level {level + 1}.",
            )
        level = block.level


def _anchor_problems(report: Report) -> Iterator[Problem]:
    uses = Counter(anchor for block in report.blocks for anchor in anchors_in(block))
    for anchor, times in uses.items():
        if times > 1:
            yield Problem("anchor_repeated", anchor, f"{times} places share this anchor.")
        if not _ANCHOR.fullmatch(anchor):
            yield Problem(
                "anchor_form",
                anchor or "(empty)",
                "An anchor has up to 40 letters, digits and hyphens and begins with a letter.",
            )
        if _RESERVED.fullmatch(anchor):
            yield Problem("anchor_reserved", anchor, "Footnotes and table rows use this form.")


def _block_problems(block: Block) -> Iterator[Problem]:
    if isinstance(block, Figure):
        yield from _figure_problems(block)
    elif isinstance(block, Table):
        yield from _table_problems(block)
    elif isinstance(block, ListBlock) and not block.items:
        yield Problem("empty_list", "list", "A list has at least one item.")


def _figure_problems(figure: Figure) -> Iterator[Problem]:
    if not figure.alt.strip():
        yield Problem(
            "no_alt_text", figure.anchor, "Say in words what the picture shows (alternative text)."
        )
    if not figure.image:
        yield Problem("no_image", figure.anchor, "The picture is missing: add it again.")


def _table_problems(table: Table) -> Iterator[Problem]:
    if not table.caption.strip():
        yield Problem("no_caption", table.anchor, "Give the table a caption.")
    if not table.header or not all(text_of(cell).strip() for cell in table.header):
        yield Problem("no_table_header", table.anchor, "Name every column in the header row.")
    for number, row in enumerate(table.rows, start=1):
        if len(row) != len(table.header):
            yield Problem(
                "table_ragged",
                table.anchor,
                f"Row {number} has {len(row)} cells, the header {len(table.header)}.",
            )


def _link_problems(report: Report) -> Iterator[Problem]:
    anchors = {anchor for block in report.blocks for anchor in anchors_in(block)}
    for block in report.blocks:
        for words in words_in(block):
            for inline in words:
                yield from _inline_problems(inline, anchors, anchors_in(block)[0])


def _inline_problems(inline: Inline, anchors: set[str], where: str) -> Iterator[Problem]:
    if isinstance(inline, Footnote):
        for part in inline.inlines:
            yield from _inline_problems(part, anchors, where)
    elif isinstance(inline, CrossRef) and inline.anchor not in anchors:
        yield Problem("broken_reference", where, f"Nothing here is called “{inline.anchor}”.")
    elif isinstance(inline, Link) and not inline.url.lower().startswith(_SAFE_LINKS):
        yield Problem("unsafe_link", where, "Links begin with https, http, mailto or tel.")
    if isinstance(inline, Link | CrossRef) and not inline.text.strip():
        yield Problem("empty_link", where, "Say where the link leads.")
