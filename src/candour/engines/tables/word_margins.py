"""The words around a Word document's body: notes, comments, headers, footers, links, settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from candour.engines.tables.model import Comment, Leak, Problem
from candour.engines.tables.package import Package, Relationship, attribute
from candour.engines.tables.word_cells import Margins, read_words

_EMPTY = Margins()
_LINK_KINDS = frozenset({"hyperlink"})


def read_margins(package: Package, part: str) -> tuple[Margins, list[Leak]]:
    """Return the notes of a document, and its headers, footers and link addresses as leaks."""
    links = package.relationships(part)
    leaks = [leak for link in links for leak in _around(package, link)]
    margins = Margins(
        footnotes=_notes(package, links, "footnotes"),
        endnotes=_notes(package, links, "endnotes"),
        comments=_comments(package, links),
    )
    return margins, leaks


def outside_links(package: Package) -> list[Problem]:
    """Return a problem for each template, picture or data source that the file would fetch."""
    problems = []
    for part in sorted(package.names()):
        folder, _, name = part.rpartition("/")
        if not (folder.endswith("_rels") and name.endswith(".rels")):
            continue
        owner = f"{folder.removesuffix('_rels')}{name.removesuffix('.rels')}"
        for link in package.relationships(owner):
            if link.external and link.kind not in _LINK_KINDS:
                problems.append(_outside_link(link))
    return problems


def _outside_link(link: Relationship) -> Problem:
    code = "external_template" if link.kind == "attachedTemplate" else "external_link"
    thing = "a template" if code == "external_template" else "something"
    return Problem(
        code,
        "whole file",
        f"The file asks to fetch {thing} from outside ({link.kind}). Nothing was fetched.",
        "Nothing is needed here. Open the original only on a computer without a network.",
    )


def _parts(package: Package, links: Iterable[Relationship], kind: str) -> list[etree._Element]:
    targets = (link.target for link in links if link.kind == kind and not link.external)
    roots = (package.xml(target) for target in targets)
    return [root for root in roots if root is not None]


def _notes(package: Package, links: Iterable[Relationship], kind: str) -> Mapping[str, str]:
    return {
        attribute(note, "id") or "": read_words(note, _EMPTY).content().text
        for root in _parts(package, links, kind)
        for note in root
        if attribute(note, "type") is None
    }


def _comments(package: Package, links: Iterable[Relationship]) -> Mapping[str, Comment]:
    return {
        attribute(note, "id") or "": Comment(
            text=read_words(note, _EMPTY).content().text,
            author=attribute(note, "author") or "",
        )
        for root in _parts(package, links, "comments")
        for note in root
    }


def _around(package: Package, link: Relationship) -> list[Leak]:
    if link.external:
        return [Leak("link address", link.target)] if link.kind == "hyperlink" else []
    if link.kind not in ("header", "footer"):
        return []
    root = package.xml(link.target)
    if root is None:
        return []
    content = read_words(root, _EMPTY).content()
    texts = [content.text, *content.deleted]
    return [Leak(link.kind, text) for text in texts if text]
