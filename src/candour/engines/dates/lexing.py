"""From the text of a date cell to its tokens."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from candour.engines.dates.misspelling import near_month, near_weekday, unscanned
from candour.engines.dates.phrases import joined
from candour.engines.dates.tokens import Kind, Token
from candour.engines.dates.vocabulary import WORDS

_PIECE: Final = re.compile(
    r"""
      [a-z]{3,}(?![\w'])                                   # most words, tried first for speed
    | \d{1,4}(?=[/-])                                      # most numbers, likewise
    | [^\S\n]*\n\s*                                        # a new line
    | (?<![\d./-])(?:0?\d|1[0-2])(?:[.:][0-5]\d)?\s?[ap](?:\.\s?m\.?|m)(?!\w)   # 2.35 p.m.
    | (?<=-)(?:0?\d|1[0-2])[.:][0-5]\d\s?[ap](?:\.\s?m\.?|m)(?!\w)         # 9.30-10.15am
    | \d{1,2}\s?:\s?\d\d(?::\d\d(?:\.\d+)?)?(?!\d)         # 14:05
    | \d{1,2}h[0-5]\d(?!\w)                               # 09h30
    | '\d\d(?!\w)                                          # '12
    | [ap]\.\s?m(?!\w)\.?                                  # p.m.
    | w\.e\.f(?!\w)\.? | d\.o\.b(?!\w)\.?
    | w\s?[/.]\s?[cbe](?!\w)\.?                            # w/c
    | w\s?/\s?(?:commencing|comm|beginning|starting|start|ending)(?!\w)
    | [nb]\s?/\s?[kwars](?!\w) | a/[ay](?!\w) | f/y(?!\w) | y/o(?!\w)
    | y\.o(?!\w)\.? | o\.o\.h(?!\w)\.? | t\.b\.c(?!\w)\.? | x-mas(?!\w)
    | [-_–]{2,}(?=\s*[/.]) | (?<!\S)[-–](?=/) | _+          # an unknown day
    | \?{2,} | <= | >= | o'clock | \s*[-=]>\s*
    | \s*[-–—/.,;]+\s*                                     # between numbers
    | [^\W_]+(?:'[^\W\d_]+)*                               # a word or number
    | \S
    """,
    re.VERBOSE,
)

_ALIKE: Final = str.maketrans(
    {
        "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\ufeff": None,
        "‘": "'", "’": "'", "‛": "'", "`": "'", "´": "'", "′": "'", "“": '"', "”": '"',
        "‐": "-", "‑": "-", "‒": "-", "−": "-", "⁄": "/", "∕": "/", "\r": "\n",
        "\v": "\n", "\u2028": "\n", "\u2029": "\n", "\\": "/",
    }
)  # fmt: skip

_WEEK_MARK: Final = re.compile(r"w\s?[/.]\s?([cbe])\.?")
_ISO_WEEK: Final = re.compile(r"w(\d\d?)")
_WHOLE_WEEK: Final = re.compile(r"(\d{4})w(\d\d)([1-7])?")
_DAY_AND_CLOCK: Final = re.compile(
    r"((?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))t?([01]\d|2[0-3])([0-5]\d)"
    r"(?:[0-5]\d(?:\.\d+)?)?z?"
)
_ABOUT_AN_HOUR: Final = re.compile(r"\d{1,2}ish")
_ORDINAL: Final = re.compile(r"([\doil|]{1,2})(st|nd|rd|th)")
_ORDINAL_AND_WORD: Final = re.compile(r"(\d{1,2}(?:st|nd|rd|th))([^\W\d]+)")
_HALF_DAY: Final = re.compile(r"(\d{1,2})(?:[.:](\d\d))?\s?([ap])\.?\s?m\.?")
_CLOCK: Final = re.compile(r"\d+\s?[:h]\s?\d")
_RUN: Final = re.compile(r"\d+|[^\W\d]+")
_UNSETTLED: Final = frozenset({Kind.SCANNED, Kind.DASH, Kind.DOUBT})
_TIGHT: Final = frozenset({Kind.SLASH, Kind.DOT})
_JOINERS: Final = frozenset(
    {Kind.MONTH, Kind.HOURS, Kind.UNIT, Kind.MERIDIEM, Kind.NUMBER, Kind.OLD, Kind.WEEK_FROM,
     Kind.WEEK_TO, Kind.CLOCK, Kind.DOUBT}
)  # fmt: skip


# Marks of a footnote at either end are none of the date; raised digits within it are not read.
_FOOTNOTES: Final = "¹²³⁰⁴⁵⁶⁷⁸⁹†‡§"
_RAISED: Final = str.maketrans(dict.fromkeys("¹²³⁰⁴⁵⁶⁷⁸⁹", "\ufffd"))
_STROKE_AS_L: Final = re.compile(r"(?<=[^\W\d_])\|")

# 21_06_2019 and 21|06|2019: the same odd mark twice stands for a stroke.
_ODD_STROKES: Final = re.compile(r"(?<![\d_|])(\d{1,2})([_|])(\d{1,2})\2(\d{4}|\d\d)(?![\d_|])")
_DATED: Final = re.compile(r"\bdd\.?\s+(?=\d{1,2}\s?[/.-]|\d{1,2}(?:st|nd|rd|th)?\s[a-z])")


def normalised(raw: str) -> str:
    """The text in lower case with look-alike marks made one and soft hyphens gone."""
    text = raw.replace("\r\n", "\n").translate(_ALIKE)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _without_footnotes(text))
    text = text.strip().lower()
    if "_" in text or "|" in text:
        text = _STROKE_AS_L.sub("l", _ODD_STROKES.sub(r"\1/\3/\4", text))
    return _DATED.sub("dated ", text) if "dd" in text else text


def _without_footnotes(text: str) -> str:
    inner = text.strip().strip(_FOOTNOTES)
    return (inner if inner.strip() else text).translate(_RAISED)


def tokenise(text: str) -> list[Token]:
    """The tokens of normalised text, known phrases joined."""
    tokens: list[Token] = []
    for piece in _PIECE.findall(text):
        tokens += _classified(piece)
    if not _UNSETTLED.isdisjoint([token.kind for token in tokens]):
        tokens = _scans_settled(tokens)
    return joined(tokens)


@lru_cache(maxsize=8192)
def _classified(piece: str) -> tuple[Token, ...]:
    word = piece.strip(" \t") or piece
    known = WORDS.get(word) or WORDS.get(word.replace("'", ""))
    if known:
        return (known,)
    if len(word) >= 12 and (moment := _DAY_AND_CLOCK.fullmatch(word)):
        minutes = int(moment[2]) * 60 + int(moment[3])
        return _number(moment[1]), Token(Kind.CLOCK, word, value=minutes, width=4)
    if word.isdecimal():
        return (_number(word),)
    first = word[0]
    if "\n" in piece and not word.strip("\n\t "):
        return (Token(Kind.LINE, "\n"),)
    if first in "-–—/.,;" and not word.strip("-–—/.,; \n\t"):
        return (_between(piece),)
    if first in "?_":
        return (Token(Kind.PLACEHOLDER, word),)
    if first == "'" and word[1:].isdecimal():
        return (_number(word[1:], apostrophe=True),)
    if first == "w" and (mark := _WEEK_MARK.fullmatch(word)):
        return (Token(Kind.WEEK_TO if mark[1] == "e" else Kind.WEEK_FROM, word),)
    return _timed(word) or _written(word)


def _number(digits: str, *, apostrophe: bool = False) -> Token:
    value = int(digits) if len(digits) < 12 else 0
    return Token(Kind.NUMBER, digits, value=value, width=len(digits), apostrophe=apostrophe)


def _between(piece: str) -> Token:
    mark = "".join(piece.split())
    marks = set(mark)
    slip = None
    if marks & set("-–—"):
        spaced = piece[0].isspace() or piece[-1].isspace() or "—" in marks
        kind = Kind.WIDE_DASH if spaced else Kind.DASH
        if "/" in marks:
            slip = f"'{mark}' read as one separator"
        return Token(kind, "–" if "–" in marks else "-", slip=slip)
    if len(mark) > 1:
        slip = f"'{mark}' read as one separator"
    if "/" in marks:
        return Token(Kind.SLASH, "/", slip=slip)
    if "." in marks and "," not in marks and ";" not in marks:
        return Token(Kind.DOT, ".", slip=slip)
    return Token(Kind.COMMA, ",", name="\n" if "\n" in piece else "")


def _timed(word: str) -> tuple[Token, ...] | None:
    if half := _HALF_DAY.fullmatch(word):
        hour, minute = int(half[1]) % 12, int(half[2] or 0)
        minutes = hour * 60 + minute + (720 if half[3] == "p" else 0)
        return (Token(Kind.CLOCK, word, value=minutes, name=half[3]),)
    if _CLOCK.match(word):
        hour, minute = (int(part) for part in word.replace("h", ":").split(":")[:2])
        if hour > 23 or minute > 59:
            return (Token(Kind.CLOCK, word, value=-1, slip=f"'{word}' is not a time of day"),)
        return (Token(Kind.CLOCK, word, value=hour * 60 + minute, width=4),)
    return None


def _written(word: str) -> tuple[Token, ...]:
    if ordinal := _ORDINAL.fullmatch(word.replace("'", "")):
        return (_ordinal(ordinal[1], ordinal[2]),)
    if any(letter.isdecimal() for letter in word):
        return _mixed(word)
    if not word.strip("oil|"):
        return (_scanned(word, Kind.SCANNED),)
    if (month := near_month(word)) is not None:
        return (Token(Kind.MONTH, word, value=month, slip=f"'{word}' read as a month"),)
    if (weekday := near_weekday(word)) is not None:
        return (Token(Kind.WEEKDAY, word, value=weekday, slip=f"'{word}' read as a weekday"),)
    return (Token(Kind.UNKNOWN, word),)


def _ordinal(digits: str, ending: str) -> Token:
    value = int(_digits(digits))
    right = "th" if 10 < value < 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    slip = None
    if not digits.isdecimal() or ending != right:
        slip = f"'{digits}{ending}' read as {value}{right}"
    return Token(
        Kind.NUMBER, digits + ending, value=value, width=len(digits), ordinal=True, slip=slip
    )


def _digits(word: str) -> str:
    return word.translate(str.maketrans("oil|", "0111"))


def _scanned(word: str, kind: Kind) -> Token:
    digits = _digits(word)
    value = int(digits) if len(digits) < 12 else 0
    slip = f"'{word}' read as {digits}"
    return Token(kind, word, value=value, width=len(digits), slip=slip)


def _mixed(word: str) -> tuple[Token, ...]:
    if week := _ISO_WEEK.fullmatch(word):
        return (Token(Kind.ISO_WEEK, word, value=int(week[1])),)
    if week := _WHOLE_WEEK.fullmatch(word):
        tail = (Token(Kind.DASH, "-"), _number(week[3])) if week[3] else ()
        return _number(week[1]), Token(Kind.ISO_WEEK, word, value=int(week[2])), *tail
    if _ABOUT_AN_HOUR.fullmatch(word):
        return (Token(Kind.DAY_PART, word),)
    if not word.strip("0123456789oil|"):
        return (_scanned(word, Kind.NUMBER),)
    if len(word) == 5 and word[:4].isdecimal() and word[4] == "s":
        return (Token(Kind.DECADE, word, value=int(word[:4])),)
    for letters in unscanned(word):
        token = WORDS.get(letters)
        if token and token.kind is Kind.MONTH:
            slip = f"'{word}' read as {letters}"
            return (Token(Kind.MONTH, word, value=token.value, slip=slip),)
    if glued := _ORDINAL_AND_WORD.fullmatch(word):
        return (*_classified(glued[1]), *_classified(glued[2]))
    tokens = tuple(_classified(part)[0] for part in _RUN.findall(word))
    if all(token.kind in _JOINERS for token in tokens):
        return tokens
    return (Token(Kind.UNKNOWN, word),)


def _is_unknown_day(tokens: list[Token], i: int) -> bool:
    """-/06/2009 and ?/06/2009, but not 17?/06/2009."""
    if i + 1 == len(tokens) or tokens[i + 1].kind not in _TIGHT:
        return False
    before_any_number = i == 0 or tokens[i - 1].kind is not Kind.NUMBER
    return tokens[i].kind is Kind.DASH or (tokens[i].text == "?" and before_any_number)


def _scans_settled(tokens: list[Token]) -> list[Token]:
    """Letters that stand between separators are digits, a dash before one an unknown day."""
    for i, token in enumerate(tokens):
        if _is_unknown_day(tokens, i):
            tokens[i] = Token(Kind.PLACEHOLDER, token.text)
        elif token.kind is Kind.SCANNED:
            near = {tokens[k].kind for k in (i - 1, i + 1) if 0 <= k < len(tokens)}
            kind = Kind.NUMBER if near & {*_TIGHT, Kind.DASH} else Kind.UNKNOWN
            tokens[i] = Token(
                kind, token.text, value=token.value, width=token.width, slip=token.slip
            )
    return tokens
