"""What a cell says beside its date: brackets, doubt, when it was recorded, notes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from candour.engines.dates.atoms import MARKS, Tokens
from candour.engines.dates.times import Times, set_aside
from candour.engines.dates.tokens import Kind, Token

_SPACING: Final = frozenset({Kind.FILLER, Kind.AT, Kind.ON})
_LOOSE: Final = frozenset({*MARKS, Kind.LINE, Kind.FILLER, Kind.ON, Kind.AT})
_SAYS_NOTHING: Final = frozenset(
    {Kind.UNKNOWN, Kind.FILLER, Kind.REMARK, Kind.NO_DATE, Kind.AT, Kind.ON, Kind.AND, Kind.DOT,
     Kind.COMMA, Kind.DASH, Kind.WIDE_DASH, Kind.SLASH, Kind.LINE, Kind.OPEN, Kind.CLOSE}
)  # fmt: skip
_ALWAYS_KEPT: Final = frozenset({Kind.NUMBER, Kind.MONTH, Kind.WEEKDAY})
_ASIDE: Final = frozenset({Kind.RECORDED, Kind.REMARK})
_BRACKETS: Final = frozenset({Kind.OPEN, Kind.CLOSE})
# Words that change which day is meant, so that a note holding one is not set aside
_TURNING: Final = frozenset(
    [
        "not",
        "no",
        "except",
        "excluding",
        "exc",
        "without",
        "unless",
        "next",
        "following",
        "previous",
        "due",
        "planned",
        "booked",
        "scheduled",
        "birthday",
        "anniversary",
        "later",
        "earlier",
        "almost",
        "nearly",
        "within",
        "fortnight",
        "weekly",
        "daily",
        "monthly",
        "fortnightly",
        "every",
        "each",
        "few",
        "several",
        "last",
        "term",
        "half",
        "holiday",
        "holidays",
        "break",
        "we",
        "shift",
        "shifts",
        "overnight",
        "arranged",
        "cancelled",
        "postponed",
        "rescheduled",
        "rearranged",
        "moved",
        "changed",
        "amended",
        "corrected",
        "wrong",
        "incorrect",
        "expected",
        "expires",
        "expiry",
        "deadline",
        "target",
        "proposed",
        "edd",
        "lmp",
        "ref",
        "reference",
        "section",
        "para",
        "paragraph",
        "version",
        "chapter",
        "page",
        "number",
        "invoice",
        "tel",
        "phone",
        "flat",
        "room",
        "ward",
        "unit",
        "block",
    ]
)
_WORD_UNITS: Final = frozenset({"day", "month", "year"})


@dataclass(slots=True)
class Cell:
    """The tokens of the date itself, and what was taken from around them."""

    tokens: Tokens
    times: Times
    doubts: set[str] = field(default_factory=set)
    brackets: list[Tokens] = field(default_factory=list)
    recorded: Tokens | None = None
    says_no_date: bool = False

    @property
    def qualifier(self) -> str | None:
        """EDTF's word for the doubt, if there is any."""
        if not self.doubts:
            return None
        if len(self.doubts) == 2:
            return "uncertain and approximate"
        return next(iter(self.doubts))


def opened(tokens: Tokens) -> Cell:
    """A cell with its times, doubts, brackets, remarks and recording date taken apart."""
    kinds = {token.kind for token in tokens}
    outside, groups = bracketed(tokens) if kinds & _BRACKETS else (tokens, [])
    outside, recorded = at_recorded(outside) if kinds & _ASIDE else (outside, None)
    times = set_aside(outside)
    cell = Cell([], times, recorded=recorded, says_no_date=Kind.NO_DATE in kinds)
    cell.tokens = plain(times.tokens, cell.doubts)
    for group in groups:
        _open_group(group, cell)
    return cell


def _open_group(group: Tokens, cell: Cell) -> None:
    before, recorded = at_recorded(group)
    if recorded is not None:
        cell.recorded = recorded
    times = set_aside(before)
    if times.found and not cell.times.found:
        cell.times.note(times.start, times.end)
    rest = plain(times.tokens, cell.doubts)
    if all(token.kind is Kind.WEEKDAY for token in rest):
        cell.tokens += rest
    elif not is_note(rest):
        cell.brackets.append(rest)


def bracketed(tokens: Tokens) -> tuple[Tokens, list[Tokens]]:
    """The tokens outside brackets and those inside each pair; a stray bracket is dropped."""
    outside: Tokens = []
    groups: list[Tokens] = []
    group: Tokens | None = None
    for token in tokens:
        if token.kind is Kind.OPEN:
            if group is not None:
                outside += group
            group = []
        elif token.kind is Kind.CLOSE:
            if group is not None:
                groups.append(group)
            group = None
        else:
            (outside if group is None else group).append(token)
    return outside + (group or []), groups


def at_recorded(tokens: Tokens) -> tuple[Tokens, Tokens | None]:
    """The tokens before "recorded" or "entered", and those after it."""
    for i, token in enumerate(tokens):
        late = token.text == "late entry" and [t.kind for t in tokens[i + 1 : i + 2]] == [
            Kind.NUMBER
        ]
        if token.kind is Kind.RECORDED or late:
            return trimmed(tokens[:i]), tokens[i + 1 :]
    return tokens, None


def plain(tokens: Tokens, doubts: set[str]) -> Tokens:
    """The tokens that carry the date; doubt words go to `doubts`, remarks and fillers go."""
    out: Tokens = []
    if len(tokens) > 1 and tokens[-1].text == "??":
        tokens = tokens[:-1]
        doubts.add("uncertain")
    for token in tokens:
        kind = token.kind
        if kind in _ALWAYS_KEPT:
            out.append(token)
        elif kind is Kind.DOUBT:
            doubts.add(token.name)
        elif kind is Kind.REMARK or kind is Kind.NO_DATE:
            out = trimmed(out)
        elif not (kind in _SPACING or _is_spacing(token, out)):
            out.append(token)
    return trimmed(out)


def _is_spacing(token: Token, out: Tokens) -> bool:
    if token.kind is Kind.ORDINAL:
        return bool(out) and out[-1].kind is Kind.NUMBER
    if token.kind is Kind.UNIT and token.text in _WORD_UNITS:
        return not out or out[-1].kind is not Kind.NUMBER or out[-1].ordinal
    if token.kind is Kind.PLACEHOLDER and not out and token.text in ("dd", "mm"):
        return False
    return not out and token.kind in _LOOSE and token.kind is not Kind.SLASH


def trimmed(tokens: Tokens) -> Tokens:
    """Without separators and small words at the end; a dash that ends a cell stays."""
    end = len(tokens)
    while end and tokens[end - 1].kind in _LOOSE:
        end -= 1
    return tokens[:end]


def is_note(tokens: Tokens) -> bool:
    """Words that give no day and change none, such as "grommets" or "home visit"."""
    return all(token.kind in _SAYS_NOTHING and token.text not in _TURNING for token in tokens)


def without_notes(tokens: Tokens) -> Iterator[Tokens]:
    """The date without a note that a line, dash, comma or colon sets apart.

    A note stands whole before or after the date and holds no word that a date could use.
    """
    for i, token in enumerate(tokens):
        if token.kind is Kind.SLASH or (token.kind not in MARKS and token.kind is not Kind.LINE):
            continue
        head, tail = tokens[:i], tokens[i + 1 :]
        if tail and _is_words(tail):
            yield head
        elif head and _is_words(head):
            yield tail


def without_words(tokens: Tokens) -> Tokens | None:
    """The tokens without the words before the first and after the last part of a date.

    None where there are no such words, or one of them may change which day is meant.
    """
    dated = [i for i, token in enumerate(tokens) if token.kind not in _SAYS_NOTHING]
    if not dated:
        return None
    head, tail = tokens[: dated[0]], tokens[dated[-1] + 1 :]
    if any(words and not _is_words(words) for words in (head, tail)) or not (head or tail):
        return None
    return tokens[dated[0] : dated[-1] + 1]


def _is_words(tokens: Tokens) -> bool:
    unknown = [token.text for token in tokens if token.kind is Kind.UNKNOWN]
    is_said = any(len(word) > 1 for word in unknown)
    whole = not any(letter.isdecimal() for word in unknown for letter in word)
    return is_note(tokens) and is_said and whole
