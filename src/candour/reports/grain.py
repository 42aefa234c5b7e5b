"""How exactly a published chronology says when something happened.

A full date can be joined to what is public elsewhere, so month and year is what reviews print
unless the day itself matters.
"""

import calendar
import re
from datetime import date

from candour.ui.wording import day as day_in_words

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
_WEEKDAY = rf"(?:(?:{'|'.join(f'{d}|{d[:3]}' for d in calendar.day_name)}|tues|thurs)\.?,?\s+)?"
_MONTH_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_IN_FIGURES = re.compile(
    rf"\b{_WEEKDAY}(?P<day>\d{{1,2}})(?P<by>[./-])(?P<month>\d{{1,2}})(?P=by)"
    r"(?P<year>\d{4}|\d{2})\b",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")
_IN_WORDS = re.compile(
    rf"\b{_WEEKDAY}\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>{_MONTH_NAMES})\b\.?"
    r"(?:,?\s+(?P<year>\d{4}))?",
    re.IGNORECASE,
)

# What was "on 9 June" is "in June" once the day is gone.
_ON_A_MONTH = re.compile(
    rf"\b(?P<on>[Oo]n) (?P<name>{'|'.join(name for name in calendar.month_name if name)})\b"
)


def when(earliest: date | None, latest: date | None, grain: str) -> str:
    """When something happened, at the grain `month` or `day`."""
    if earliest is None and latest is None:
        return "Date not known"
    if latest is None:
        return f"From {_one(earliest, grain)}"
    if earliest is None:
        return f"By {_one(latest, grain)}"
    first, last = _one(earliest, grain), _one(latest, grain)
    return first if first == last else f"Between {first} and {last}"


def _one(value: date | None, grain: str) -> str:
    if value is None:
        return ""
    return day_in_words(value) if grain == "day" else f"{value:%B %Y}"


def to_months(text: str) -> str:
    """The text with every full date of it given as month and year."""
    for form in (_ISO, _IN_FIGURES):
        text = form.sub(_month_of_figures, text)
    return _ON_A_MONTH.sub(_in_a_month, _IN_WORDS.sub(_month_of_words, text))


def _in_a_month(match: re.Match[str]) -> str:
    return f"{'In' if match['on'] == 'On' else 'in'} {match['name']}"


def _month_of_figures(match: re.Match[str]) -> str:
    month, day, year = int(match["month"]), int(match["day"]), match["year"]
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return match[0]
    return f"{calendar.month_name[month]} {year if len(year) == 4 else _century(year)}"


def _century(year: str) -> str:
    # Reviews reach back to grandparents, so a high pair of figures is of the last century.
    return f"{'19' if int(year) >= 40 else '20'}{year}"


def _month_of_words(match: re.Match[str]) -> str:
    month = calendar.month_name[_MONTHS[match["name"].casefold()]]
    return f"{month} {match['year']}" if match["year"] else month
