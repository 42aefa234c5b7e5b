"""Runs of words that act as one: "on or about", "week commencing", "date unknown"."""

from collections.abc import Iterator
from itertools import product
from typing import Final

from candour.engines.dates.tokens import Kind, Token
from candour.engines.dates.vocabulary import CARDINALS, WEEKDAY_NAMES, WEEKDAY_SHORT

_LISTED: Final[dict[Kind, str]] = {
    Kind.BEFORE: (
        "prior to|earlier than|previous to|shortly before|just before|some time before|"
        "sometime before|immediately before|any time before|at some point before|in advance of"
    ),
    Kind.AFTER: (
        "later than|shortly after|soon after|just after|some time after|sometime after|"
        "immediately after|subsequent to|at some point after|any time after"
    ),
    Kind.BY: (
        "on or before|before or on|no later than|not later than|not after|by or before|"
        "by or on|on or by|at or before"
    ),
    Kind.SINCE: (
        "on or after|after or on|no earlier than|not earlier than|not before|as of|as from|"
        "with effect from|ever since|starting from|starting on|commencing on|beginning on|"
        "dating from|at or after|since about|from or after|on or since|dating back to"
    ),
    Kind.UNTIL: "up to|up until|right up to|up till|through until|up to and including",
    Kind.TO: "through to|and until|to about|and up to",
    Kind.AND: "and then|as well as",
    Kind.OR: "and / or|or possibly|or perhaps|or else|or maybe|or probably|or even|or the",
    Kind.ONWARDS: (
        "to date|to present|to now|to current|until now|till now|until present|to today|"
        "until today|to the present|to the present day|to present day|until the present|"
        "until the present day|up to the present|up to present|up to now|up until now|"
        "and onwards|and ongoing|and continuing|and after|or after|or later|and later|and since|"
        "at the earliest|till date|until date|up to date|on wards|and beyond|"
        "or onwards|at earliest"
    ),
    Kind.OR_BEFORE: (
        "or before|or earlier|and before|and earlier|at the latest|at latest|or sooner|"
        "and earlier than that"
    ),
    Kind.WEEK_FROM: (
        "week commencing|week beginning|week starting|weeks commencing|weeks beginning|"
        "wk commencing|wk beginning|wk starting|wk c|wk comm|wk beg|wk / c|wk / b|week comm|"
        "week beg|week comm .|wk comm .|wk beg .|week com|w commencing|w beginning|w c|w b|"
        "week / commencing|week / beginning|week commencing on|week beginning on|wkc|"
        "week - commencing|week - beginning|wk com|wk com ."
    ),
    Kind.WEEK_TO: (
        "week ending|weeks ending|wk ending|wk end|wk / e|week up to|week to|w ending|w e|"
        "week - ending|week ending on|week / ending|wk e"
    ),
    Kind.WEEKEND: "weekend of|week end of",
    Kind.SCHOOL_YEAR: (
        "academic year|school year|acad year|academic yr|school yr|acad yr|academic session|"
        "acad . year|acad . yr"
    ),
    Kind.FINANCIAL_YEAR: "financial year|fiscal year|fin year|fin yr|financial yr|fin . year",
    Kind.TAX_YEAR: "tax year",
    Kind.RECORDED: (
        "written up|typed up|entry made|record made|note made|notes made|recorded on|entered on|"
        "retrospectively recorded|recorded retrospectively|retrospective entry|inputted on|"
        "late entry typed|late entry , typed|late entry recorded|late entry , recorded|"
        "written up on|typed on|typed up on|logged on|input on|uploaded on|documented on|"
        "written on|added to file|added on|added retrospectively|"
        "added retrospectively on|retrospectively added|added later|added later on|"
        "date recorded|date entered|entry date|"
        "late entry made|late entry , made|late entry entered|late entry , entered|"
        "not recorded until|not entered until|recorded late|recorded late on|recorded later"
    ),
    Kind.ABOVE: (
        "as above|see above|as previous|as before|same as above|as per above|same as previous|"
        "see previous|as last|as previous entry|same as last|see above entry|as entry above"
    ),
    Kind.NO_DATE: (
        "not stated|not known|not recorded|no date|not dated|not given|not available|not clear|"
        "no record|not applicable|not specified|not provided|not documented|no dates"
    ),
    Kind.REMARK: "late entry|sic|as recorded|exact date tbc|see note",
    Kind.DAY_PART: (
        "out of hours|early hours|small hours|after school|lunch time|tea time|bed time|"
        "night time|day time|early hours of the morning|out - of - hours|school day|"
        "end of the day|end of day|start of the day|during the day|throughout the day"
    ),
    Kind.FILLER: (
        "some time|at some point|at some stage|at some time|at about the same time|day of|"
        "at an unknown date|on a date|on an unknown date|an unknown date|unknown date|"
        "on the previous|on the following|the previous|the following|recorded as|"
        "early entry|date of|period of|the course of|one day in|some day in|a day in|"
        "one day during|one day towards|first thing|first thing on"
    ),
    Kind.BIRTH: "at birth|day of birth|date of birth|from birth",
}

_DOUBTS: Final[dict[str, str]] = {
    "approximate": (
        "on or about|on or around|or thereabouts|or thereby|or so|around about|at or about|"
        "on / about|on / around|in / around|in or around|in or about|at or around|"
        "approx .|ca .|est .|round about|around the|or near|at around|"
        "at about|on approx|on approximately|on about|on around"
    ),
    "uncertain": (
        "to be confirmed|thought to be|believed to be|not sure|i think|we think|not certain|"
        "not confirmed|might be|may be|may have been|could be|appears to be|appears to have been|"
        "most likely|very likely|understood to be|said to be|reported to be|recalled as|"
        "to be checked|to be verified|needs checking|prob .|poss .|more likely|"
        "believed to have been|thought to have been|? ?"
    ),
}

_FEASTS: Final = (
    "good friday|easter sunday|easter saturday|easter monday|easter day|christmas day|"
    "christmas eve|xmas day:christmas day|xmas eve:christmas eve|boxing day|new years eve|"
    "new years day|new year eve:new years eve|new year day:new years day|bonfire night|"
    "guy fawkes night:bonfire night|guy fawkes:bonfire night|halloween night:halloween|"
    "guy fawkes day:bonfire night|valentines day|valentines:valentines day|"
    "st valentines day:valentines day|mothering sunday|mothers day:mothering sunday|"
    "fathers day|palm sunday|maundy thursday|ash wednesday|shrove tuesday|"
    "pancake day:shrove tuesday|st patricks day|st georges day|remembrance sunday|"
    "remembrance day|armistice day:remembrance day|april fools day|whit sunday|"
    "all saints day|all souls day|the easter weekend:easter|easter weekend:easter|"
    "good friday night:good friday|christmas time:christmas|easter time:easter|"
    "christmas day night:christmas day|"
    "august bank holiday|august bank holiday monday:august bank holiday|"
    "may day|pancake tuesday:shrove tuesday|"
    "summer bank holiday:august bank holiday|late august bank holiday:august bank holiday|"
    "may day bank holiday:early may bank holiday|early may bank holiday|"
    "early may bank holiday monday:early may bank holiday|"
    "may day bank holiday monday:early may bank holiday|"
    "late may bank holiday:spring bank holiday|spring bank holiday|"
    "spring bank holiday monday:spring bank holiday|whit monday"
)

_PARTS: Final[dict[str, str]] = {
    "early": "early part of|early on in|early in|the early part of|first part of",
    "mid": "middle of|the middle of|mid part of|middle part of|mid way through|midway through",
    "late": "late on in|late in|latter part of|late part of|the latter part of",
    "start": "beginning of|start of|the start of|the beginning of|at the start of|"
    "at the beginning of|very start of|very beginning of",
    "end": "end of|towards the end of|toward the end of|the end of|near the end of|"
    "at the end of|close to the end of|towards end of|toward end|"
    "towards end|towards the end|very end of",
    "first half": "first half of|the first half of|first half|1st half of|1st half",
    "last day": "last day of|the last day of|final day of|the final day of|on the last day of",
    "second half": "second half of|the second half of|second half|latter half of|2nd half of|"
    "the latter half of|2nd half|latter half",
}


_REMARK_NOUNS: Final = (
    "date|dates|day|time|exact date|exact dates|exact day|exact time|precise date|actual date|"
    "specific date|date and time"
)
_REMARK_ENDS: Final = (
    "unknown|unclear|not known|not recorded|not stated|not given|unspecified|n/k|nk|uncertain|"
    "illegible|missing|not clear|not specified|not available|unavailable|not documented|"
    "unrecorded|not noted|unsure"
)


def _date_remarks() -> Iterator[str]:
    pairs = product(_REMARK_NOUNS.split("|"), _REMARK_ENDS.split("|"))
    yield from (f"{noun} {end}" for noun, end in pairs)
    ends = ("given", "recorded", "stated", "known", "specified", "noted")
    yield from (f"no {noun} {end}" for noun, end in product(("month", "day", "date"), ends))
    yield from (f"{noun} {end}" for noun, end in product(("month",), _REMARK_ENDS.split("|")))


def _times_of_day() -> Iterator[str]:
    parts = ("morning", "afternoon", "evening", "night")
    return (
        f"{shade}{join}{part}"
        for shade, join, part in product(("early", "mid", "late"), (" ", " - "), parts)
    )


def _spoken_times() -> Iterator[str]:
    """Half past nine, quarter to 10: a time, and no telling of which half of the day."""
    hours = (*CARDINALS, *map(str, range(1, 13)))
    leads = ("half past", "quarter past", "quarter to", "half", "five past", "ten past",
             "twenty past")  # fmt: skip
    return (f"{lead} {hour}" for lead, hour in product(leads, hours))


def _days_beside() -> Iterator[str]:
    """The day before, the morning after: another day than the one that follows."""
    days = ("day", "night", "morning", "afternoon", "evening", "weekend", "eve")
    yield from (f"{day} {side}" for day, side in product(days, ("before", "after")))
    yield from ("eve of", "evening of the day before")


def _same_days() -> Iterator[str]:
    parts = ("date", "day", "morning", "afternoon", "evening", "night")
    leads = ("same", "that", "later that", "the same", "later the same", "later same", "that same")
    return (f"{lead} {part}" for lead, part in product(leads, parts))


def _tens() -> Iterator[Token]:
    units = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
    for tens, start in (("twenty", 20), ("thirty", 30)):
        for value, unit in enumerate(units, start=start + 1):
            if value <= 31:
                for join in (" ", " - "):
                    yield Token(
                        Kind.NUMBER, f"{tens}{join}{unit}", value=value, width=2, ordinal=True
                    )


def _feast_tokens() -> Iterator[Token]:
    for entry in _FEASTS.split("|"):
        words, colon, name = entry.partition(":")
        yield Token(Kind.FEAST, words, name=name if colon else words)
        first, _, last = words.rpartition(" ")
        for short, weekday in WEEKDAY_SHORT.items():
            if WEEKDAY_NAMES[weekday] == last:
                yield Token(Kind.FEAST, f"{first} {short}", name=name if colon else words)


def _all_phrases() -> Iterator[Token]:
    for kind, phrases in _LISTED.items():
        yield from (Token(kind, phrase) for phrase in phrases.split("|"))
    for name, phrases in _DOUBTS.items():
        yield from (Token(Kind.DOUBT, phrase, name=name) for phrase in phrases.split("|"))
    for name, phrases in _PARTS.items():
        yield from (Token(Kind.PART, phrase, name=name) for phrase in phrases.split("|"))
    for season in ("spring", "summer", "autumn"):
        for words in (f"{season} term", f"{season} school term"):
            yield Token(Kind.TERM, words, name=season)
    yield from (Token(Kind.REMARK, phrase) for phrase in _date_remarks())
    yield from (Token(Kind.DAY_PART, phrase) for phrase in _times_of_day())
    yield from (Token(Kind.DAY_PART, phrase) for phrase in _spoken_times())
    yield from (Token(Kind.ABOVE, phrase) for phrase in _same_days())
    yield from (Token(Kind.UNIT, phrase, name="days") for phrase in _days_beside())
    for words in ("bank holiday monday", "bank hol monday", "bank hol mon"):
        yield Token(Kind.WEEKDAY, words, value=0)
    yield from _feast_tokens()
    yield from _tens()


Phrase = tuple[list[str], Token]


def _by_first_word() -> dict[str, tuple[Phrase, ...]]:
    table: dict[str, list[Phrase]] = {}
    for token in _all_phrases():
        first, *rest = token.text.split(" ")
        table.setdefault(first, []).append((rest, token))
    return {
        first: tuple(sorted(phrases, key=lambda phrase: -len(phrase[0])))
        for first, phrases in table.items()
    }


PHRASES: Final = _by_first_word()
_FIRST_WORDS: Final = frozenset(PHRASES)


def joined(tokens: list[Token]) -> list[Token]:
    """The tokens with every known phrase made one; the longest phrase wins."""
    # Mother's Day and mothers day are one; other kinds of token hold no apostrophe that matters.
    texts = [t.text.replace("'", "") if t.kind is Kind.UNKNOWN else t.text for t in tokens]
    if _FIRST_WORDS.isdisjoint(texts):
        return tokens
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        token, length = _longest(texts, i) or (tokens[i], 1)
        out.append(token)
        i += length
    return out


def _longest(texts: list[str], i: int) -> tuple[Token, int] | None:
    for rest, token in PHRASES.get(texts[i], ()):
        length = len(rest) + 1
        if texts[i + 1 : i + length] == rest:
            return token, length
    return None
