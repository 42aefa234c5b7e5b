"""Rows and summaries for asking agencies and checking what they send."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse

from candour.cases.access import Access
from candour.contributions.desk import Desk
from candour.contributions.models import AgencyRequest, Entry, EntryQuery, HeldBack, Submission
from candour.kernel import clock
from candour.ui.wording import day, instant, plural, times

Cell = str | dict[str, str]
Row = dict[str, str]

REQUEST_COLUMNS = ["Agency", "Due", "How it stands", "Chased", "Files"]


def request_table(access: Access, requests: Iterable[AgencyRequest]) -> list[list[Cell]]:
    """One row an agency."""
    return [
        [
            {"text": each.agency.name, "href": request_address(access, each)},
            day(each.due_on),
            _stands(each),
            times(len(each.chased_at)),
            str(getattr(each, "files", 0)),
        ]
        for each in requests
    ]


def request_address(access: Access, request: AgencyRequest, page: str = "request") -> str:
    """The address of a page about one request."""
    place = {"reference": access.case.reference, "request_id": request.pk}
    return reverse(f"contributions:{page}", kwargs=place)


def _stands(request: AgencyRequest) -> str:
    waited = request.state in (AgencyRequest.State.ASKED, AgencyRequest.State.TO_CHECK)
    late = waited and request.due_on < clock.today()
    return f"{request.get_state_display()}{' (overdue)' if late else ''}"


def request_rows(request: AgencyRequest) -> list[Row]:
    """What was asked and how it stands."""
    chased = [day(datetime.fromisoformat(at)) for at in request.chased_at]
    rows = [
        {"key": "Asked for", "value": request.asked_for},
        {"key": "Asked on", "value": day(request.sent_at)},
        {"key": "Due on", "value": day(request.due_on)},
        {"key": "How it stands", "value": _stands(request)},
        {"key": "Chased on", "value": ", ".join(chased) or "Not chased"},
    ]
    if request.declaration:
        rows.append({"key": "Declared", "value": request.declaration})
    return rows


def file_rows(desk: Desk, submissions: Iterable[Submission]) -> list[list[Cell]]:
    """One row a file; those that this sender may check lead to their page."""
    return [
        [
            _file_cell(desk, each),
            day(each.recorded_at),
            each.get_how_display(),
            each.get_state_display(),
            _signed(each),
        ]
        for each in submissions
    ]


def _file_cell(desk: Desk, submission: Submission) -> Cell:
    text = f"File {submission.number}"
    if not desk.sender.may_check(submission):
        return text
    return {"text": text, "href": desk.address("file", submission_id=submission.pk)}


def _signed(submission: Submission) -> str:
    if not submission.signed_off_at:
        return ""
    by = submission.signed_off_by.name if submission.signed_off_by else submission.signed_off_as
    return f"{by}, {day(submission.signed_off_at)}"


def tasks_of(
    desk: Desk, submission: Submission, held: Sequence[HeldBack], open_queries: int
) -> list[dict[str, object]]:
    """What the agency does with its file, step by step, before it signs off."""
    pending = sum(1 for part in held if part.state == HeldBack.State.PENDING)
    at = {"submission_id": submission.pk}
    headings = submission.state == Submission.State.HEADINGS
    return [
        {
            "text": "Say what the headings mean",
            "href": desk.address("headings", **at),
            "status": "To do" if headings else "Done",
            "done": not headings,
        },
        _task("Hidden, deleted and commented parts", desk.address("held_back", **at), pending),
        _task("Unclear dates and cells", desk.address("queries", **at), open_queries),
        {
            "text": "See the rows as they were read",
            "href": desk.address("rows", **at),
            "status": plural(submission.entries.count(), "row"),
            "done": True,
        },
    ]


def _task(text: str, href: str, left: int) -> dict[str, object]:
    return {
        "text": text,
        "href": href,
        "status": f"{left} left" if left else "Done",
        "done": not left,
    }


def query_table(
    desk: Desk, submission: Submission, queries: Iterable[EntryQuery]
) -> list[list[Cell]]:
    """One row an unclear date or cell, with what was answered and how that is understood."""
    return [
        [
            place_of(query.entry),
            query.entry.date_raw or "(blank)",
            query.question,
            answered(query),
            {
                "text": f"{'Change' if query.answer else 'Settle'}: {place_of(query.entry)}",
                "href": desk.address("query", submission_id=submission.pk, query_id=query.pk),
            },
        ]
        for query in queries
    ]


def place_of(entry: Entry) -> str:
    """Where a row stands in its file."""
    where = f"sheet {entry.sheet}" if entry.sheet else f"table {entry.table}"
    return f"{where}, row {entry.row_index}"


def answered(query: EntryQuery) -> str:
    """The answer, and the days it is understood as."""
    if query.state == EntryQuery.State.OPEN:
        return query.get_state_display()
    if query.state == EntryQuery.State.LEFT:
        return f"Left as it is: {query.answer}"
    return f"{query.answer} ({_understood(query)})" if query.edtf else query.answer


def _understood(query: EntryQuery | Entry) -> str:
    if query.earliest == query.latest and query.earliest:
        return f"understood as {day(query.earliest)}"
    start = day(query.earliest) if query.earliest else "any day before"
    end = day(query.latest) if query.latest else "any day after"
    return f"understood as {start} to {end}"


def query_rows(query: EntryQuery) -> list[Row]:
    """One query with its whole row, as the agency wrote it."""
    cells = [{"key": heading, "value": text} for heading, text in query.entry.text.items()]
    rows = [
        {"key": "Where", "value": place_of(query.entry)},
        {"key": "What is unclear", "value": query.question},
        {"key": "How to settle it", "value": query.how_to_settle},
        *cells,
    ]
    if query.state != EntryQuery.State.OPEN:
        rows.append(
            {"key": "Answered", "value": f"{answered(query)}, {instant(query.answered_at)}"}
        )
    return rows


def row_table(entries: Iterable[Entry]) -> list[list[Cell]]:
    """One row an entry as it was read: where, the date as written and understood, what happened."""
    return [
        [
            f"{place_of(entry)}{' (hidden)' if entry.hidden else ''}",
            entry.date_raw or "(blank)",
            entry.refusal or _understood(entry).removeprefix("understood as "),
            entry.what,
        ]
        for entry in entries
    ]
