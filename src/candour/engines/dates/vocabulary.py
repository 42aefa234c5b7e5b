"""The words of date cells, each with what it does."""

from collections.abc import Iterable, Iterator
from typing import Final

from candour.engines.dates.tokens import Kind, Token


def words(text: str) -> tuple[str, ...]:
    """The words of a table row."""
    return tuple(text.split())


MONTH_NAMES: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]

WEEKDAY_NAMES: Final = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
]

_MONTH_SHORT: Final = {
    "jan": 1, "jany": 1, "feb": 2, "febr": 2, "feby": 2, "mar": 3, "mch": 3, "apr": 4,
    "apl": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "octr": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip

WEEKDAY_SHORT: Final = {
    "mon": 0, "mond": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "wednes": 2, "thu": 3,
    "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sats": 5, "sun": 6,
}  # fmt: skip

# "x" is left out: "3.x.08" may be October or an unknown month
_ROMAN: Final = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9,
    "xi": 11, "xii": 12,
}  # fmt: skip

CARDINALS: Final = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]

_ORDINAL_WORDS: Final = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]

_PLAIN: Final[dict[Kind, str]] = {
    Kind.AND: "and & + plus also",
    Kind.OR: "or",
    Kind.TO: "to through thru thro → ⇒ -> => ➔",
    Kind.UNTIL: "until till til untill upto",
    Kind.BETWEEN: "between betw btwn betwn b/w",
    Kind.FROM: "from frm",
    Kind.BEFORE: "before pre < befor",
    Kind.AFTER: "after post >",
    Kind.BY: "by <= ≤",
    Kind.SINCE: "since >= ≥ wef w.e.f w.e.f. commencing starting",
    Kind.ONWARDS: "onwards onward forward forwards",
    Kind.PRESENT: "present now ongoing current currently continuing continues today",
    Kind.WEEK_FROM: "w/c wc w.c w.c. w/b wb w.b w.b. w/commencing w/comm w/beginning w/start",
    Kind.WEEK_TO: "w/e w.e w.e. w/ending",
    Kind.WEEKEND: "weekend w/end",
    Kind.SCHOOL_YEAR: "ay a/y",
    Kind.FINANCIAL_YEAR: "fy f/y",
    Kind.RECORDED: "recorded entered typed logged inputted input uploaded documented written",
    Kind.ABOVE: 'ditto same " 〃 a/a',
    Kind.NO_DATE: (
        "n/k nk n/a na n/r n/s tbd tba undated various throughout unknown illegible historic "
        "historical none nil blank missing multiple unspecified unavailable unrecorded"
    ),
    Kind.DAY_PART: (
        "morning afternoon evening eve night overnight ooh o.o.h o.o.h. lunchtime teatime dawn "
        "dusk daytime nighttime bedtime midnight breakfast nocte mane"
    ),
    Kind.MERIDIEM: "am pm a.m a.m. p.m p.m.",
    Kind.HOURS: "hrs hr hours hour h hrs. o'clock oclock",
    Kind.AT: "at @",
    Kind.ON: "on",
    Kind.AGED: "aged age",
    Kind.OLD: "old y/o yo y.o y.o. yrs/old",
    Kind.BIRTH: "birth",
    Kind.ORDINAL: "st nd rd th",
    Kind.OPEN: "( [ {",
    Kind.CLOSE: ") ] }",
    Kind.PLACEHOLDER: "x xx xxx xxxx dd mm yy yyyy",
    Kind.COLON: ": dated",
    Kind.TERM_WORD: "term",
    Kind.FILLER: (
        "the of in during sometime date dates calendar dob d.o.b d.o.b. born over period whole all "
        "either both around/about some approx/ * • # ' · ´ ` this that for entry "
        "incl inc inclusive again bst gmt utc"
    ),
}

_UNITS: Final[dict[str, str]] = {
    "day": "days", "days": "days", "week": "weeks", "weeks": "weeks", "wk": "weeks",
    "wks": "weeks", "month": "months", "year": "years",
    "months": "months", "mth": "months", "mths": "months", "mnths": "months",
    "years": "years", "yr": "years", "yrs": "years",
}  # fmt: skip

_PARTS: Final[dict[str, str]] = {
    "early": "early", "mid": "mid", "middle": "mid", "late": "late",
    "beginning": "start", "start": "start", "end": "end",
}  # fmt: skip

_SEASONS: Final = {"spring": "spring", "summer": "summer", "autumn": "autumn", "winter": "winter"}

_FEASTS: Final[dict[str, str]] = {
    "easter": "easter", "christmas": "christmas", "xmas": "christmas", "x-mas": "christmas",
    "halloween": "halloween", "nye": "new years eve",
}  # fmt: skip

_APPROXIMATE: Final = (
    "c c. ca circa approx approximately approximate about around roughly abt est estimated say ~"
)
_UNCERTAIN: Final = (
    "? probably possibly perhaps maybe tbc t.b.c t.b.c. likely presumably unconfirmed unclear "
    "uncertain unsure prob poss believed"
)


def _spoken_days() -> Iterator[tuple[str, int, bool]]:
    for value, word in enumerate(CARDINALS, start=1):
        yield word, value, False
    for value, word in enumerate(_ORDINAL_WORDS, start=1):
        yield word, value, True
    yield "thirtieth", 30, True


def _named(kind: Kind, names: dict[str, str]) -> Iterator[Token]:
    return (Token(kind, word, name=name) for word, name in names.items())


def _valued(kind: Kind, values: dict[str, int]) -> Iterator[Token]:
    return (Token(kind, word, value=value) for word, value in values.items())


def _meridiem(token: Token) -> Token:
    return Token(token.kind, token.text, name=token.text[0])


def _tokens() -> Iterator[Token]:
    for kind, words in _PLAIN.items():
        plain = (Token(kind, word) for word in words.split())
        yield from map(_meridiem, plain) if kind is Kind.MERIDIEM else plain
    yield from _valued(Kind.MONTH, {name: n for n, name in enumerate(MONTH_NAMES, start=1)})
    yield from _valued(Kind.MONTH, _MONTH_SHORT)
    yield from _valued(Kind.WEEKDAY, {name: n for n, name in enumerate(WEEKDAY_NAMES)})
    yield from _valued(Kind.WEEKDAY, WEEKDAY_SHORT)
    yield from _valued(Kind.ROMAN, _ROMAN)
    yield from _named(Kind.UNIT, _UNITS)
    yield from _named(Kind.PART, _PARTS)
    yield from _named(Kind.SEASON, _SEASONS)
    yield from _named(Kind.FEAST, _FEASTS)
    yield from (Token(Kind.DOUBT, word, name="approximate") for word in _APPROXIMATE.split())
    yield from (Token(Kind.DOUBT, word, name="uncertain") for word in _UNCERTAIN.split())
    yield from (Token(Kind.CLOCK, word, value=720) for word in ("noon", "midday"))
    for word, value, ordinal in _spoken_days():
        yield Token(Kind.NUMBER, word, value=value, width=1 + (value > 9), ordinal=ordinal)


def _by_word(tokens: Iterable[Token]) -> dict[str, Token]:
    return {token.text: token for token in tokens}


WORDS: Final = _by_word(_tokens())
