"""What the agency has settled once it need not settle again, where its file says the same."""

import json
from dataclasses import dataclass
from typing import TypeAlias

from candour.contributions.models import Entry, EntryQuery, HeldBack, Submission
from candour.contributions.releasing import join

Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class GivenBefore:
    """Decisions and answers given before, by exactly what they were given about."""

    decisions: dict[Key, HeldBack]
    answers: dict[Key, EntryQuery]


def given_before(submission: Submission) -> GivenBefore:
    """What the agency settled in this file, read again, and in its earlier ones; the latest wins.

    Only for this request, so nothing crosses from one agency or case to another.
    """
    of_request = {"submission__request_id": submission.request_id}
    decided = HeldBack.objects.filter(**of_request).exclude(state=HeldBack.State.PENDING)
    settled = EntryQuery.objects.filter(
        entry__submission__request_id=submission.request_id
    ).exclude(state=EntryQuery.State.OPEN)
    return GivenBefore(
        decisions={_of_part(part): part for part in decided.order_by("submission__number")},
        answers={
            _of_query(query): query
            for query in settled.select_related("entry").order_by("entry__submission__number")
        },
    )


def give_again(submission: Submission, given: GivenBefore) -> int:
    """Put what was given before beside the same words in this file; answers with how many."""
    return _decide_again(submission, given) + _answer_again(submission, given)


def _decide_again(submission: Submission, given: GivenBefore) -> int:
    parts = HeldBack.objects.filter(submission=submission).select_related("entry", "submission")
    same = [(part, given.decisions.get(_of_part(part))) for part in parts]
    found = [(part, before) for part, before in same if before]
    for part, before in found:
        part.state, part.reason = before.state, before.reason
        part.decided_by_id, part.decided_at = before.decided_by_id, before.decided_at
        part.save()
        if part.state == HeldBack.State.RELEASED and part.entry_id:
            join(part)
    return len(found)


def _answer_again(submission: Submission, given: GivenBefore) -> int:
    queries = EntryQuery.objects.filter(entry__submission=submission).select_related("entry")
    same = [(query, given.answers.get(_of_query(query))) for query in queries]
    found = [(query, before) for query, before in same if before]
    for query, before in found:
        query.state, query.answer = before.state, before.answer
        query.edtf, query.earliest, query.latest = before.edtf, before.earliest, before.latest
        query.answered_by_id, query.answered_at = before.answered_by_id, before.answered_at
        query.save()
    return len(found)


def _of_part(part: HeldBack) -> Key:
    return part.kind, part.place, part.heading, part.text


def _of_query(query: EntryQuery) -> Key:
    return query.kind, query.question, *_of_row(query.entry)


def _of_row(entry: Entry) -> Key:
    words = json.dumps(entry.text, sort_keys=True)
    return str(entry.table), entry.sheet, str(entry.row_index), entry.date_raw, words
