"""Walking the words of an OpenDocument cell or paragraph in reading order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from candour.engines.tables.model import CellContent, Comment
from candour.engines.tables.package import attribute, local_name
from candour.engines.tables.wording import tidy_line, worded

_BLOCKS = frozenset({"p", "h", "table-cell", "covered-table-cell", "table-row", "list-item"})
_SKIPPED = frozenset(
    [
        "tracked-changes",
        "note-citation",
        "ruby-text",
        "bookmark-ref-mark",
        "desc",
        "title",
        "change-start",
        "change-end",
        "image",
        "object",
        "forms",
        "sequence-decls",
    ]
)


@dataclass(frozen=True)
class Changes:
    """Deleted text by the identifier of its tracked change."""

    deleted: Mapping[str, str]


class OpenWords:
    """Gathers the words below one element. Use `read_open_words`; it lives for one call."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self.kept: list[str] = []
        self.deleted: list[str] = []
        self.footnotes: list[str] = []
        self.endnotes: list[str] = []
        self.comments: list[Comment] = []

    def walk(self, element: etree._Element) -> None:
        """Take in the text and children of an element, in order."""
        self.kept.append(_inline(element.text))
        for child in element:
            name = local_name(child)
            if name in _BLOCKS:
                self.kept.append("\n")
                self.walk(child)
                self.kept.append("\n")
            elif name not in _SKIPPED:
                self.take(child, name)
            self.kept.append(_inline(child.tail))

    def take(self, child: etree._Element, name: str) -> None:
        """Take in one child by what it is: white space, a note, a comment, a change, or words."""
        if name == "s":
            self.kept.append(" " * min(int(attribute(child, "c") or "1"), 100))
        elif name == "tab":
            self.kept.append("\t")
        elif name == "line-break":
            self.kept.append("\n")
        elif name == "note":
            self._note(child)
        elif name == "annotation":
            self.comments.append(_annotation(child))
        elif name == "change":
            text = self.changes.deleted.get(attribute(child, "change-id") or "")
            self.deleted += [text] if text else []
        else:
            self.walk(child)

    def _note(self, note: etree._Element) -> None:
        body = next((part for part in note if local_name(part) == "note-body"), None)
        text = read_open_words(body, self.changes).content().text if body is not None else ""
        kind = self.endnotes if attribute(note, "note-class") == "endnote" else self.footnotes
        kind.append(text)

    def content(self) -> CellContent:
        """Return what was gathered, by the text rule."""
        lines, typed = worded("".join(self.kept))
        return CellContent(
            lines=lines,
            typed=typed,
            deleted=tuple(self.deleted),
            comments=tuple(self.comments),
            footnotes=tuple(self.footnotes),
            endnotes=tuple(self.endnotes),
        )


def read_open_words(element: etree._Element, changes: Changes) -> OpenWords:
    """Gather the words below an element."""
    words = OpenWords(changes)
    words.walk(element)
    return words


def read_changes(body: etree._Element) -> Changes:
    """Return the deleted texts of the body's tracked changes."""
    deleted: dict[str, str] = {}
    for region in body.iter("{*}changed-region"):
        for change in region:
            if local_name(change) == "deletion":
                text = " ".join(
                    str(t) for p in change if local_name(p) != "change-info" for t in p.itertext()
                )
                deleted[attribute(region, "id") or ""] = tidy_line(text)
    return Changes(deleted)


def _inline(text: str | None) -> str:
    """Line feeds inside OpenDocument text are layout of the XML, not of the words."""
    return text.replace("\n", " ").replace("\r", " ") if text else ""


def _annotation(element: etree._Element) -> Comment:
    author = next((c.text or "" for c in element if local_name(c) == "creator"), "")
    texts = [str(t) for c in element if local_name(c) in ("p", "list") for t in c.itertext()]
    return Comment(text=tidy_line(" ".join(texts)), author=author)
