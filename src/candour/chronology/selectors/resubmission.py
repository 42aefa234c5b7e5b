"""What a later file of an agency changed, row by row, and where the reviewers' work went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from rapidfuzz.fuzz import ratio

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.carrying import hanging_on_entries
from candour.chronology.models import Grouping
from candour.chronology.selectors.matching import row_identity
from candour.contributions.models import Entry, Submission
from candour.contributions.services.signing_off import replaced_key
from candour.kernel.errors import Hidden
from candour.platform.models import Job

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


def same_rows(before: Submission, after: Submission) -> list[Pair]:
    """The rows that two files of one agency have in the same words."""
    return list(_same_rows(_rows(before), _rows(after)))


def worked_on(submission: Submission) -> set[UUID]:
    """The rows of a file that work of reviewers hangs on and that could go with a later row."""
    grouped = Grouping.objects.filter(ended_at__isnull=True, entry__submission=submission)
    found = set(grouped.order_by().values_list("entry_id", flat=True))
    return found.union(*(hanging.entries_of(submission) for hanging in hanging_on_entries()))


def waits_for_worker(after: Submission) -> bool:
    """Whether the worker has still to carry over what hangs on rows that stayed the same."""
    asked = Job.objects.filter(unique_key=replaced_key(after))
    return asked.filter(done_at__isnull=True).exists()


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
    words = {entry.pk: _words(entry) for entry in (*old, *new)}
    scored = sorted(
        (
            (-alike, before.order, after.order, before, after)
            for before in old
            for after in new
            if (alike := _likeness(before, after, words)) >= _ALIKE
        ),
        key=lambda one: one[:3],
    )
    taken: set[UUID] = set()
    for *_, before, after in scored:
        if before.pk not in taken and after.pk not in taken:
            taken |= {before.pk, after.pk}
            yield Pair(before, after)


def _likeness(before: Entry, after: Entry, words: Mapping[UUID, str]) -> float:
    """How alike two rows read, out of 100; the same day as written speaks for one row."""
    same_day = 10.0 if before.date_raw == after.date_raw else 0.0
    alike = ratio(words[before.pk], words[after.pk], score_cutoff=_ALIKE - same_day)
    return min(alike + same_day, 100.0)


def _words(entry: Entry) -> str:
    return "\n".join(text for text in entry.text.values() if text)


def _in_order(pair: Pair) -> tuple[int, int]:
    entry = pair.after or pair.before
    return (entry.order, 0 if pair.after else 1) if entry else (0, 0)
