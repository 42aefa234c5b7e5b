"""Walking the words of a Word cell or paragraph in reading order.

Insertions are kept and deletions listed apart; content controls, hyperlinks, tags and fields are
transparent; notes and comments are gathered beside the text they hang on (ECMA-376, part 1, 17).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import hexdigits

from lxml import etree

from candour.engines.tables.model import CellContent, Comment
from candour.engines.tables.package import attribute, local_name
from candour.engines.tables.wording import tidy_line, worded

_SKIPPED = frozenset(
    [
        "pPr",
        "rPr",
        "tcPr",
        "trPr",
        "tblPr",
        "tblGrid",
        "sdtPr",
        "sdtEndPr",
        "instrText",
        "delInstrText",
        "delText",
        "fldData",
        "rt",
        "customXmlPr",
        "smartTagPr",
        "sectPr",
        "Fallback",
        "tblPrEx",
    ]
)
_SPACES = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TICKS = {"F0FC": "✓", "F0FB": "✗", "F0FE": "☑", "F0A8": "☐", "F06F": "☐", "F0FD": "☒"}


@dataclass(frozen=True)
class Margins:
    """The notes of a document by their identifier: footnotes, endnotes and comments."""

    footnotes: Mapping[str, str] = field(default_factory=dict)
    endnotes: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, Comment] = field(default_factory=dict)


class WordsInOrder:
    """Gathers the words below one element. Use `read_words`; the object lives for one call."""

    def __init__(self, margins: Margins) -> None:
        self.margins = margins
        self.kept: list[str] = []
        self.deleted: list[list[str]] = []
        self.hidden: list[str] = []
        self.footnotes: list[str] = []
        self.endnotes: list[str] = []
        self.comments: list[str] = []
        self.anchors: dict[str, int] = {}
        self.anchored: dict[str, str] = {}
        self.pictures = 0
        self._kept_at_last_deletion = -1

    def walk(self, element: etree._Element) -> None:
        """Take in the children of an element, in order."""
        for child in element:
            name = local_name(child)
            if name == "t":
                self.kept.append(child.text or "")
            elif name not in _SKIPPED:
                self._take(child, name)

    def _take(self, child: etree._Element, name: str) -> None:
        if name in _SPACES:
            self.kept.append(_SPACES[name])
        elif name == "r":
            self._run(child)
        elif name in ("p", "tc", "tr"):
            self._block(child, name)
        elif name in ("del", "moveFrom"):
            self._deletion(child, name)
        elif name in _NOTES:
            _NOTES[name](self, attribute(child, "id") or "")
        elif name == "sym":
            self.kept.append(_symbol(child))
        else:
            self.pictures += name in ("blip", "imagedata", "OLEObject", "chart")
            self.walk(child)

    def _run(self, run: etree._Element) -> None:
        if _is_hidden(run):
            inner = read_words(run, self.margins)
            self.hidden.append(inner.content().lines)
        else:
            self.walk(run)

    def _block(self, block: etree._Element, name: str) -> None:
        if name == "tr" and row_change(block) == "del":
            self.deleted.append([_deleted_words(block)])
            return
        self.kept.append("\n")
        self.walk(block)
        self.kept.append("\n")

    def _deletion(self, element: etree._Element, name: str) -> None:
        words = _deleted_words(element)
        if name == "moveFrom" or not words.strip():
            return
        if self._kept_at_last_deletion == len(self.kept) and self.deleted:
            self.deleted[-1].append(words)
        else:
            self.deleted.append([words])
        self._kept_at_last_deletion = len(self.kept)

    def _footnote(self, note: str) -> None:
        self.footnotes.append(note)

    def _endnote(self, note: str) -> None:
        self.endnotes.append(note)

    def _comment(self, note: str) -> None:
        self.comments.append(note)

    def _anchor_start(self, note: str) -> None:
        self.anchors[note] = len(self.kept)

    def _anchor_end(self, note: str) -> None:
        start = self.anchors.pop(note, None)
        if start is not None:
            self.anchored[note] = tidy_line("".join(self.kept[start:]))

    def content(self) -> CellContent:
        """Return what was gathered, by the text rule."""
        if len(self.kept) == 3 and not (self.deleted or self.footnotes or self.comments):
            return CellContent(*worded(self.kept[1]))
        lines, typed = worded("".join(self.kept))
        return CellContent(
            lines=lines,
            typed=typed,
            deleted=tuple(tidy_line("".join(words)) for words in self.deleted),
            comments=tuple(self._comments()),
            footnotes=tuple(self.margins.footnotes.get(note, "") for note in self.footnotes),
            endnotes=tuple(self.margins.endnotes.get(note, "") for note in self.endnotes),
        )

    def _comments(self) -> list[Comment]:
        found = [(note, self.margins.comments.get(note)) for note in self.comments]
        return [
            Comment(text=comment.text, author=comment.author, anchor=self.anchored.get(note, ""))
            for note, comment in found
            if comment
        ]


_NOTES = {
    "footnoteReference": WordsInOrder._footnote,
    "endnoteReference": WordsInOrder._endnote,
    "commentReference": WordsInOrder._comment,
    "commentRangeStart": WordsInOrder._anchor_start,
    "commentRangeEnd": WordsInOrder._anchor_end,
}


def read_words(element: etree._Element, margins: Margins) -> WordsInOrder:
    """Gather the words below an element."""
    words = WordsInOrder(margins)
    words.walk(element)
    return words


def row_change(row: etree._Element) -> str | None:
    """Return "ins" or "del" where the whole row was inserted or deleted with changes tracked."""
    for properties in row:
        if local_name(properties) == "trPr":
            marks = {local_name(mark) for mark in properties}
            return "del" if "del" in marks else "ins" if "ins" in marks else None
    return None


def switched_on(properties: etree._Element, name: str) -> bool:
    """Return whether an on/off property such as `vanish` or `tblHeader` is set and not to false."""
    for child in properties:
        if local_name(child) == name:
            return (attribute(child, "val") or "true").lower() not in ("0", "false", "off")
    return False


def _deleted_words(element: etree._Element) -> str:
    pieces = []
    for child in element.iter():
        name = local_name(child)
        if name in ("delText", "t"):
            pieces.append(child.text or "")
        elif name in _SPACES or name in ("p", "tc"):
            pieces.append(" ")
    return "".join(pieces)


def _is_hidden(run: etree._Element) -> bool:
    first = run[0] if len(run) else None
    return first is not None and local_name(first) == "rPr" and switched_on(first, "vanish")


def _symbol(element: etree._Element) -> str:
    code = (attribute(element, "char") or "").upper()
    if code in _TICKS:
        return _TICKS[code]
    point = int(code, 16) if code and all(digit in hexdigits for digit in code) else 0
    if 0xF020 <= point <= 0xF0FF:
        point -= 0xF000
    return chr(point) if 0 < point < 0xD800 else ""
