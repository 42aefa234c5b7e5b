"""Reading an OpenDocument text (.odt)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from candour.engines.reading.model import (
    Cell,
    Contents,
    Heading,
    Item,
    ListBlock,
    Look,
    Note,
    Paragraph,
    Run,
    Runs,
    TableBlock,
    pictures_left_out,
    words,
)
from candour.engines.reading.package import Package, attribute, local_name, opened

_LEFT_OUT = frozenset(["tracked-changes", "annotation", "annotation-end", "table-of-content"])
_MOST_REPEATED = 200


@dataclass
class _Text:
    """What the paragraphs refer to: styles by name, and which list styles are numbered."""

    looks: dict[str, Look]
    numbered: frozenset[str]
    out: Contents = field(default_factory=Contents)
    pictures: int = 0


def read_open_text(data: bytes) -> Contents:
    """Headings, lists, tables and notes of an OpenDocument text."""
    package = opened(data)
    root = package.xml("content.xml")
    body = root.find("{*}body/{*}text") if root is not None else None
    if root is None or body is None:
        raise ValueError("no text")
    text = _Text(_looks(root), _numbered(root))
    _take_all(text, body)
    text.out.title, text.out.language = _facts(package)
    text.out.problems += pictures_left_out(text.pictures)
    return text.out


def _take_all(text: _Text, element: etree._Element) -> None:
    for child in element:
        name = local_name(child)
        if name in _LEFT_OUT:
            continue
        if name == "h":
            level = attribute(child, "outline-level") or "1"
            _add_words(text, child, int(level) if level.isdigit() else 1)
        elif name == "p":
            _add_words(text, child, 0)
        elif name == "list":
            _add_list(text, child)
        elif name == "table":
            text.out.blocks.append(_table(text, child))
        else:
            _take_all(text, child)


def _add_words(text: _Text, element: etree._Element, level: int) -> None:
    runs = tuple(_runs(text, element))
    if words(runs):
        text.out.blocks.append(Heading(level, runs) if level else Paragraph(runs))


def _add_list(text: _Text, element: etree._Element) -> None:
    ordered = (attribute(element, "style-name") or "") in text.numbered
    items: list[Item] = []
    for item in element.iter("{*}list-item"):
        pieces = [tuple(_runs(text, p)) for p in item if local_name(p) in ("p", "h")]
        runs = _with_spaces(pieces)
        if words(runs):
            items.append(Item(runs, f"{len(items) + 1}." if ordered else "•"))
    if items:
        text.out.blocks.append(ListBlock(tuple(items), ordered))


def _with_spaces(pieces: list[Runs]) -> Runs:
    joined: list[Run] = []
    for piece in pieces:
        joined += [*((Run(" "),) if joined else ()), *piece]
    return tuple(joined)


def _table(text: _Text, table: etree._Element) -> TableBlock:
    rows: list[tuple[Cell, ...]] = []
    headings = 0
    for row in table.iter("{*}table-row"):
        parent = row.getparent()
        headings += parent is not None and local_name(parent) == "table-header-rows"
        cells = tuple(_cell(text, c) for c in row if local_name(c) == "table-cell")
        if any(words(cell.runs) for cell in cells):
            rows.append(cells)
    return TableBlock(tuple(rows), min(headings, len(rows)))


def _cell(text: _Text, cell: etree._Element) -> Cell:
    runs = _with_spaces([tuple(_runs(text, p)) for p in cell.iter("{*}p")])
    return Cell(runs, _count(cell, "columns"), _count(cell, "rows"))


def _count(cell: etree._Element, which: str) -> int:
    given = attribute(cell, f"number-{which}-spanned") or "1"
    return min(int(given), _MOST_REPEATED) if given.isdigit() else 1


def _runs(
    text: _Text, element: etree._Element, look: Look = Look.PLAIN, target: str = ""
) -> Iterator[Run]:
    if element.text:
        yield Run(element.text, look, target)
    for child in element:
        yield from _inside(text, child, look, target)
        if child.tail:
            yield Run(child.tail, look, target)


def _inside(text: _Text, child: etree._Element, look: Look, target: str) -> Iterator[Run]:
    name = local_name(child)
    if name in ("s", "tab", "line-break"):
        yield Run(" ", look, target)
    elif name == "note":
        yield _note(text, child)
    elif name == "a":
        yield from _runs(text, child, look, attribute(child, "href") or "")
    elif name == "span":
        yield from _runs(text, child, text.looks.get(attribute(child, "style-name") or "", look))
    elif name == "frame":
        text.pictures += 1
    elif name not in _LEFT_OUT:
        yield from _runs(text, child, look, target)


def _note(text: _Text, note: etree._Element) -> Run:
    citation, body = note.find("{*}note-citation"), note.find("{*}note-body")
    mark = (citation.text or "").strip() if citation is not None else ""
    id = attribute(note, "id") or f"note-{len(text.out.notes) + 1}"
    inner = body.iter("{*}p") if body is not None else ()
    runs = _with_spaces([tuple(_runs(text, p)) for p in inner])
    text.out.notes.append(Note(id, mark or str(len(text.out.notes) + 1), runs))
    return Run(mark, Look.NOTE, id)


def _looks(root: etree._Element) -> dict[str, Look]:
    found = {}
    for style in root.iter("{*}style"):
        properties = style.find("{*}text-properties")
        if properties is None:
            continue
        if attribute(properties, "font-weight") == "bold":
            found[attribute(style, "name") or ""] = Look.STRONG
        elif attribute(properties, "font-style") == "italic":
            found[attribute(style, "name") or ""] = Look.EMPHASIS
    return found


def _numbered(root: etree._Element) -> frozenset[str]:
    return frozenset(
        attribute(style, "name") or ""
        for style in root.iter("{*}list-style")
        if style.find("{*}list-level-style-number") is not None
    )


def _facts(package: Package) -> tuple[str, str]:
    root = package.xml("meta.xml")
    found = root.find(".//{*}title") if root is not None else None
    told = root.find(".//{*}language") if root is not None else None
    title = (found.text or "") if found is not None else ""
    return title, (told.text or "") if told is not None else ""
