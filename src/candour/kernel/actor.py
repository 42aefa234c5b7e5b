"""Who acts. Every write has one."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """A signed-in person, the holder of a one-use link, or Candour's own worker."""

    PERSON = "person"
    LINK = "link"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """Someone who acts, by opaque identifier; a name never stands in an event or a log."""

    id: str
    kind: ActorKind = ActorKind.PERSON

    @property
    def reference(self) -> str:
        """`person:<id>`, the form in which an actor stands in events and database settings."""
        return f"{self.kind}:{self.id}"


SYSTEM = Actor(id="candour", kind=ActorKind.SYSTEM)
