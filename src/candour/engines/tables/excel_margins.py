"""The words around the cells of an Excel workbook: comments, headers, text boxes, lists, names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from candour.engines.tables.excel_cells import rich_text
from candour.engines.tables.model import Comment, Leak
from candour.engines.tables.package import Package, local_name, named
from candour.engines.tables.wording import tidy_line

_HEADER_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d+|[A-Z&])', re.IGNORECASE)
_THREADED = "tc={"


def around_workbook(root: Element) -> list[Leak]:
    """Return defined names that hold words rather than cell ranges."""
    return [
        Leak("defined name", f"{element.get('name', '')} {element.text or ''}".strip())
        for element in named(root, "definedName")
        if not element.get("name", "").startswith("_xlnm.")
    ]


def read_cell_comments(package: Package, part: str) -> Mapping[str, list[Comment]]:
    """Return the notes and threaded comments of a sheet by cell reference."""
    found: dict[str, list[Comment]] = {}
    links = package.relationships(part)
    people = _people(package)
    for link in links:
        root = None if link.external else _comment_part(package, link.kind, link.target)
        if root is None:
            continue
        pairs = _threaded(root, people) if link.kind == "threadedComment" else _notes(root)
        for reference, comment in pairs:
            found.setdefault(reference, []).append(comment)
    return found


def _comment_part(package: Package, kind: str, target: str) -> Element | None:
    return package.large_xml(target) if kind in ("comments", "threadedComment") else None


def _notes(root: Element) -> Iterator[tuple[str, Comment]]:
    authors = [element.text or "" for element in named(root, "author")]
    for element in named(root, "comment"):
        number = element.get("authorId", "")
        author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
        if not author.startswith(_THREADED):
            text = next((rich_text(child) for child in element if local_name(child) == "text"), "")
            yield element.get("ref", ""), Comment(text=tidy_line(text), author=author)


def _threaded(root: Element, people: Mapping[str, str]) -> Iterator[tuple[str, Comment]]:
    for element in named(root, "threadedComment"):
        text = "".join(str(text) for text in element.itertext())
        author = people.get(element.get("personId", ""), "")
        yield element.get("ref", ""), Comment(text=tidy_line(text), author=author)


def _people(package: Package) -> Mapping[str, str]:
    roots = (package.large_xml(name) for name in package.names() if name.startswith("xl/persons/"))
    return {
        person.get("id", ""): person.get("displayName", "")
        for root in roots
        if root is not None
        for person in root
    }


def sheet_leaks(package: Package, part: str, root: Element, sheet: str) -> list[Leak]:
    """Return headers, footers, drop-down lists, text boxes and link addresses of one sheet."""
    leaks = [Leak("sheet name", sheet)]
    for element in named(root, "headerFooter"):
        for child in element:
            where = "header" if "Header" in local_name(child) else "footer"
            leaks.append(Leak(where, tidy_line(_HEADER_CODE.sub(" ", child.text or ""))))
    for element in named(root, "formula1"):
        if (element.text or "").startswith('"'):
            leaks.append(Leak("drop-down list", (element.text or "").strip('"')))
    for link in package.relationships(part):
        if link.external:
            leaks.append(Leak("link address", link.target))
        elif link.kind == "drawing":
            leaks += _text_boxes(package, link.target)
    return [leak for leak in leaks if leak.text]


def _text_boxes(package: Package, part: str) -> list[Leak]:
    root = package.large_xml(part)
    if root is None:
        return []
    boxes = (tidy_line(" ".join(str(t) for t in body.itertext())) for body in named(root, "txBody"))
    alternatives = (element.get("descr", "") for element in named(root, "cNvPr"))
    return [Leak("text box", text) for text in boxes] + [
        Leak("alt text", text) for text in alternatives
    ]
