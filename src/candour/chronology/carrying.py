"""What hangs on entries and goes along when the agency sends its file again.

Each room says for its own tables. A record goes from the earlier row to the later one; where the
later has the like already, it stays on record with the earlier.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Model, QuerySet

from candour.chronology.models import (
    Availability,
    DifferingAccount,
    DifferingEntry,
    EntryComment,
    HeldStatement,
    OneSidedContact,
    SameEventEntry,
    Tagging,
)
from candour.contributions.models import Entry, Submission


@dataclass(frozen=True)
class Hanging:
    """Records of one table that name an entry in `column`. A later row takes no second record that
    is alike in all of `once`; `where` leaves out what is over."""

    model: type[Model]
    column: str = "entry"
    once: tuple[str, ...] = ()
    where: Mapping[str, object] = field(default_factory=dict)

    def of(self, entry: Entry) -> QuerySet[Model]:
        """The records that hang on an entry."""
        return self.model._default_manager.filter(**{self.column: entry}, **self.where)

    def entries_of(self, submission: Submission) -> set[UUID]:
        """The rows of a file that records of this table hang on."""
        rows = self.model._default_manager.filter(
            **{f"{self.column}__submission": submission}, **self.where
        )
        return set(rows.order_by().values_list(f"{self.column}_id", flat=True))

    def move(self, before: Entry, after: Entry) -> int:
        """Hang on the later row what hung on the earlier; answers with how many records."""
        if not self.once:
            return self.of(before).update(**{self.column: after})
        standing = set(self.of(after).values_list(*self.once))
        moved = [
            pk
            for pk, *alike in self.of(before).values_list("pk", *self.once)
            if tuple(alike) not in standing
        ]
        return self.model._default_manager.filter(pk__in=moved).update(**{self.column: after})


_OPEN = {"ended_at__isnull": True}
_HANGING: list[Hanging] = [
    Hanging(EntryComment),
    Hanging(Tagging, once=("tag",), where=_OPEN),
    Hanging(SameEventEntry, once=("proposal",)),
    Hanging(DifferingEntry, once=("difference",)),
    Hanging(DifferingAccount, column="relied_on"),
    Hanging(OneSidedContact),
    Hanging(Availability),
    Hanging(HeldStatement, once=("agency", "evidence")),
    Hanging(HeldStatement, column="evidence", once=("event", "entry", "agency")),
]


def hangs_on_entries(hanging: Hanging) -> None:
    """Say that records of another room's table go along too; stands in that room's `jobs.py`."""
    if hanging not in _HANGING:
        _HANGING.append(hanging)


def hanging_on_entries() -> tuple[Hanging, ...]:
    """Every table whose records go along, but for groupings, which keep where they once stood."""
    return tuple(_HANGING)
