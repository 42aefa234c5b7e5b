"""A whole document as it was written: headings, paragraphs, lists, tables and notes, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Look(StrEnum):
    """How a run of words stands in its paragraph."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    RAISED = "raised"
    NOTE = "note"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; `target` is a link's address, a note's or a page's number.

    A note's run holds the mark as printed; a page's run holds the page as printed, and marks the
    place where that page begins.
    """

    text: str
    look: Look = Look.PLAIN
    target: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 stands highest."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `quoted` where the document sets it apart as a quotation."""

    runs: Runs
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: the mark printed before it, and its words."""

    runs: Runs
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; the marks of an ordered one are kept, because reports are cited by them."""

    items: tuple[Item, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, with the columns and rows that it covers."""

    runs: Runs
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; its first `headings` rows are headings of columns."""

    rows: tuple[tuple[Cell, ...], ...]
    headings: int = 0
    caption: str = ""


Block = Heading | Paragraph | ListBlock | TableBlock


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote: `id` as its reference names it, `mark` as printed."""

    id: str
    mark: str
    runs: Runs


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, or may be read wrongly: where, and what a librarian can do."""

    code: str
    where: str
    message: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What one file says. `left_out` lists words that repeat at the head or foot of pages.

    `sha256` is of the file's bytes, `text_sha256` of its words alone in small letters, so that the
    same text in another file is recognised. `pages` is 0 where a format has none.
    """

    format: str
    sha256: str
    text_sha256: str
    title: str
    language: str
    pages: int
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    left_out: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class Contents:
    """What the reader of one format brings back."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    title: str = ""
    language: str = ""
    pages: int = 0


class UnreadableDocument(Exception):
    """No word of the file could be read; `fix` says what the sender can do."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fix = fix


def words(runs: Runs) -> str:
    """The words alone: neither marks of pages nor references to notes."""
    text = "".join(run.text for run in runs if run.look not in (Look.PAGE, Look.NOTE))
    return " ".join(text.split())


def runs_of(block: Block) -> Iterator[Runs]:
    """Every stretch of words of a block, in order."""
    if isinstance(block, Heading | Paragraph):
        yield block.runs
    elif isinstance(block, ListBlock):
        yield from (item.runs for item in block.items)
    else:
        yield from (cell.runs for row in block.rows for cell in row)


def plain(text: str) -> Runs:
    """Words of no special look."""
    return (Run(text),) if text else ()


def pictures_left_out(count: int) -> tuple[Problem, ...]:
    """What to say of pictures: they are in the original alone, and so are words drawn in them."""
    if not count:
        return ()
    said = "1 picture is" if count == 1 else f"{count} pictures are"
    return (
        Problem(
            "pictures_left_out",
            "the whole document",
            f"{said} not in the reading version; the original holds them.",
            "Where a picture carries words or figures, ask the author for them as text.",
        ),
    )
