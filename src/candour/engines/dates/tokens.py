"""The pieces a date cell is made of."""

from dataclasses import dataclass
from enum import StrEnum, auto


class Kind(StrEnum):
    """What a word, number or mark does in a date."""

    NUMBER = auto()
    SCANNED = auto()  # letters that may be digits: "lO"
    ROMAN = auto()
    MONTH = auto()
    WEEKDAY = auto()
    SEASON = auto()
    TERM = auto()
    TERM_WORD = auto()
    FEAST = auto()
    PART = auto()
    DECADE = auto()
    PLACEHOLDER = auto()  # "xx" or "??" for an unknown day
    SLASH = auto()
    DOT = auto()
    DASH = auto()
    WIDE_DASH = auto()
    COMMA = auto()
    COLON = auto()  # also "dated": what stands before it is no date
    LINE = auto()
    AND = auto()
    OR = auto()
    TO = auto()
    UNTIL = auto()
    BETWEEN = auto()
    FROM = auto()
    BEFORE = auto()
    AFTER = auto()
    BY = auto()
    SINCE = auto()
    ONWARDS = auto()
    OR_BEFORE = auto()
    PRESENT = auto()
    WEEK_FROM = auto()
    WEEK_TO = auto()
    ISO_WEEK = auto()  # W07 of 2021-W07
    WEEKEND = auto()
    SCHOOL_YEAR = auto()
    FINANCIAL_YEAR = auto()
    TAX_YEAR = auto()
    DOUBT = auto()
    RECORDED = auto()
    ABOVE = auto()
    NO_DATE = auto()
    REMARK = auto()
    CLOCK = auto()
    MERIDIEM = auto()
    HOURS = auto()
    DAY_PART = auto()
    AT = auto()
    ON = auto()
    AGED = auto()
    OLD = auto()
    UNIT = auto()
    BIRTH = auto()
    ORDINAL = auto()
    OPEN = auto()
    CLOSE = auto()
    FILLER = auto()
    UNKNOWN = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One piece: its kind, its text in lower case, and what it stands for.

    `value` is the number, month, weekday or minute of the day; `name` the season, feast or part;
    `width` the digits typed; `marked` says an ordinal ending or an apostrophe was typed; `slip`
    describes a mistyping that was read through.
    """

    kind: Kind
    text: str
    value: int = 0
    name: str = ""
    width: int = 0
    ordinal: bool = False
    apostrophe: bool = False
    slip: str | None = None


END = Token(Kind.END, "")
