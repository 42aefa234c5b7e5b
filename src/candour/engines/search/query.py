"""What a reader typed, understood or refused with a reason; no part of it is silently dropped.

All words must occur, in any of their endings. Words in double quotation marks must stand together,
`-word` must not occur, and `OR` between two words asks for either.
"""

import re
from dataclasses import dataclass

from candour.engines.search.words import stems
from candour.kernel.errors import Invalid

_PIECE = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"|(?P<word>\S+)')
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_FIELD = re.compile(r"[a-z_]+:\S+", re.IGNORECASE)

LONGEST = 400
"""Characters; a longer question is a pasted text, in which nobody meant every word."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word, or words that stand together, by their indexed forms and as they were typed."""

    stems: tuple[str, ...]
    typed: str


@dataclass(frozen=True, slots=True)
class Query:
    """Every element of `all_of` must be met, by any one of its alternatives; none of `none_of`."""

    all_of: tuple[tuple[Wanted, ...], ...]
    none_of: tuple[Wanted, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """Everything whose occurrence is to be shown to the reader."""
        return tuple(wanted for alternatives in self.all_of for wanted in alternatives)


class QueryRefused(Invalid):
    """The question could mean something that this search cannot do; the reason says what to do."""


def any_words(text: str) -> Query:
    """Plain language without any syntax: a document counts the better the more words it has."""
    return Query((tuple(Wanted((stem,), stem) for stem in dict.fromkeys(stems(text)) if stem),))


def either(query: Query) -> Query:
    """The same question, met by a document that meets any one of its elements."""
    return Query((query.wanted,), query.none_of, query.notes)


def parse(typed: str) -> Query:
    """Understand what was typed into the search box.

    Raises:
        QueryRefused: when a sign asks for something that this search does not do, or when nothing
            is left to look for.
    """
    text = typed.translate(_QUOTES).strip()
    if len(text) > LONGEST:
        raise QueryRefused("query_too_long", f"Use fewer than {LONGEST} characters.")
    if text.count('"') % 2:
        raise QueryRefused(
            "quotation_mark_alone",
            "One quotation mark stands alone. Put the words that belong together between two.",
        )
    reading = _Reading()
    for piece in _PIECE.finditer(text):
        reading.take(piece)
    return reading.query()


class _Reading:
    """The question as far as it has been read."""

    def __init__(self) -> None:
        self.all_of: list[tuple[Wanted, ...]] = []
        self.none_of: list[Wanted] = []
        self.notes: list[str] = []
        self.either = False

    def take(self, piece: re.Match[str]) -> None:
        word = piece["word"]
        if word is None:
            self._add(piece["phrase"], excluded=bool(piece["minus"]))
        elif word == "OR":
            self._start_alternative()
        elif word == "NOT":
            raise QueryRefused(
                "not_is_a_minus", "To leave out a word, put a minus before it: -word."
            )
        elif word != "AND":
            self._plain(word)

    def _plain(self, word: str) -> None:
        if "*" in word:
            raise QueryRefused(
                "no_wildcards",
                f"“{word}”: the * is not needed. Other endings of a word are found by themselves: "
                "“neglect” also finds “neglected”. Take the * out.",
            )
        if _FIELD.fullmatch(word):
            raise QueryRefused(
                "no_fields",
                f"“{word}”: a search cannot name a field. Use the filters of the list of reviews, "
                "or put the words in quotation marks to look for them as they stand.",
            )
        if word.strip("()") != word:
            raise QueryRefused(
                "no_brackets", f"“{word}”: brackets cannot group words. Take them out."
            )
        if word.endswith("?") and word.strip("?"):
            self._note("The question mark was read as punctuation.")
        excluded = word.startswith("-") and len(word) > 1
        self._add(word[1:] if excluded else word, excluded=excluded)

    def _start_alternative(self) -> None:
        if not self.all_of or self.either:
            raise QueryRefused("or_needs_two", "OR stands between two words: neglect OR abuse.")
        self.either = True

    def _add(self, typed: str, *, excluded: bool) -> None:
        found = stems(_without_possessive(typed))
        if not found:
            self._note(f"“{typed}” has no letters or digits and was not looked for.")
            return
        wanted = Wanted(found, typed)
        if excluded:
            self.none_of.append(wanted)
        elif self.either:
            self.all_of[-1] = (*self.all_of[-1], wanted)
            self.either = False
        else:
            self.all_of.append((wanted,))

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)

    def query(self) -> Query:
        if self.either:
            raise QueryRefused("or_needs_two", "OR stands between two words: neglect OR abuse.")
        if not self.all_of:
            raise QueryRefused(
                "nothing_to_look_for",
                "Type at least one word to look for."
                + (" A search cannot consist of excluded words alone." if self.none_of else ""),
            )
        return Query(tuple(self.all_of), tuple(self.none_of), tuple(self.notes))


def _without_possessive(typed: str) -> str:
    return re.sub(r"(\w)['’]s\b", r"\1", typed)
