"""The texts of a review beside one another: which stood on a day, and what changed between two."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from candour.archive.exchange.reading_rows import texts_of
from candour.archive.models import ReviewRecord, Version
from candour.archive.selectors import version as version_numbered
from candour.kernel import clock

_MOST_COMPARED = 4_000


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch in which two texts differ: the paragraphs of the one and of the other."""

    kind: str
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


def in_force_on(record: ReviewRecord, day: date) -> Version | None:
    """The text that a reader met at the end of that day, or none before the first deposit."""
    standing = [text for text in texts_of(record) if clock.day_of(text.deposited_at) <= day]
    return standing[-1] if standing else None


def changes_between(record: ReviewRecord, before: int, after: int) -> list[Change]:
    """Where the paragraphs of two texts differ; what both have alike is left out.

    Raises:
        Hidden: when the review has no such texts to show.
    """
    one = _paragraphs(version_numbered(record, before))
    other = _paragraphs(version_numbered(record, after))
    return list(_differences(one, other))


def _paragraphs(text: Version) -> list[tuple[str, str]]:
    rows = text.paragraphs.order_by("order").values_list("anchor", "text")
    return list(rows[:_MOST_COMPARED])


def _differences(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> Iterator[Change]:
    said, says = [text for _, text in one], [text for _, text in other]
    for kind, start, end, from_, to in SequenceMatcher(
        None, said, says, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            words = {"replace": "Changed", "delete": "Taken out", "insert": "Added"}[kind]
            yield Change(words, tuple(one[start:end]), tuple(other[from_:to]))
