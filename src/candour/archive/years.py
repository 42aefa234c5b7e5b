"""Years and days of publication as sources give them, and what to sort them by."""

import re
from datetime import date

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEARS_IN_BRACKETS = re.compile(r"\(([^()]*(?:19|20)\d\d[^()]*)\)\s*$")
_PUBLISHED = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def year_span(year_text: str) -> tuple[int | None, int | None]:
    """First and last year named in "2015", "2007-2008" or "2010 and 2012"; none where none is."""
    years = [int(year) for year in _YEAR.findall(year_text)]
    return (min(years), max(years)) if years else (None, None)


def years_in_title(title: str) -> str:
    """The years in brackets with which a title ends, as they stand there, or nothing."""
    found = _YEARS_IN_BRACKETS.search(title)
    return found.group(1).strip() if found else ""


def first_day(published_text: str) -> date | None:
    """The first day that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` can mean, for sorting only.

    Raises:
        ValueError: when the text is none of the three or names no day of the calendar.
    """
    if not published_text:
        return None
    found = _PUBLISHED.fullmatch(published_text)
    if not found:
        raise ValueError(f"“{published_text}” is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = found.groups()
    return date(int(year), int(month or 1), int(day or 1))
