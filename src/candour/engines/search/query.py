"""A question as it was understood: words, phrases and facts, joined by AND, OR and NOT."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from candour.engines.search.words import stems
from candour.kernel.errors import Invalid

HEADING = "heading"
"""The place of words that must stand in the heading or title; elsewhere they may stand anywhere."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word, or words that stand together, by their indexed forms and as they were typed.

    `exact` words were put in quotation marks and are looked for without synonyms. `slop` is how
    many other words may stand between them, `place` is `HEADING` or empty, and `weight` is what an
    occurrence counts beside one of a typed word.
    """

    stems: tuple[str, ...]
    typed: str
    exact: bool = False
    slop: int = 0
    place: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Tagged:
    """A fact of the work: at least one of these exact labels."""

    tags: tuple[str, ...]
    typed: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part must be met."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One part is enough; `same` says that they are names of one thing, so only the best counts."""

    parts: tuple["Part", ...]
    same: bool = False


@dataclass(frozen=True, slots=True)
class Without:
    """What must not be met; it stands inside an `All` that has something to look for."""

    part: "Part"


Part: TypeAlias = Wanted | Tagged | All | Either | Without


@dataclass(frozen=True, slots=True)
class Added:
    """Other names that were looked for together with what was typed, and why."""

    typed: str
    names: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for, what was said about the reading of it, and which names were added."""

    root: Part
    notes: tuple[str, ...] = ()
    added: tuple[Added, ...] = ()

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """Everything whose occurrence is to be shown to the reader."""
        return tuple(_wanted(self.root))


EVERYTHING = Query(All(()))
"""Met by every document."""


class QueryRefused(Invalid):
    """The question could mean something that this search cannot do; the reason says what to do."""


def any_words(text: str) -> Query:
    """Plain language without any syntax: a document counts the better the more words it has."""
    forms = dict.fromkeys(stem for stem in stems(text) if stem)
    return Query(Either(tuple(Wanted((stem,), stem) for stem in forms)))


def either(query: Query) -> Query:
    """The same question, met by a document that meets any one of the words asked for."""
    if not isinstance(query.root, All):
        return query
    some = tuple(part for part in query.root.parts if not isinstance(part, Without | Tagged))
    rest = tuple(part for part in query.root.parts if isinstance(part, Without | Tagged))
    return replace(query, root=All((Either(some), *rest)) if rest else Either(some))


def has_several_words(query: Query) -> bool:
    """Whether there is more than one thing that must be met, so that some could be enough."""
    root = query.root
    return isinstance(root, All) and (
        sum(not isinstance(part, Without | Tagged) for part in root.parts) > 1
    )


def in_words(part: Part) -> str:
    """The question as it was read, with brackets where they decide something."""
    if isinstance(part, Wanted):
        typed = f"“{part.typed}”" if len(part.stems) > 1 else part.typed
        return f"{typed} in a heading" if part.place == HEADING else typed
    if isinstance(part, Tagged):
        return part.typed
    if isinstance(part, Without):
        return f"NOT {in_words(part.part)}"
    if isinstance(part, Either) and part.same:
        return in_words(part.parts[0])
    joint = " AND " if isinstance(part, All) else " OR "
    joined = joint.join(in_words(inner) for inner in part.parts)
    return f"({joined})" if len(part.parts) > 1 else joined


def _wanted(part: Part) -> Iterator[Wanted]:
    if isinstance(part, Wanted):
        yield part
    elif isinstance(part, All | Either):
        for inner in part.parts:
            yield from _wanted(inner)
