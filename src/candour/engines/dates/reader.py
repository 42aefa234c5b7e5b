"""Read a date cell: never guess, never raise."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from candour.engines.dates.ages import age_window, is_age
from candour.engines.dates.asides import Cell, opened, without_notes, without_words
from candour.engines.dates.atoms import DASHES, Style, Tokens
from candour.engines.dates.calendar_days import EARLIEST_YEAR
from candour.engines.dates.edtf_text import read_edtf, written
from candour.engines.dates.explanations import explain
from candour.engines.dates.lexing import normalised, tokenise
from candour.engines.dates.moments import check_present
from candour.engines.dates.number_dates import serial_window
from candour.engines.dates.reading import Context, DayOrder, Reading
from candour.engines.dates.refusals import Refusal, needs, unreadable
from candour.engines.dates.sentences import Answer, Sentence, answered, parse
from candour.engines.dates.times import Times, clock
from candour.engines.dates.tokens import Kind, Token
from candour.engines.dates.windows import Settled

_LONGEST: Final = 400
_PLAIN: Final = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_DAY_AND_TIME_NUMBER: Final = re.compile(r"[1-9][0-9]{4}\.[0-9]+")


def read_date(raw: str, context: Context | None = None) -> Reading:
    """The days a cell means, or why it must not be given any.

    Total: any text gives a `Reading`. `needs_context` is for what a year, a row above, a birth
    date or the file's own day order would settle; `refused` for what nothing but the record can.
    """
    context = context or Context()
    try:
        return _read(raw, context)
    except Refusal as refusal:
        return refused(raw, refusal)


def refused(raw: str, refusal: Refusal) -> Reading:
    """The reading of a cell that is given no date."""
    return Reading(
        raw, None, None, None, None, None, None, refusal.status, refusal.rule, refusal.reason
    )


def _read(raw: str, context: Context) -> Reading:
    if plain := _PLAIN.fullmatch(raw):
        found = _plainly(plain, context)
        if found is not None:
            return _of_one_day(raw, found)
    if len(raw) > _LONGEST:
        raise unreadable(f"A date cell of more than {_LONGEST} characters is not a date.")
    text = normalised(raw)
    if not text:
        return _inherited(raw, context, Times([]))
    iso = read_edtf(raw, text, context.as_of)
    if iso is not None:
        return iso
    if _DAY_AND_TIME_NUMBER.fullmatch(text):
        return replace(excel_serial(float(text), context.date_1904), raw=raw)
    return _read_cell(raw, tokenise(text), context)


def _plainly(found: re.Match[str], context: Context) -> date | None:
    """03/04/2012, which most cells hold and which needs no grammar; None leaves it to that."""
    day, month, year = int(found[1]), int(found[3]), int(found[4])
    if context.day_order is DayOrder.MDY:
        day, month = month, day
    try:
        when = date(year, month, day)
    except ValueError:
        return None
    return when if year >= EARLIEST_YEAR and when <= context.as_of else None


def _of_one_day(raw: str, day: date) -> Reading:
    return Reading(
        raw, day.isoformat(), day, day, None, None, None, "resolved", "day, month, year", None
    )


def _read_cell(raw: str, tokens: Tokens, context: Context) -> Reading:
    _refuse_cut_short(tokens)
    cell = opened(tokens)
    kinds = {token.kind for token in cell.tokens}
    if Kind.ABOVE in kinds and not kinds & _DATED:
        return _inherited(raw, context, cell.times)
    if cell.recorded is not None and not cell.tokens:
        return _only_recorded(raw, cell, context)
    answer, sentence = _answered(cell, context)
    if cell.says_no_date and answer.earliest == answer.latest:
        raise needs(
            "date not known", "The cell gives a day and says that none is known. Correct it."
        )
    times = cell.times
    if sentence and sentence.span.clock is not None and not times.found:
        times.note(*sentence.span.clock)
    return Reading(
        raw, answer.edtf, answer.earliest, answer.latest, times.time_from, times.time_to,
        cell.qualifier, "resolved", answer.rule, None, (*answer.slips, *times.slips),
        _recorded_on(cell, context),
    )  # fmt: skip


def _only_recorded(raw: str, cell: Cell, context: Context) -> Reading:
    refusal = needs("recorded only", "This says when it was recorded. Add when it happened.")
    return replace(refused(raw, refusal), recorded_on=_recorded_on(cell, context))


def _refuse_cut_short(tokens: Tokens) -> None:
    if not any(token.kind is Kind.NUMBER for token in tokens):
        return
    if tokens[-1].kind in DASHES:
        raise needs(
            "range without end", "The cell ends in a dash. Add the last date, or 'onwards'."
        )
    if any(one.text in _NOT_KNOWN and dash.kind in DASHES for one, dash in _ends(tokens)):
        raise needs(
            "range without end",
            "One end of the range is not known. Write 'from' or 'until' with the day that is.",
        )


_NOT_KNOWN: Final = frozenset({"?", "??", "???"})


def _ends(tokens: Tokens) -> tuple[tuple[Token, Token], ...]:
    """The first and the last token, each with its neighbour."""
    return ((tokens[0], tokens[1]), (tokens[-1], tokens[-2])) if len(tokens) > 1 else ()


_DATED: Final = frozenset({Kind.NUMBER, Kind.MONTH, Kind.FEAST, Kind.SEASON, Kind.TERM})


def _answered(cell: Cell, context: Context) -> tuple[Answer, Sentence | None]:
    if is_age(cell.tokens):
        return _aged(cell, context), None
    sentences = sentences_of(cell, context)
    try:
        answer = answered(sentences, context, cell.qualifier)
    except Refusal as refusal:
        year = _bracketed_year(cell, context) if refusal.rule == "no year" else None
        if year is None:
            raise
        answer = answered(sentences, replace(context, year=year), cell.qualifier)
    for group in cell.brackets:
        _check_restated(group, answer, context)
    return answer, sentences[0]


def _bracketed_year(cell: Cell, context: Context) -> int | None:
    """The year of the date that brackets give: Christmas Day (25 December 2012), 3 April (2012)."""
    for group in cell.brackets:
        sentences = parse(group, _style(context))
        if sentences is not None and not sentences[0].bound:
            return sentences[0].span.moments[0].year
    return None


def _style(context: Context) -> Style:
    return Style(context.day_order, context.as_of, date_1904=context.date_1904)


def sentences_of(cell: Cell, context: Context) -> tuple[Sentence, ...]:
    """The sentences of a cell, with what brackets and notes hide taken into account.

    Raises:
        Refusal: the tokens make no date.
    """
    style = _style(context)._replace(timed=cell.times.found)
    for tokens in _attempts(cell):
        sentences = parse(tokens, style)
        if sentences is not None:
            return sentences
    bare = without_words(cell.tokens)
    sentences = parse(bare, style) if bare else None
    if sentences is not None and _is_of_whole_days(sentences):
        return sentences
    raise explain(cell.tokens, cell.times)


def _is_of_whole_days(sentences: tuple[Sentence, ...]) -> bool:
    """Whether a cell's words leave no doubt of its days: "DNA 17/09/2013", not "Ward 9 2013"."""
    (first, *others) = sentences
    return not (others or first.bound) and all(m.is_whole_day for m in first.span.moments)


def _attempts(cell: Cell) -> Iterator[Tokens]:
    """The tokens as one line, with lines as a list, with brackets opened, without a note."""
    in_line = [token for token in cell.tokens if token.kind is not Kind.LINE]
    yield in_line
    if len(in_line) != len(cell.tokens):
        yield cell.tokens
    if cell.brackets:
        groups, cell.brackets = cell.brackets, []
        yield [*in_line, *(token for group in groups for token in group)]
        cell.brackets = groups
    for tokens in without_notes(cell.tokens):
        yield [token for token in tokens if token.kind is not Kind.LINE]


def _aged(cell: Cell, context: Context) -> Answer:
    window = age_window(cell.tokens, context.born)
    check_present(window, context.as_of)
    edtf = written(Settled((window,), (), ()), cell.qualifier)
    return Answer(edtf, window.earliest, window.latest, "age", ())


def _check_restated(group: Tokens, answer: Answer, context: Context) -> None:
    """A date in brackets says the same day again, or the cell is not read."""
    if is_age(group):
        return
    sentences = parse(group, _style(context))
    if sentences is None:
        raise needs(
            "brackets", "The brackets hold more than a date. Write the one date that is meant."
        )
    again = answered(sentences, context, None)
    if not _holds(again, answer):
        raise needs(
            "two dates", "The date and the date in brackets differ. Write the one that is meant."
        )


def _holds(again: Answer, answer: Answer) -> bool:
    if not (again.earliest and again.latest and answer.earliest and answer.latest):
        return (again.earliest, again.latest) == (answer.earliest, answer.latest)
    return again.earliest <= answer.earliest and answer.latest <= again.latest


def _recorded_on(cell: Cell, context: Context) -> date | None:
    if cell.recorded is None:
        return None
    inner = opened(cell.recorded)
    try:
        answer = answered(sentences_of(inner, context), context, None)
    except Refusal:
        return None
    return answer.earliest if answer.earliest == answer.latest else None


def _inherited(raw: str, context: Context, times: Times) -> Reading:
    above = context.above
    if above is None or above.status != "resolved":
        raise needs(
            "as above", "The cell leans on the row above, which gives no date. Add the date."
        )
    return replace(
        above, raw=raw, rule="as above", time_from=times.time_from, time_to=times.time_to,
        recorded_on=None,
    )  # fmt: skip


def excel_serial(number: float, date_1904: bool) -> Reading:
    """The day of an Excel day number; a fraction is the time of day.

    Raises nothing: a number that is no day is a refused reading.
    """
    raw = f"{number:g}" if number != int(number) else str(int(number))
    try:
        window = serial_window(number, date_1904=date_1904)
    except Refusal as refusal:
        return refused(raw, refusal)
    minutes = round((number - int(number)) * 1440) % 1440
    at = clock(minutes) if minutes else None
    return Reading(
        raw, window.edtf, window.earliest, window.latest, at, at, None, "resolved",
        "serial number", None,
    )  # fmt: skip
