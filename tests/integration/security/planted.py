"""Strings that stand nowhere else in the world, each planted in one confidential place.

A string such as `zq0042qz` is a word to every reader, search index and e-mail, and no word of any
language. Where it turns up tells which record leaked.
"""

import re
import uuid
from dataclasses import dataclass, field

from candour.cases.permissions import Kind

PLANTED = re.compile(r"zq\d{4}qz", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """What a planted string stands in: the kind of record, whose agency's it is, and where.

    `agency` is set only while that agency alone may see it; `of` whose it is, seen by others or
    not. `kinds` are the kinds of record of which any one opens it.
    """

    where: str
    kinds: frozenset[Kind]
    agency: uuid.UUID | None = None
    of: uuid.UUID | None = None


@dataclass
class Plantings:
    """All planted strings of one case, by the string."""

    places: dict[str, Place] = field(default_factory=dict)
    first: int = 0

    def plant(
        self,
        where: str,
        *kinds: Kind,
        agency: uuid.UUID | None = None,
        of: uuid.UUID | None = None,
    ) -> str:
        """A new string, and where it is going to stand."""
        text = f"zq{self.first + len(self.places):04d}qz"
        self.places[text] = Place(where, frozenset(kinds), agency, of)
        return text


def planted_in(content: bytes | str) -> set[str]:
    """The planted strings that stand in something, whatever case they are written in."""
    text = content.decode("utf-8", "ignore") if isinstance(content, bytes) else content
    return {hit.lower() for hit in PLANTED.findall(text)}
