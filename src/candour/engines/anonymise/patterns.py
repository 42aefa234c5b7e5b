"""Strings that identify somebody by their form alone, whether or not anybody listed them.

Sources: NHS number, NHS Data Dictionary (ten digits); postcode, Royal Mail's format; National
Insurance number, HMRC NIM39110; UPN, DfE (letter and twelve digits); vehicle marks, DVLA INF104.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from candour.engines.anonymise.register import Kind


@dataclass(frozen=True, slots=True)
class Pattern:
    """A form of identifier: what it is called, how its identity is to be replaced, its shape."""

    name: str
    kind: Kind
    shape: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Shaped:
    """A string of such a form at [start, end) of a text."""

    start: int
    end: int
    text: str
    pattern: Pattern


def _number(name: str, shape: str, flags: re.RegexFlag = re.NOFLAG) -> Pattern:
    return Pattern(name, Kind.NUMBER, re.compile(rf"(?<![\w@/.]){shape}(?![\w@])", flags))


_DAY = r"\d{1,2}(?:[./\- ]\d{1,2}[./\- ](?:\d{4}|\d{2})|(?:st|nd|rd|th)? [A-Z][a-z]{2,8} \d{4})"
_SECTOR = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"

PATTERNS = (
    _number("e-mail address", r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"),
    _number("NHS number", r"\d{3}[ \-]?\d{3}[ \-]?\d{4}"),
    _number("telephone number", r"(?:\+44 ?(?:\(0\) ?)?|0)(?:\d[ \-]?){8,9}\d"),
    _number("postcode", _SECTOR),
    _number("National Insurance number", r"[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]"),
    _number("Police National Computer number", r"PNC ?:? ?\d{2,4}/\d{3,7}[A-Z]?"),
    _number("unique pupil number", r"[A-Z]\d{12}"),
    _number("vehicle mark", r"[A-Z]{2}\d{2} ?[A-Z]{3}"),
    _number(
        "case or crime reference",
        r"(?:(?:CRN|URN|MARAC|CAD|DASH|CSC|LCS|URN|MIRN|Niche|Ref|Case|Crime)[ :.#\-]*(?:No\.? ?)?"
        r"(?=[A-Z]*[/\-]?\d)[A-Z\d]+(?:[/\-][A-Z\d]+)*|"
        r"[A-Z]{1,4}[/\-]\d{2,6}(?:[/\-]\d{2,6})*|[A-Z]{2,4}/\d{3,6}/\d{2}|\d{2}/(?!(?:19|20)\d\d(?!\d))\d{4,6})",
    ),
    _number(
        "collar number",
        r"(?:PC|PCSO|PS|DC|DS|DI|Sgt|WPC|TDC) ?\d{2,6}(?! [A-Z][a-z])",
    ),
    Pattern(
        "date of birth",
        Kind.DATE,
        re.compile(
            rf"(?i:\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?)[ :\-]*(?:on )?)(?P<it>{_DAY})"
        ),
    ),
    Pattern(
        "address",
        Kind.PLACE,
        re.compile(
            r"(?<!\w)(?:(?:Flat|Apartment|Unit|Room) \d+[A-Za-z]?,? )?(?:\d{1,4}[A-Za-z]? )?"
            r"(?:[A-Z][\w'’]+ ){1,3}(?:Road|Street|Avenue|Lane|Close|Drive|Court|Way|Crescent|Walk|"
            r"Rise|Terrace|Gardens|Grove|Place|Square|Mews|Row|Hill|View|House|Green|Estate|estate|"
            r"Rd|St|Ave|Cres|Gdns)(?!\w| (?:Primary|School|Nursery|Academy|College|Surgery|"
            r"Practice|Clinic|Hospital|Church))|(?<!\w)Flat \d+[A-Za-z]?(?!\w)"
        ),
    ),
)


def shaped_like_identifiers(text: str) -> Iterator[Shaped]:
    """Every string of such a form, in the order of the patterns; none overlaps an earlier one."""
    taken: list[tuple[int, int]] = []
    for pattern in PATTERNS:
        for match in pattern.shape.finditer(text):
            start, end = match.span("it" if "it" in match.groupdict() else 0)
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            yield Shaped(start, end, text[start:end], pattern)
