"""What a reader typed, understood or refused with a reason; no part of it is silently dropped.

All words must occur, in any of their endings. Words in double quotation marks must stand together,
`"…"~3` lets up to three other words between them, `-word` or `NOT word` must not occur, `OR` asks
for either, brackets group, and `heading:word` looks in headings alone. Facts (`year:2015`) are
known to whoever calls.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from candour.engines.search.query import (
    HEADING,
    All,
    Either,
    Part,
    Query,
    QueryRefused,
    Tagged,
    Wanted,
    Without,
)
from candour.engines.search.words import stems

LONGEST = 400
"""Characters; a longer question is a pasted text, in which nobody meant every word."""
MOST_WORDS = 60
_DEEPEST = 8
_FURTHEST = 20

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-"})
_TOKEN = re.compile(
    r'(?P<minus>-(?=["(\w]))?(?:(?P<field>[A-Za-z_]+):(?=["\w]))?'
    r'(?:"(?P<phrase>[^"]*)"(?:~(?P<slop>\d+))?|(?P<bracket>[()])|(?P<word>[^\s()"]+))'
)
_TIME = re.compile(r"\d+:\d+")
_HISTORY = re.compile(r"#\d+")
_OPERATORS = frozenset({"AND", "OR", "NOT"})

Fact = Callable[[str], tuple[str, ...]]
"""From the words after the colon to the exact labels they mean; raises `QueryRefused`."""


def parse(typed: str, facts: Mapping[str, Fact] | None = None, *, longest: int = LONGEST) -> Query:
    """Understand what was typed into the search box.

    Raises:
        QueryRefused: when a sign asks for something that this search does not do, or when nothing
            is left to look for.
    """
    text = typed.translate(_QUOTES).strip()
    if len(text) > longest:
        raise QueryRefused("query_too_long", f"Use fewer than {longest} characters.")
    if text.count('"') % 2:
        raise QueryRefused(
            "quotation_mark_alone",
            "One quotation mark stands alone. Put the words that belong together between two.",
        )
    return _Reading(_tokens(text), facts or {}).query()


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of the question: an operator, a bracket, or something to look for."""

    kind: str
    words: str = ""
    field: str = ""
    minus: bool = False
    slop: int = 0


def _tokens(text: str) -> list[_Token]:
    return [_token(piece) for piece in _TOKEN.finditer(text)]


def _token(piece: re.Match[str]) -> _Token:
    minus, field, word = bool(piece["minus"]), piece["field"] or "", piece["word"] or ""
    if piece["bracket"]:
        return _Token(piece["bracket"], minus=minus, field=field)
    if piece["phrase"] is not None:
        slop = int((piece["slop"] or "0")[:4])
        return _Token("phrase", piece["phrase"], field, minus, slop)
    if word in _OPERATORS and not (minus or field):
        return _Token(word)
    return _Token("word", word, field, minus)


class _Reading:
    """Reads the pieces from left to right: OR binds two neighbours, all else must be met."""

    def __init__(self, tokens: list[_Token], facts: Mapping[str, Fact]) -> None:
        self.tokens = tokens
        self.facts = facts
        self.at = 0
        self.notes: list[str] = []
        self.words = 0

    def query(self) -> Query:
        root = self._group(depth=0)
        if self.at < len(self.tokens):
            raise _unbalanced()
        if root is None or isinstance(root, Without):
            raise QueryRefused(
                "nothing_to_look_for",
                "Type at least one word to look for."
                + (" A search cannot consist of excluded words alone." if root else ""),
            )
        return Query(root, tuple(dict.fromkeys(self.notes)))

    def _group(self, *, depth: int) -> Part | None:
        """Everything up to the closing bracket or the end."""
        if depth > _DEEPEST:
            raise QueryRefused("too_deep", "Use fewer brackets inside one another.")
        parts: list[Part] = []
        joints: set[str] = set()
        waiting = ""
        while (token := self._peek()) is not None and token.kind != ")":
            if token.kind in ("AND", "OR"):
                waiting = self._joint(token.kind, parts, waiting)
                joints.add(waiting)
                continue
            part = self._element(depth)
            if part is not None:
                _join(parts, part, waiting)
                waiting = ""
        if waiting:
            raise _joint_alone(waiting)
        if {"AND", "OR"} <= joints:
            raise QueryRefused(
                "and_or_mixed",
                "AND and OR stand side by side. Put brackets round the words that belong together: "
                "(neglect OR abuse) AND school.",
            )
        return _joined(parts)

    def _joint(self, kind: str, parts: list[Part], waiting: str) -> str:
        if not parts or waiting:
            raise _joint_alone(kind)
        self.at += 1
        return kind

    def _element(self, depth: int) -> Part | None:
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "NOT":
            following = self._peek()
            nothing = following is None or following.kind in ("AND", "OR", "NOT", ")")
            inner = None if nothing else self._element(depth)
            if inner is None:
                raise QueryRefused("not_alone", "NOT stands before a word: abuse NOT school.")
            return _without(inner)
        part = self._bracketed(depth) if token.kind == "(" else self._leaf(token)
        return _without(part) if token.minus else part

    def _bracketed(self, depth: int) -> Part | None:
        part = self._group(depth=depth + 1)
        if self._peek() is None:
            raise _unbalanced()
        self.at += 1
        return part

    def _leaf(self, token: _Token) -> Part | None:
        if token.kind == "word":
            self._refuse_signs(token)
        if token.field and token.field.casefold() in self.facts:
            found = self.facts[token.field.casefold()](token.words)
            return Tagged(found, f"{token.field.casefold()}:{token.words}")
        if token.field and token.field.casefold() != HEADING:
            return self._unknown_field(token)
        return self._words(token)

    def _refuse_signs(self, token: _Token) -> None:
        word = token.words
        if "*" in word:
            raise QueryRefused(
                "no_wildcards",
                f"“{word}”: the * is not needed. Other endings of a word are found by themselves: "
                "“neglect” also finds “neglected”. Take the * out.",
            )
        if _HISTORY.fullmatch(word):
            raise QueryRefused(
                "no_such_line", f"“{word}” names a line of the search history that is not there."
            )
        if word.endswith(":") and word[:-1].casefold() in (HEADING, *self.facts):
            raise QueryRefused(
                "fact_without_words",
                f"After “{word}” comes a word, or words in quotation marks, without a space.",
            )
        if word.endswith("?") and word.strip("?"):
            self.notes.append("The question mark was read as punctuation.")

    def _unknown_field(self, token: _Token) -> Part | None:
        known = ", ".join(f"{name}:" for name in (HEADING, *sorted(self.facts)))
        raise QueryRefused(
            "no_such_field",
            f"“{token.field}:” is not something this search knows. It knows {known} Or put the "
            "words in quotation marks to look for them as they stand.",
        )

    def _words(self, token: _Token) -> Part | None:
        found = stems(_without_possessive(token.words))
        if not found:
            if token.words:
                self.notes.append(
                    f"“{token.words}” has no letters or digits and was not looked for."
                )
            return None
        self.words += len(found)
        if self.words > MOST_WORDS:
            raise QueryRefused("too_many_words", f"Use at most {MOST_WORDS} words.")
        if token.slop > _FURTHEST:
            raise QueryRefused(
                "too_far_apart", f"At most {_FURTHEST} other words may stand between: ~{_FURTHEST}."
            )
        place = HEADING if token.field else ""
        return Wanted(found, token.words, token.kind == "phrase", token.slop, place)

    def _peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None


def _join(parts: list[Part], part: Part, waiting: str) -> None:
    if waiting != "OR":
        parts.append(part)
        return
    before = parts[-1]
    if isinstance(before, Without) or isinstance(part, Without):
        raise QueryRefused(
            "not_beside_or",
            "What is left out cannot stand beside OR. Put it after brackets: "
            "(neglect OR abuse) NOT school.",
        )
    known = before.parts if isinstance(before, Either) else (before,)
    parts[-1] = Either((*known, part))


def _joined(parts: list[Part]) -> Part | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    shut_out = [part.part for part in parts if isinstance(part, Without)]
    if len(shut_out) == len(parts):
        return Without(Either(tuple(shut_out)))
    return All(tuple(parts))


def _without(part: Part | None) -> Part | None:
    if isinstance(part, Without):
        return part.part
    return None if part is None else Without(part)


def _unbalanced() -> QueryRefused:
    return QueryRefused(
        "bracket_alone", "A bracket stands alone. Each opening bracket needs a closing one."
    )


def _joint_alone(kind: str) -> QueryRefused:
    code = "or_needs_two" if kind == "OR" else "and_needs_two"
    return QueryRefused(code, f"{kind} stands between two words: neglect {kind} abuse.")


def _without_possessive(typed: str) -> str:
    return re.sub(r"(\w)['’]s\b", r"\1", typed)
