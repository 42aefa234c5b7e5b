"""Ages: "when he was 6 months old", resolved through the birth date."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from candour.engines.dates.atoms import Tokens
from candour.engines.dates.calendar_days import Window
from candour.engines.dates.refusals import needs, unreadable
from candour.engines.dates.tokens import Kind

_AGES: Final = frozenset({Kind.OLD, Kind.AGED})
_SAID: Final = frozenset(
    {Kind.UNKNOWN, Kind.FILLER, Kind.AGED, Kind.OLD, Kind.AT, Kind.DOUBT, Kind.ON, Kind.COMMA}
)


def is_age(tokens: Tokens) -> bool:
    """Whether the cell speaks of an age."""
    return not _AGES.isdisjoint([token.kind for token in tokens])


def age_window(tokens: Tokens, born: date | None) -> Window:
    """The days on which a person born on `born` was of the age the cell gives.

    "3 months old" runs from the day the child reaches three months to the day before four.

    Raises:
        Refusal: there is no birth date, or the cell says more than an age.
    """
    amounts = _amounts(tokens)
    if born is None:
        raise needs("age", "An age needs the birth date. Give it, or write the date.")
    if amounts is None:
        raise unreadable(
            "The age could not be read. Write it as 'aged 6 months', or give the date."
        )
    first = _reached(born, amounts)
    unit = min(amounts, key=_ORDER.index)
    after = _reached(born, {**amounts, unit: amounts[unit] + 1})
    return Window(first, after - timedelta(days=1))


_ORDER: Final = ("days", "weeks", "months", "years")


def _amounts(tokens: Tokens) -> dict[str, int] | None:
    amounts: dict[str, int] = {}
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.kind is Kind.NUMBER and not token.ordinal:
            unit, i = _unit_after(tokens, i)
            if unit is None or unit in amounts or token.value > 1500:
                return None
            amounts[unit] = token.value
        elif token.kind in _SAID or (token.kind is Kind.AND and amounts):
            i += 1
        else:
            return None
    return amounts or None


def _unit_after(tokens: Tokens, i: int) -> tuple[str | None, int]:
    """The unit of the number at `i`: the word after it, or years for "aged 4" and "4 y/o"."""
    j = i + 1
    if j < len(tokens) and tokens[j].kind is Kind.DASH:
        j += 1
    if j < len(tokens) and tokens[j].kind is Kind.UNIT:
        return tokens[j].name, j + 1
    years = (i > 0 and tokens[i - 1].kind is Kind.AGED) or (
        j < len(tokens) and tokens[j].text.startswith("y")
    )
    return ("years" if years else None), i + 1


def _reached(born: date, amounts: dict[str, int]) -> date:
    months = amounts.get("years", 0) * 12 + amounts.get("months", 0)
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    if year > 2199:
        raise unreadable("The age is too great to be right.")
    day = min(born.day, monthrange(year, month + 1)[1])
    days = amounts.get("weeks", 0) * 7 + amounts.get("days", 0)
    return date(year, month + 1, day) + timedelta(days=days)
