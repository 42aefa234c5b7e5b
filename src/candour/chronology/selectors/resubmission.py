"""What a later file of an agency changed, row by row, and where the reviewers' work went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from rapidfuzz.fuzz import ratio

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.models import (
    DifferingEntry,
    EntryComment,
    Grouping,
    OneSidedContact,
    SameEventEntry,
    Tagging,
)
from candour.chronology.selectors.matching import row_identity
from candour.contributions.models import Entry, Submission
from candour.kernel.errors import Hidden

_ALIKE = 70.0
_SETTLED = (Submission.State.SIGNED_OFF, Submission.State.REPLACED)


@dataclass(frozen=True)
class Pair:
    """A row of the earlier file and the row that took its place; None where there is none.

    `same` rows hold the same words under the same headings and the same date as written.
    """

    before: Entry | None
    after: Entry | None
    same: bool = False


def replaced_files(access: Access) -> QuerySet[Submission]:
    """Files that a later one of the same agency has replaced, newest first."""
    return _signed_off(access).filter(state=Submission.State.REPLACED)


def _signed_off(access: Access) -> QuerySet[Submission]:
    if not access.may_read(Kind.CHRONOLOGY):
        raise Hidden
    rows = Submission.objects.filter(case=access.case, signed_off_at__isnull=False)
    rows = rows.select_related("request__agency", "document")
    return rows.order_by("request__agency__name", "-number")


def signed_off_file(access: Access, submission_id: UUID) -> Submission:
    """A file that is or was in force; Hidden if it is of another case or never was."""
    found = _signed_off(access).filter(pk=submission_id).first()
    if found is None:
        raise Hidden
    return found


def file_after(submission: Submission) -> Submission | None:
    """The next file of the same agency that was signed off."""
    later = Submission.objects.filter(
        request=submission.request, number__gt=submission.number, signed_off_at__isnull=False
    )
    return later.filter(state__in=_SETTLED).order_by("number").first()


def changes(before: Submission, after: Submission) -> list[Pair]:
    """Every row of two files of one agency, paired: the same words first, then the row most alike.

    A row whose date or words were changed is paired with what became of it where they are alike
    enough to tell; otherwise one row went and another came.
    """
    old, new = _rows(before), _rows(after)
    pairs = list(_same_rows(old, new))
    taken = {entry.pk for pair in pairs for entry in (pair.before, pair.after) if entry}
    left = [entry for entry in old if entry.pk not in taken]
    came = [entry for entry in new if entry.pk not in taken]
    changed = list(_changed_rows(left, came))
    taken |= {entry.pk for pair in changed for entry in (pair.before, pair.after) if entry}
    gone = [Pair(entry, None) for entry in left if entry.pk not in taken]
    added = [Pair(None, entry) for entry in came if entry.pk not in taken]
    return sorted((*pairs, *changed, *gone, *added), key=_in_order)


def left_behind(pairs: Sequence[Pair]) -> int:
    """How many earlier rows have work of reviewers that could go with the row after them."""
    before = [pair.before.pk for pair in pairs if pair.before and pair.after]
    held = (
        Grouping.objects.filter(ended_at__isnull=True, entry__in=before).values_list("entry_id"),
        Tagging.objects.filter(ended_at__isnull=True, entry__in=before).values_list("entry_id"),
        EntryComment.objects.filter(entry__in=before).values_list("entry_id"),
        SameEventEntry.objects.filter(entry__in=before).values_list("entry_id"),
        DifferingEntry.objects.filter(entry__in=before).values_list("entry_id"),
        OneSidedContact.objects.filter(entry__in=before).values_list("entry_id"),
    )
    return len({entry for rows in held for (entry,) in rows.order_by()})


def _rows(submission: Submission) -> list[Entry]:
    return list(Entry.objects.filter(submission=submission).order_by("order", "part", "pk"))


def _same_rows(old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[Pair]:
    waiting: dict[str, list[Entry]] = {}
    for entry in new:
        waiting.setdefault(row_identity(entry), []).append(entry)
    for entry in old:
        alike = waiting.get(row_identity(entry))
        if alike:
            yield Pair(entry, alike.pop(0), same=True)


def _changed_rows(old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[Pair]:
    scored = sorted(
        (
            (-_likeness(before, after), before.order, after.order, before, after)
            for before in old
            for after in new
            if _likeness(before, after) >= _ALIKE
        ),
        key=lambda one: one[:3],
    )
    taken: set[UUID] = set()
    for *_, before, after in scored:
        if before.pk not in taken and after.pk not in taken:
            taken |= {before.pk, after.pk}
            yield Pair(before, after)


def _likeness(before: Entry, after: Entry) -> float:
    """How alike two rows read, out of 100; the same day as written speaks for one row."""
    words = ratio(_words(before), _words(after))
    return min(words + 10.0, 100.0) if before.date_raw == after.date_raw else words


def _words(entry: Entry) -> str:
    return "\n".join(text for text in entry.text.values() if text)


def _in_order(pair: Pair) -> tuple[int, int]:
    entry = pair.after or pair.before
    return (entry.order, 0 if pair.after else 1) if entry else (0, 0)
