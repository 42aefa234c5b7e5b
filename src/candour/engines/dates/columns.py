"""What a whole column tells of its dates, and cells that hold more than one event."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from candour.engines.dates.asides import opened
from candour.engines.dates.edtf_text import written
from candour.engines.dates.lexing import normalised, tokenise
from candour.engines.dates.reader import read_date, sentences_of
from candour.engines.dates.reading import Context, DayOrder, Reading
from candour.engines.dates.refusals import Refusal
from candour.engines.dates.spans import Span
from candour.engines.dates.windows import Settled, settled

_IN_NUMBERS: Final = re.compile(
    r"(?<![\d./-])(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?'?(?:\d{4}|\d{2})(?!\d)"
)
_BETWEEN_EVENTS: Final = re.compile(r"\s*(?:\n|&|;|,|\+|\band\b)\s*", re.IGNORECASE)


def prove_day_order(column: Sequence[str]) -> DayOrder | None:
    """The order of day and month that a column's own unmistakable dates prove.

    A date proves an order when one of its numbers can only be a day. None where no date proves
    one, or where some prove each: the file must then be asked about.
    """
    proved: set[DayOrder] = set()
    for cell in set(column):
        for found in _IN_NUMBERS.finditer(cell):
            first, second = int(found[1]), int(found[2])
            if 12 < first <= 31 and 1 <= second <= 12:
                proved.add(DayOrder.DMY)
            elif 12 < second <= 31 and 1 <= first <= 12:
                proved.add(DayOrder.MDY)
    return proved.pop() if len(proved) == 1 else None


def split_parts(raw: str, context: Context | None = None) -> tuple[Reading, ...]:
    """Each event's reading where one cell lists several dates; else the cell's one reading.

    Lists joined by a line, comma, "&" or "and" are events of their own. A range, and one day or
    another, are one event.
    """
    context = context or Context()
    whole = read_date(raw, context)
    if whole.status != "resolved" or whole.rule != "list":
        return (whole,)
    try:
        sentences = sentences_of(opened(tokenise(normalised(raw))), context)
        found = settled(sentences[0].span, context)
    except Refusal:
        return (whole,)
    return _parts(raw, whole, sentences[0].span, found)


def _parts(raw: str, whole: Reading, dates: Span, found: Settled) -> tuple[Reading, ...]:
    pieces = [piece for piece in _BETWEEN_EVENTS.split(raw) if piece.strip()]
    texts = pieces if len(pieces) == len(found.windows) else [raw] * len(found.windows)
    return tuple(
        replace(
            whole,
            raw=text,
            edtf=written(Settled((window,), (), ()), whole.qualifier),
            earliest=window.earliest,
            latest=window.latest,
            rule=moment.rule,
            slips=moment.slips,
        )
        for text, window, moment in zip(texts, found.windows, dates.moments, strict=True)
    )
