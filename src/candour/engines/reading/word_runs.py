"""The runs of a Word paragraph: accepted text alone, with its looks, links and note marks."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from candour.engines.reading.model import Look, Run, Runs
from candour.engines.reading.package import Package, attribute, local_name

_OFF = ("0", "false", "off")
_DELETED = frozenset(["del", "moveFrom"])


def runs_of_paragraph(paragraph: etree._Element, links: dict[str, str]) -> Runs:
    """Words as they stand with every tracked change accepted; deleted words are not published."""
    return _merged(_walk(paragraph, links, ""))


def relationship_targets(package: Package, part: str) -> dict[str, str]:
    """Addresses outside the document, by the id with which its links name them."""
    return {link.id: link.target for link in package.relationships(part) if link.external}


def flag(element: etree._Element) -> bool:
    """Whether a switch is on: present, unless it says otherwise."""
    return attribute(element, "val") not in _OFF


def has_picture(paragraph: etree._Element) -> int:
    """How many pictures and drawings stand in the paragraph."""
    return sum(1 for tag in ("drawing", "pict") for _ in paragraph.iter(f"{{*}}{tag}"))


def _walk(element: etree._Element, links: dict[str, str], target: str) -> Iterator[Run]:
    for child in element:
        name = local_name(child)
        if name in _DELETED or name == "pPr":
            continue
        if name == "hyperlink":
            yield from _walk(child, links, links.get(attribute(child, "id") or "", ""))
        elif name == "r":
            yield from _run(child, target)
        else:
            yield from _walk(child, links, target)


def _run(run: etree._Element, target: str) -> Iterator[Run]:
    properties = run.find("{*}rPr")
    if properties is not None and _on(properties, "vanish"):
        return
    look = _look(properties)
    for child in run:
        name = local_name(child)
        if name == "t":
            yield Run(child.text or "", look, target)
        elif name in ("tab", "br", "cr"):
            yield Run(" ", look, target)
        elif name == "noBreakHyphen":
            yield Run("-", look, target)
        elif name in ("footnoteReference", "endnoteReference"):
            kind = name.removesuffix("Reference")
            yield Run(attribute(child, "id") or "", Look.NOTE, f"{kind}-{attribute(child, 'id')}")


def _on(properties: etree._Element, name: str) -> bool:
    switch = properties.find(f"{{*}}{name}")
    return switch is not None and flag(switch)


def _look(properties: etree._Element | None) -> Look:
    if properties is None:
        return Look.PLAIN
    raised = properties.find("{*}vertAlign")
    if raised is not None and attribute(raised, "val") == "superscript":
        return Look.RAISED
    if _on(properties, "b"):
        return Look.STRONG
    return Look.EMPHASIS if _on(properties, "i") else Look.PLAIN


def _merged(runs: Iterator[Run]) -> Runs:
    """Runs of one look joined: Word divides a sentence wherever somebody once stopped typing."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last and last.look is run.look is not Look.NOTE and last.target == run.target:
            merged[-1] = Run(last.text + run.text, run.look, run.target)
        elif run.text:
            merged.append(run)
    return tuple(merged)
