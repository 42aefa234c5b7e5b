"""EDTF (ISO 8601-2) text: written from windows, and read back."""

import re
from datetime import date
from typing import Final

from candour.engines.dates.calendar_days import (
    Window,
    day_window,
    month_window,
    year_window,
)
from candour.engines.dates.moments import check_present
from candour.engines.dates.reading import Reading
from candour.engines.dates.refusals import Refusal, impossible
from candour.engines.dates.windows import Settled

_MARKS: Final = {
    None: "", "uncertain": "?", "approximate": "~", "uncertain and approximate": "%",
}  # fmt: skip
_QUALIFIERS: Final = {mark: name for name, mark in _MARKS.items()}

_ONE: Final = r"\d{4}(?:-\d\d(?:-\d\d|-xx)?)?[?~%]?"
_ONE_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d|xx))?)?([?~%]?)")
_EDTF: Final = re.compile(
    rf"""
      (?P<date>\d{{4}}-\d\d-(?:\d\d|xx)[?~%]?)
    | (?P<moment>\d{{4}}-\d\d-\d\d)[t\s]\s?(?P<time>\d\d:\d\d)(?::\d\d(?:[.,]\d+)?)?
        \s?(?:z|[+-]\d\d:?(?:\d\d)?)?
    | (?P<month>\d{{4}}-(?:0[1-9]|1[0-2])[?~%]?)
    | (?P<year>\d{{4}}[?~%])
    | (?P<decade>\d{{3}}x)
    | (?P<from>\.\.|{_ONE})/(?P<to>\.\.|{_ONE})
    | [\[{{](?P<list>{_ONE}(?:(?:,|\.\.)\s?{_ONE})+)[\]}}]
    """,
    re.VERBOSE,
)


def written(settled: Settled, qualifier: str | None) -> str:
    """EDTF text of a cell's dates: one date, an interval, or a set of the days listed."""
    mark = _MARKS[qualifier]
    if len(settled.windows) == 1:
        return _alone(settled.windows[0], mark)
    texts = [window.edtf for window in settled.windows]
    if "to" not in settled.joins and all(text and "X" not in text for text in texts):
        joined = ",".join(f"{text}{mark}" for text in sorted(filter(None, texts)))
        return f"[{joined}]" if "or" in settled.joins else f"{{{joined}}}"
    first = min(settled.windows, key=lambda window: window.earliest)
    last = max(settled.windows, key=lambda window: window.latest)
    return _interval(first, last, mark)


def _alone(window: Window, mark: str) -> str:
    if window.edtf is None:
        return _interval(window, window, mark)
    if window.edtf.endswith("X"):
        return window.edtf if not mark else _interval(Window(*window[:2]), window, mark)
    if len(window.edtf) == 7 and _reads_as_two_years(window.edtf):
        return f"{window.edtf}-XX{mark}"
    return f"{window.edtf}{mark}"


def _reads_as_two_years(text: str) -> bool:
    """2009-10 is October 2009 to EDTF and a school year to a person, so we write 2009-10-XX."""
    return int(text[5:]) == (int(text[:4]) + 1) % 100


def _interval(first: Window, last: Window, mark: str) -> str:
    same = first is last
    start = first.earliest.isoformat() if same or not first.edtf else first.edtf
    end = last.latest.isoformat() if same or not last.edtf else last.edtf
    return f"{start.replace('X', '0')}{mark}/{end.replace('X', '9')}{mark}"


def bounded(earliest: date, latest: date, qualifier: str | None) -> str:
    """From `earliest` to `latest`."""
    mark = _MARKS[qualifier]
    return f"{earliest}{mark}/{latest}{mark}"


def open_start(latest: date, qualifier: str | None) -> str:
    """Up to and with `latest`."""
    return f"../{latest.isoformat()}{_MARKS[qualifier]}"


def open_end(first: str, qualifier: str | None) -> str:
    """From `first`, a day, month or year, on."""
    return f"{first}{_MARKS[qualifier]}/.."


def read_edtf(raw: str, text: str, as_of: date) -> Reading | None:
    """The reading of ISO 8601 or EDTF text as this engine writes it; None for anything else.

    `text` is `raw` normalised. ISO is year, month, day and never turned round. A year and month
    that may also be a pair of years (2009-10) is left to the grammar, which refuses it.

    Raises:
        Refusal: the text is EDTF but no such day exists, or it is later than `as_of`.
    """
    found = _EDTF.fullmatch(text)
    if found is None:
        return None
    parts = found.groupdict()
    if parts["month"] and _reads_as_two_years(parts["month"][:7]):
        return None
    if parts["date"] or parts["month"] or parts["year"] or parts["moment"]:
        return _single(raw, parts, as_of)
    if parts["decade"]:
        return _decade(raw, parts["decade"], as_of)
    if parts["list"]:
        return _listed(raw, text, parts["list"], as_of)
    return _ranged(raw, text, parts["from"], parts["to"], as_of)


def _single(raw: str, parts: dict[str, str | None], as_of: date) -> Reading:
    window, mark = _read_one(
        parts["date"] or parts["month"] or parts["year"] or parts["moment"] or "", as_of
    )
    edtf = _alone(window, mark)
    return _reading(raw, edtf, window.earliest, window.latest, mark, time=parts["time"])


def _read_one(text: str, as_of: date) -> tuple[Window, str]:
    found = _ONE_DATE.fullmatch(text)
    if found is None:
        raise Refusal("refused", "EDTF", f"'{text}' is not a date.")
    year, month, day = int(found[1]), found[2], found[3]
    if not 1850 <= year <= 2199:
        raise impossible(f"The year {year} cannot be right.")
    if month is None:
        window = year_window(year)
    elif day is None or day == "xx":
        window = month_window(year, int(month))
    else:
        window = day_window(year, int(month), int(day))
    check_present(window, as_of)
    return window, found[4]


def _decade(raw: str, text: str, as_of: date) -> Reading:
    first = int(text[:3]) * 10
    start, _ = _read_one(str(first), as_of)
    return _reading(raw, text.upper(), start.earliest, date(first + 9, 12, 31), "")


def _listed(raw: str, text: str, inner: str, as_of: date) -> Reading:
    found = [_read_one(each.strip(), as_of) for each in re.split(r",|\.\.", inner)]
    earliest = min(window.earliest for window, _ in found)
    latest = max(window.latest for window, _ in found)
    return _reading(raw, text.replace(" ", "").replace("xx", "XX"), earliest, latest, found[0][1])


def _ranged(
    raw: str, text: str, first: str | None, last: str | None, as_of: date
) -> Reading | None:
    start = _read_one(first, as_of) if first and first != ".." else None
    end = _read_one(last, as_of) if last and last != ".." else None
    if start is None and end is None:
        return None
    if start and end and end[0].latest < start[0].earliest:
        raise impossible("The range runs backwards.")
    mark = (start or end or (None, ""))[1]
    earliest, latest = start and start[0].earliest, end and end[0].latest
    return _reading(raw, text.replace("xx", "XX"), earliest, latest, mark)


def _reading(
    raw: str,
    edtf: str,
    earliest: date | None,
    latest: date | None,
    mark: str,
    time: str | None = None,
) -> Reading:
    at = None if time == "00:00" else time
    qualifier = _QUALIFIERS[mark]
    return Reading(raw, edtf, earliest, latest, at, at, qualifier, "resolved", "ISO 8601", None)
