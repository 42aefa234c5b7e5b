"""The whole cell: a date or dates, or an open end before or after them."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from candour.engines.dates.atoms import DASHES, Style, Tokens
from candour.engines.dates.bare_times import bare_time
from candour.engines.dates.edtf_text import bounded, open_end, open_start, written
from candour.engines.dates.moments import Moment
from candour.engines.dates.reading import Context
from candour.engines.dates.refusals import needs
from candour.engines.dates.spans import Span, span
from candour.engines.dates.tokens import END, Kind
from candour.engines.dates.windows import Settled, settled

_OPENERS: Final[dict[Kind, str]] = {
    Kind.BEFORE: "before", Kind.AFTER: "after", Kind.BY: "by", Kind.UNTIL: "by",
    Kind.SINCE: "since", Kind.FROM: "since", Kind.PRESENT: "since",
}  # fmt: skip
_BEFORE_PRESENT: Final = frozenset({*DASHES, Kind.TO, Kind.UNTIL, Kind.COMMA, Kind.AND})
_PRESENT: Final = frozenset({Kind.PRESENT, Kind.ONWARDS})
_LOWER: Final = frozenset({"after", "since"})


class Sentence(NamedTuple):
    """One span of dates, and the bound it is of: "" for the dates themselves."""

    span: Span
    bound: str
    end: int


class Answer(NamedTuple):
    """A sentence settled in its context; None is an open end."""

    edtf: str
    earliest: date | None
    latest: date | None
    rule: str
    slips: tuple[str, ...]


def parse(tokens: Tokens, style: Style) -> tuple[Sentence, ...] | None:
    """The sentence the tokens make, or two that bound a window from both sides; None if neither.

    Odd separators are read as slips only when no reading without them stands.
    """
    padded = [*tokens, END, END, END, END]
    length = len(tokens)
    found = _sentences(padded, length, style)
    return found or _sentences(padded, length, style._replace(lenient=True))


def _sentences(tokens: Tokens, length: int, style: Style) -> tuple[Sentence, ...] | None:
    first = _sentence(tokens, 0, style)
    if first is None or first.end < length:
        first = _after_bare_time(tokens, style) or first
    if first is None:
        return None
    if first.end >= length:
        return (first,)
    j = first.end
    while tokens[j].kind in (Kind.AND, Kind.COMMA) or tokens[j].text == "but":
        j += 1
    second = _sentence(tokens, j, style) if first.bound else None
    if second is None or second.end < length or not second.bound:
        return None
    lower = first.bound in _LOWER
    return (first, second) if lower != (second.bound in _LOWER) else None


def _after_bare_time(tokens: Tokens, style: Style) -> Sentence | None:
    """1435 3/4/12: a time may stand before a whole date as well as after it."""
    found = bare_time(tokens, 0)
    dates = span(tokens, found[1], style._replace(timed=True)) if found else None
    if found is None or dates is None or dates.clock or tokens[dates.end] is not END:
        return None
    if not all(moment.is_whole_day for moment in dates.moments):
        return None
    return Sentence(dates._replace(clock=found[0]), "", dates.end)


def _sentence(tokens: Tokens, i: int, style: Style) -> Sentence | None:
    opened = _opener(tokens, i)
    if opened is None:
        return None
    bound, between, j = opened
    dates = span(tokens, j, style, between=between)
    if dates is None or (between and dates.joins != ("to",)):
        return None
    if bound == "since" and dates.is_range and not _dashed(tokens, j, dates.end):
        bound = ""
    return _ended(tokens, dates, bound)


def _opener(tokens: Tokens, i: int) -> tuple[str, bool, int] | None:
    """The bound that the first word sets, whether it is "between", and the place after it."""
    kind = tokens[i].kind
    if kind is Kind.BETWEEN:
        return "", True, i + 1
    bound = _OPENERS.get(kind)
    if bound is None:
        return "", False, i
    j = i + 2 if tokens[i + 1].kind is Kind.DASH else i + 1
    after = tokens[j].kind
    if bound == "since" and (after is Kind.SINCE or after is Kind.FROM):
        return bound, False, j + 1
    if kind is Kind.PRESENT:
        return None
    between = kind is Kind.FROM and after is Kind.BETWEEN
    return bound, between, j + between


def _dashed(tokens: Tokens, i: int, end: int) -> bool:
    """Whether "since" is followed by a range with a dash, which may be one date or two."""
    since = tokens[i - 1].kind is Kind.SINCE
    return since and any(token.kind in DASHES for token in tokens[i:end])


def _ended(tokens: Tokens, dates: Span, bound: str) -> Sentence | None:
    """With what may follow the dates: onwards, to date, or before."""
    if bound and (set(dates.joins) - {"or"} or dates.clock):
        return None
    j = dates.end
    kind = tokens[j].kind
    if kind is Kind.ONWARDS or kind is Kind.OR_BEFORE or kind is Kind.PRESENT:
        said = "by" if kind is Kind.OR_BEFORE else "since"
        return Sentence(dates, said, j + 1) if bound in ("", said) else None
    if kind in _BEFORE_PRESENT and tokens[j + 1].kind in _PRESENT:
        return Sentence(dates, "since", j + 2) if bound in ("", "since") else None
    if tokens[j].text == "+" and tokens[j + 1] is END and not bound:
        return Sentence(dates, "since", j + 1)
    return Sentence(dates, bound, j)


def answered(sentences: tuple[Sentence, ...], context: Context, qualifier: str | None) -> Answer:
    """The window that the sentence or sentences leave.

    Raises:
        Refusal: a date is incomplete or impossible, or the two bounds leave no day.
    """
    answers = [_answer(sentence, context, qualifier) for sentence in sentences]
    if len(answers) == 1:
        return answers[0]
    earliest = next(answer.earliest for answer in answers if answer.earliest)
    latest = next(answer.latest for answer in answers if answer.latest)
    if latest < earliest:
        raise needs("bounds", "No day lies between the two dates. Check them against the record.")
    slips = tuple(slip for answer in answers for slip in answer.slips)
    return Answer(
        bounded(earliest, latest, qualifier), earliest, latest, "bounded from both sides", slips
    )


def _answer(sentence: Sentence, context: Context, qualifier: str | None) -> Answer:
    found = settled(_edged(sentence), context)
    if not sentence.bound:
        rule = _rule(sentence.span)
        edtf = written(found, qualifier)
        return Answer(edtf, found.earliest, found.latest, rule, found.slips)
    _check_bound(sentence)
    return _open(sentence, found, qualifier)


_EDGES: Final = frozenset(
    {("by", "end"), ("after", "end"), ("since", "start"), ("before", "start")}
)


def _edged(sentence: Sentence) -> Span:
    """By the end of 2010 is by its last day: the part adds nothing to the bound."""
    dates = sentence.span
    if len(dates.moments) > 1 or (sentence.bound, dates.moments[0].part) not in _EDGES:
        return dates
    return dates._replace(moments=(dates.moments[0]._replace(part=None),))


def _open(sentence: Sentence, found: Settled, qualifier: str | None) -> Answer:
    bound, slips = sentence.bound, found.slips
    if bound == "before":
        latest = _eve(sentence.span.moments[0], found)
        return Answer(open_start(latest, qualifier), None, latest, bound, slips)
    if bound == "by":
        return Answer(open_start(found.latest, qualifier), None, found.latest, bound, slips)
    if bound == "after":
        first = found.latest + timedelta(days=1)
        return Answer(open_end(first.isoformat(), qualifier), first, None, bound, slips)
    start = found.windows[0].edtf if len(found.windows) == 1 else None
    text = start if start and "X" not in start else found.earliest.isoformat()
    return Answer(open_end(text, qualifier), found.earliest, None, bound, slips)


def _eve(moment: Moment, found: Settled) -> date:
    """Before Christmas is before Christmas Day; before anything else is before its first day."""
    if moment.name == "christmas":
        return found.earliest
    return found.earliest - timedelta(days=1)


def _check_bound(sentence: Sentence) -> None:
    moment, bound = sentence.span.moments[-1], sentence.bound
    if bound == "before" and moment.name == "easter":
        raise needs(
            "before Easter",
            "This may be before Good Friday or before Easter Sunday. Write the day.",
        )
    if (bound, moment.part) in (("before", "end"), ("after", "start")):
        raise needs(
            "before or after part of a month",
            f"'{bound} the {moment.part} of' a month may mean several days. Give the day.",
        )


def _rule(dates: Span) -> str:
    if len(dates.moments) == 1:
        return dates.moments[0].rule
    if dates.is_range:
        return "range"
    return "one or other" if "or" in dates.joins else "list"
