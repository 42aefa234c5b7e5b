"""What Excel shows for a number under a number format, for the formats that chronologies use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

BUILT_IN: Final = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 49: "@",
}  # fmt: skip
_LAST_SERIAL: Final = 2_958_465
_TOKEN = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|am/pm|a/p|y+|m+|d+|h+|s+|\.0+|.', re.IGNORECASE | re.DOTALL
)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@lru_cache(maxsize=512)
def tokens(code: str) -> tuple[str, ...]:
    """Split the first section of a number format into its tokens."""
    found = []
    for piece in _TOKEN.findall(code):
        if piece == ";":
            break
        found.append(piece)
    return tuple(found)


@lru_cache(maxsize=512)
def parts_shown(code: str) -> frozenset[str]:
    """Return which parts of a date or time a format shows: a set out of y, m, d, h, n and s.

    Minutes are n, since an m beside hours or seconds means minutes. Empty for a plain number.
    """
    if code == "General":
        return frozenset()
    return frozenset(token[0] for token in _settled(tokens(code)) if token[0] != "'")


def moment(serial: float, date_1904: bool) -> datetime | None:
    """Return the day and time that a serial number stands for, or None where Excel has none.

    In the 1900 system the day 29 February 1900, which never was, is counted (ECMA-376, 18.17.4.1).
    """
    if not 0 <= serial <= _LAST_SERIAL:
        return None
    base = datetime.fromisoformat("1904-01-01" if date_1904 else "1899-12-30")
    if not date_1904 and serial < 60:
        base += timedelta(days=1)
    whole = int(serial)
    return base + timedelta(days=whole, seconds=round((serial - whole) * 86400))


def shown(value: float, code: str, date_1904: bool = False) -> str:
    """Return the text that Excel would show for a number under a format."""
    if parts_shown(code):
        when = moment(value, date_1904)
        return _plain(value) if when is None else _date_shown(when, value, tokens(code))
    if code in ("General", "@", "") or not any(digit in code for digit in "0#"):
        return _plain(value)
    return _number_shown(value, code)


def _settled(found: Sequence[str]) -> list[str]:
    settled: list[str] = []
    for place, token in enumerate(found):
        low = token.lower()
        if low.startswith("[") and low.strip("[]hms") == "" and len(low) > 2:
            low = low[1:-1]
        if low[0] not in "ymdhs" or set(low) != {low[0]}:
            settled.append(f"'{token}")
        elif low[0] == "m" and _is_minutes(found, place):
            settled.append("n" * len(low))
        else:
            settled.append(low)
    return settled


def _is_minutes(found: Sequence[str], place: int) -> bool:
    before = next((t.lower() for t in reversed(found[:place]) if t[0].lower() in "ymdhs["), "")
    after = next((t.lower() for t in found[place + 1 :] if t[0].lower() in "ymdhs"), "")
    return before.startswith(("h", "[h")) or after.startswith("s")


def _date_shown(when: datetime, serial: float, found: Sequence[str]) -> str:
    half = any(token.lower() in ("am/pm", "a/p") for token in found)
    pieces = []
    for token, settled in zip(found, _settled(found), strict=True):
        if settled[0] != "'":
            pieces.append(_field(when, serial, settled, half, token))
        elif token.lower() in ("am/pm", "a/p"):
            pieces.append("AM" if when.hour < 12 else "PM")
        else:
            pieces.append(_literal(token))
    return "".join(pieces).strip()


def _literal(token: str) -> str:
    if token.startswith('"'):
        return token.strip('"')
    if token.startswith("\\"):
        return token[1:]
    if token.startswith("_"):
        return " "
    return "" if token.startswith(("[", "*")) else token


def _field(when: datetime, serial: float, token: str, half: bool, original: str) -> str:
    letter, length = token[0], len(token)
    if letter == "y":
        return f"{when.year:04d}" if length > 2 else f"{when.year % 100:02d}"
    if letter == "m":
        return _month(when.month, length)
    if letter == "d":
        return _day(when, length)
    if letter == "h":
        hour = int(serial * 24 + 1e-9) if original.startswith("[") else when.hour
        hour = (hour % 12 or 12) if half else hour
        return f"{hour:0{min(length, 2)}d}"
    number = when.minute if letter == "n" else when.second
    return f"{number:0{min(length, 2)}d}"


def _month(month: int, length: int) -> str:
    if length <= 2:
        return f"{month:0{length}d}"
    name = _MONTHS[month - 1]
    return name[:3] if length == 3 else name[0] if length == 5 else name


def _day(when: datetime, length: int) -> str:
    if length <= 2:
        return f"{when.day:0{length}d}"
    name = _DAYS[when.weekday()]
    return name[:3] if length == 3 else name


def _plain(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"


def _number_shown(value: float, code: str) -> str:
    first = code.split(";")[0]
    body = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", first)
    before, _, after = body.partition(".")
    places = len(re.sub(r"[^0]", "", after))
    comma = "," if "," in before else ""
    text = f"{value * 100 if '%' in body else value:{comma}.{places}f}"
    if not comma and value >= 0 and places == 0:
        text = text.zfill(before.count("0"))
    return f"{_prefix(first)}{text}%" if "%" in body else f"{_prefix(first)}{text}"


def _prefix(code: str) -> str:
    found = re.match(r'"([^"]*)"|\[\$([^\]-]+)[^\]]*\]|\\(.)|([£$€])', code)
    return next((text for text in found.groups() if text), "") if found else ""
