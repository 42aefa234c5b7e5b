"""How an OpenDocument spreadsheet shows its dates, as the format codes that Excel would have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from candour.engines.tables.package import attribute, local_name

_LETTERS = {
    "day": "d",
    "day-of-week": "ddd",
    "month": "m",
    "year": "yy",
    "hours": "h",
    "minutes": "m",
    "seconds": "s",
    "am-pm": "AM/PM",
}
_DATED = frozenset({"date-style", "time-style"})


@dataclass
class OpenStyles:
    """The styles of a spreadsheet that change what a reader sees, by their names."""

    codes: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    not_displayed: frozenset[str] = frozenset()

    def code(self, style: str) -> str | None:
        """The format code under which cells of this style show a date or time."""
        return self.codes.get(self.formats.get(style, ""))


def read_open_styles(*roots: etree._Element | None) -> OpenStyles:
    """Return the styles of the content and of the document, the later root first in doubt."""
    found = [element for root in roots if root is not None for element in _styles_in(root)]
    return OpenStyles(
        codes={_name(each): _code(each) for each in found if local_name(each) in _DATED},
        formats={_name(each): attribute(each, "data-style-name") or "" for each in found},
        not_displayed=frozenset(_name(each) for each in found if _is_not_displayed(each)),
    )


def _styles_in(root: etree._Element) -> Iterator[etree._Element]:
    for holder in root.iterchildren("{*}styles", "{*}automatic-styles"):
        yield from holder.iterchildren(tag=etree.Element)


def _name(style: etree._Element) -> str:
    return attribute(style, "name") or ""


def _is_not_displayed(style: etree._Element) -> bool:
    properties = style.find("{*}table-properties")
    return properties is not None and attribute(properties, "display") == "false"


def _code(style: etree._Element) -> str:
    return "".join(_part(part) for part in style)


def _part(part: etree._Element) -> str:
    name = local_name(part)
    if name == "text":
        return f'"{part.text or ""}"' if part.text else ""
    letter = _LETTERS.get(name, "")
    if name == "month" and attribute(part, "textual") == "true":
        letter = "mmm"
    if attribute(part, "style") == "long":
        return {"mmm": "mmmm", "ddd": "dddd"}.get(letter, letter * 2)
    return letter
