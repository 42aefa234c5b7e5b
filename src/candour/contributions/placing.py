"""Putting the entries that come into force in their places in the chronology."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from candour.contributions.models import Entry, EntryPlace, EntryQuery, Submission
from candour.engines.dates.standing import first_minute, last_minute, stands_at

_AT_ONCE = 1_000
Days = tuple[date | None, date | None]


def place(submission: Submission) -> None:
    """Give every entry in force of a file its place, once its agency has signed off."""
    EntryPlace.objects.bulk_create(_places(submission), batch_size=_AT_ONCE)


def displace(submissions: QuerySet[Submission]) -> None:
    """Take away the places of files that a later one replaces."""
    EntryPlace.objects.filter(submission__in=submissions).delete()


def _places(submission: Submission) -> Iterator[EntryPlace]:
    answered = _answered(submission)
    rows = Entry.objects.filter(submission=submission, in_force=True).select_related("agency")
    for entry in rows.order_by("order", "part").iterator(chunk_size=_AT_ONCE):
        days = answered.get(entry.pk, (entry.earliest, entry.latest))
        yield EntryPlace(**place_values(entry, days))


def place_values(entry: Entry, days: Days) -> dict[str, object]:
    """The fields of the place of an entry that happened on some day of these."""
    time_from, time_to = _own_time(entry)
    return {
        "case_id": entry.case_id,
        "entry_id": entry.pk,
        "agency_id": entry.agency_id,
        "agency_name": entry.agency.name,
        "submission_id": entry.submission_id,
        "order": entry.order,
        "part": entry.part,
        "earliest": days[0],
        "latest": days[1],
        "time_from": time_from,
        "time_to": time_to,
        "ends_earliest": entry.end_earliest,
        "ends_latest": entry.end_latest,
        "stands": stands_at(days, time_from, entry.end_latest),
        "starts_on": days[0] or days[1],
        "first_minute": first_minute(days, time_from),
        "last_minute": last_minute(days, time_from, time_to),
    }


def _own_time(entry: Entry) -> tuple[str, str]:
    # A time out of the middle of the event's words is a suggestion and decides no order.
    own = entry.time_raw or (entry.time_from and entry.time_from in entry.date_raw)
    return (entry.time_from, entry.time_to) if own else ("", "")


def _answered(submission: Submission) -> dict[UUID, Days]:
    """The days that the agency gave in answer to queries; the last answer stands."""
    answers = EntryQuery.objects.filter(
        entry__submission=submission, state=EntryQuery.State.ANSWERED
    ).exclude(edtf="")
    rows = answers.order_by("answered_at", "pk").values_list("entry_id", "earliest", "latest")
    return {entry: (earliest, latest) for entry, earliest, latest in rows}
