"""Dates, counts and marked passages as people read them on a page."""

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup, escape

from candour.kernel.clock import LONDON, day_of


def day(value: date | datetime | None) -> str:
    """A day as "3 March 2015"; an instant gives its day in London; None gives nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = day_of(value)
    return f"{value.day} {value:%B %Y}"


def instant(value: datetime | None) -> str:
    """An aware instant in London as "3 March 2015 at 2:05pm"; None gives nothing."""
    if value is None:
        return ""
    return f"{day(value)} at {clock_time(value)}"


def clock_time(value: datetime) -> str:
    """The London time of an aware instant as "2:05pm"."""
    local = value.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 entry", "2 entries"; `many` may be left out for a plain s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def times(count: int) -> str:
    """How often something was done: "Not yet", "Once", "3 times"."""
    return {0: "Not yet", 1: "Once", 2: "Twice"}.get(count, f"{count} times")


def marked(text: str, spans: Sequence[tuple[int, int]]) -> Markup:
    """`text` escaped, with each span (first character, character after the last) in <mark>.

    Spans are in order and do not overlap; one that does not fit raises ValueError.
    """
    pieces: list[Markup] = []
    at = 0
    for start, end in spans:
        if not at <= start <= end <= len(text):
            raise ValueError(f"span {start}-{end} does not fit the text")
        pieces += [escape(text[at:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        at = end
    return Markup("").join([*pieces, escape(text[at:])])
