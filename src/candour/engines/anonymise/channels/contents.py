"""What was read from a file, and what could not be."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Passage:
    """Text found in one channel of a file. `raw` text was cut from bytes nobody interpreted: chance
    letters occur in it, so only long names count there, and only where no reading has them."""

    channel: str
    place: str
    text: str
    raw: bool = False


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A part that could not be read, and why: somebody must look at it."""

    channel: str
    why: str


@dataclass(slots=True)
class Contents:
    """Passages of a file and of everything packed inside it, with what was not read."""

    passages: list[Passage] = field(default_factory=list)
    not_checked: list[NotChecked] = field(default_factory=list)

    def say(self, channel: str, place: str, text: str, *, raw: bool = False) -> None:
        """Keep a passage; white space alone says nothing."""
        if text.strip():
            self.passages.append(Passage(channel, place, text, raw))

    def cannot_check(self, channel: str, why: str) -> None:
        """List a part as not checked, once."""
        entry = NotChecked(channel, why)
        if entry not in self.not_checked:
            self.not_checked.append(entry)
