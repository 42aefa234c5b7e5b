"""Reading a Word document (.docx): styles decide what is a heading, never the look alone."""

from __future__ import annotations

import re
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
    Problem,
    Run,
    Runs,
    TableBlock,
    pictures_left_out,
    words,
)
from candour.engines.reading.package import Package, attribute, local_name, opened
from candour.engines.reading.word_runs import (
    flag,
    has_picture,
    relationship_targets,
    runs_of_paragraph,
)

_HEADING = re.compile(r"(?:heading|überschrift|titre)\s*(\d)", re.I)
_TRANSPARENT = frozenset(["sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"])
_QUOTES = ("quote", "intensequote", "blocktext")


@dataclass
class _Word:
    """The parts of the document that its paragraphs refer to."""

    package: Package
    styles: dict[str, str]
    links: dict[str, str]
    ordered: dict[str, bool]
    out: Contents = field(default_factory=Contents)
    pictures: int = 0


def read_word(data: bytes) -> Contents:
    """Headings by style, lists, tables, footnotes and endnotes of a Word document."""
    package = opened(data)
    part = "word/document.xml"
    root = package.xml(part)
    body = root.find("{*}body") if root is not None else None
    if body is None:
        raise ValueError("no body")
    word = _Word(
        package, _styles(package), relationship_targets(package, part), _numbering(package)
    )
    for element in _through(body):
        _take(word, element)
    word.out.notes += [*_notes(word, "footnote"), *_notes(word, "endnote")]
    word.out.title = _title(package)
    word.out.problems += _problems(word)
    return word.out


def _through(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        name = local_name(child)
        if name in ("p", "tbl"):
            yield child
        elif name in _TRANSPARENT:
            yield from _through(child)


def _take(word: _Word, element: etree._Element) -> None:
    if local_name(element) == "tbl":
        word.out.blocks.append(_table(word, element))
        return
    runs = runs_of_paragraph(element, word.links)
    word.pictures += has_picture(element)
    if not words(runs):
        return
    style = _style(word, element)
    level = _level(style, element)
    if level:
        word.out.blocks.append(Heading(level, runs))
    elif (list_id := _list_id(element)) is not None or "list" in style:
        _add_item(word, runs, ordered=word.ordered.get(list_id or "", False))
    else:
        quoted = style.replace(" ", "") in _QUOTES
        word.out.blocks.append(Paragraph(runs, quoted))


def _add_item(word: _Word, runs: Runs, *, ordered: bool) -> None:
    last = word.out.blocks[-1] if word.out.blocks else None
    before = last.items if isinstance(last, ListBlock) and last.ordered == ordered else ()
    item = Item(runs, f"{len(before) + 1}." if ordered else "•")
    if before:
        word.out.blocks[-1] = ListBlock((*before, item), ordered)
    else:
        word.out.blocks.append(ListBlock((item,), ordered))


def _style(word: _Word, paragraph: etree._Element) -> str:
    style = paragraph.find("{*}pPr/{*}pStyle")
    code = attribute(style, "val") or "" if style is not None else ""
    return word.styles.get(code, code).lower()


def _level(style: str, paragraph: etree._Element) -> int:
    found = _HEADING.match(style)
    if found:
        return int(found.group(1)) or 1
    if style == "title":
        return 1
    outline = paragraph.find("{*}pPr/{*}outlineLvl")
    given = attribute(outline, "val") if outline is not None else None
    return int(given) + 1 if given and given.isdigit() and int(given) < 6 else 0


def _list_id(paragraph: etree._Element) -> str | None:
    number = paragraph.find("{*}pPr/{*}numPr/{*}numId")
    given = attribute(number, "val") if number is not None else None
    return given if given not in (None, "0") else None


def _table(word: _Word, table: etree._Element) -> TableBlock:
    rows: list[tuple[Cell, ...]] = []
    headings = 0
    for row in table.iterchildren("{*}tr"):
        header = row.find("{*}trPr/{*}tblHeader")
        headings += header is not None and flag(header) and headings == len(rows)
        rows.append(tuple(_cell(word, cell) for cell in row.iterchildren("{*}tc")))
    return TableBlock(tuple(rows), headings)


def _cell(word: _Word, cell: etree._Element) -> Cell:
    pieces: list[Run] = []
    for paragraph in cell.iter("{*}p"):
        if pieces:
            pieces.append(Run(" "))
        pieces += runs_of_paragraph(paragraph, word.links)
        word.pictures += has_picture(paragraph)
    span = cell.find("{*}tcPr/{*}gridSpan")
    columns = attribute(span, "val") if span is not None else None
    return Cell(tuple(pieces), int(columns) if columns and columns.isdigit() else 1)


def _notes(word: _Word, kind: str) -> Iterator[Note]:
    root = word.package.xml(f"word/{kind}s.xml")
    number = 0
    for note in root.iterchildren(f"{{*}}{kind}") if root is not None else ():
        if attribute(note, "type"):
            continue  # the line drawn above notes is no note
        number += 1
        runs: list[Run] = []
        for paragraph in note.iter("{*}p"):
            runs += [*((Run(" "),) if runs else ()), *runs_of_paragraph(paragraph, word.links)]
        plain = tuple(run for run in runs if run.look is not Look.NOTE)
        yield Note(f"{kind}-{attribute(note, 'id')}", str(number), plain)


def _styles(package: Package) -> dict[str, str]:
    root = package.xml("word/styles.xml")
    named = {}
    for style in root.iterchildren("{*}style") if root is not None else ():
        name = style.find("{*}name")
        told = attribute(name, "val") if name is not None else None
        named[attribute(style, "styleId") or ""] = told or ""
    return named


def _numbering(package: Package) -> dict[str, bool]:
    """Which lists are numbered: by the format of their first level."""
    root = package.xml("word/numbering.xml")
    if root is None:
        return {}
    formats = {
        attribute(abstract, "abstractNumId"): abstract.find("{*}lvl/{*}numFmt")
        for abstract in root.iterchildren("{*}abstractNum")
    }
    found = {}
    for number in root.iterchildren("{*}num"):
        of = number.find("{*}abstractNumId")
        form = formats.get(attribute(of, "val")) if of is not None else None
        shown = attribute(form, "val") if form is not None else "bullet"
        found[attribute(number, "numId") or ""] = shown not in ("bullet", "none", None)
    return found


def _title(package: Package) -> str:
    root = package.xml("docProps/core.xml")
    title = root.find("{*}title") if root is not None else None
    return (title.text or "") if title is not None else ""


def _problems(word: _Word) -> Iterator[Problem]:
    if not any(isinstance(block, Heading) for block in word.out.blocks):
        yield Problem(
            "no_headings",
            "the whole document",
            "No paragraph has the style of a heading, so the reading version has no contents list.",
            "Set the headings' styles in Word and deposit the file anew.",
        )
    yield from pictures_left_out(word.pictures)
