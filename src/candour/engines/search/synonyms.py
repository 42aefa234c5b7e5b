"""Other names of one thing: abbreviations, and words that older and newer reports use.

The table is `synonyms.toml`, reviewed by hand and versioned with the code. It is shown to readers,
and what it added to a question is shown beside the results, where it can be switched off.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from candour.engines.search.query import (
    Added,
    All,
    Either,
    Part,
    Query,
    QueryRefused,
    Wanted,
)
from candour.engines.search.words import stems, words_with_places

_WEIGHT = 0.8
"""What another name counts beside the name that was typed."""
_MOST_WORDS = 160


@dataclass(frozen=True, slots=True)
class Group:
    """Names of one thing; whichever is typed, the others are looked for as well.

    Of a name in `one_way` the others are looked for, but it is never added itself, because it also
    means something else ("DA") or because its use today would offend.
    """

    names: tuple[str, ...]
    one_way: tuple[str, ...] = ()
    note: str = ""

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name by which the group is recognised."""
        return (*self.names, *self.one_way)


@cache
def groups() -> tuple[Group, ...]:
    """The reviewed table, in the order of its file."""
    given = tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text(encoding="utf-8"))
    return tuple(
        Group(tuple(entry["names"]), tuple(entry.get("one_way", ())), entry.get("note", ""))
        for entry in given["group"]
    )


@cache
def reviewed_on() -> str:
    """The day of the table's last review, as `YYYY-MM-DD`."""
    path = Path(__file__).with_name("synonyms.toml")
    return str(tomllib.loads(path.read_text(encoding="utf-8"))["reviewed_on"])


def with_synonyms(query: Query) -> Query:
    """The same question, met by other names of what it asks for; `added` says by which.

    Words in quotation marks are left as they are.

    Raises:
        QueryRefused: when the question would become too long.
    """
    added: list[Added] = []
    root = _expanded(query.root, added)
    widened = replace(query, root=root, added=tuple(dict.fromkeys(added)))
    if sum(len(wanted.stems) for wanted in widened.wanted) > _MOST_WORDS:
        raise QueryRefused(
            "too_many_words",
            "With other names of what you typed this becomes too long. Use fewer words, or switch "
            "other names off.",
        )
    return widened


def spelled_out(text: str) -> str:
    """A text followed by the full names of the abbreviations in it, for a reader of meaning."""
    forms = [form for form, _, _ in words_with_places(text)]
    found = (match for start in range(len(forms)) if (match := _longest(forms, start)))
    full = dict.fromkeys(max(group.names, key=len) for _, group in found)
    return " ".join([text, *(f"({name})" for name in full if name.casefold() not in text.lower())])


def _expanded(part: Part, added: list[Added]) -> Part:
    if isinstance(part, All):
        return All(tuple(_runs(part.parts, added)))
    if isinstance(part, Either):
        return Either(tuple(_expanded(inner, added) for inner in part.parts), part.same)
    return next(_runs((part,), added)) if _plain(part) else part


def _runs(parts: tuple[Part, ...], added: list[Added]) -> Iterator[Part]:
    """The parts, with each run of plain words that names something replaced by all its names."""
    at = 0
    while at < len(parts):
        run, group = _run_at(parts, at)
        if group is None:
            yield parts[at] if _plain(parts[at]) else _expanded(parts[at], added)
            at += 1
            continue
        yield _names(run, group, added)
        at += len(run)


def _run_at(parts: tuple[Part, ...], at: int) -> tuple[tuple[Wanted, ...], Group | None]:
    """The longest run of plain words from here that is a name, and its group."""
    run: list[Wanted] = []
    for part in parts[at:]:
        if not isinstance(part, Wanted) or not _plain(part):
            break
        run.append(part)
    for length in range(min(len(run), _longest_name()), 0, -1):
        forms = tuple(form for wanted in run[:length] for form in wanted.stems)
        if (group := _by_stems().get(forms)) is not None:
            return tuple(run[:length]), group
    return (), None


def _names(run: tuple[Wanted, ...], group: Group, added: list[Added]) -> Part:
    typed = " ".join(wanted.typed for wanted in run)
    own = tuple(form for wanted in run for form in wanted.stems)
    forms = {stems(name): name for name in reversed(group.names)}
    others = [name for name in group.names if forms[stems(name)] == name and stems(name) != own]
    added.append(Added(typed, tuple(others), group.note))
    itself: Part = run[0] if len(run) == 1 else All(run)
    named = (_other(name, own, run[0].place) for name in others)
    return Either((itself, *named), same=True)


def _other(name: str, own: tuple[str, ...], place: str) -> Wanted:
    forms = stems(name)
    # A phrase counts the sum of its words; the longer name must not count more for its length.
    weight = _WEIGHT * min(1.0, len(own) / len(forms))
    return Wanted(forms, name, exact=True, place=place, weight=weight)


def _plain(part: Part) -> bool:
    return isinstance(part, Wanted) and not part.exact


@cache
def _by_stems() -> dict[tuple[str, ...], Group]:
    return {stems(name): group for group in groups() for name in group.all_names}


@cache
def _longest_name() -> int:
    return max(len(name) for name in _by_stems())


def _longest(forms: list[str], start: int) -> tuple[int, Group] | None:
    for length in range(_longest_name(), 0, -1):
        if (group := _by_stems().get(tuple(forms[start : start + length]))) is not None:
            return length, group
    return None
