"""Held-back parts joining their rows when the agency releases them, and leaving them again."""

from collections.abc import Iterable

from candour.contributions.layout import DATE_HIDDEN, derive
from candour.contributions.models import Entry, HeldBack
from candour.engines.dates import Context, read_date


def join(part: HeldBack) -> None:
    """What the agency releases becomes part of the rows it sends."""
    for entry in _entries_of(part):
        if part.kind == HeldBack.Kind.HIDDEN_COLUMN:
            role = _role_of(part)
            entry.text = {**entry.text, part.heading: part.text}
            entry.roles = {**entry.roles, part.heading: role}
            if role == "date":
                _read_released_date(entry, part.text)
        else:
            entry.notes = {**entry.notes, part.kind: [*entry.notes.get(part.kind, []), _note(part)]}
        derive(entry)
        entry.save()


def leave(part: HeldBack) -> None:
    """The agency thinks again before it signs off: what it had released is taken out."""
    for entry in _entries_of(part):
        if part.kind == HeldBack.Kind.HIDDEN_COLUMN:
            entry.text = {h: text for h, text in entry.text.items() if h != part.heading}
            entry.roles = {h: role for h, role in entry.roles.items() if h != part.heading}
            if _role_of(part) == "date":
                entry.date_raw = entry.edtf = ""
                entry.earliest = entry.latest = None
                entry.refusal = DATE_HIDDEN
        else:
            notes = [note for note in entry.notes.get(part.kind, []) if note != _note(part)]
            entry.notes = {**entry.notes, part.kind: notes}
        derive(entry)
        entry.save()


def _entries_of(part: HeldBack) -> Iterable[Entry]:
    if part.entry is None or part.kind == HeldBack.Kind.HIDDEN_ROW:
        return []
    same_row = Entry.objects.select_for_update().filter(submission_id=part.submission_id)
    return same_row.filter(order=part.entry.order)


def _role_of(part: HeldBack) -> str:
    table = part.entry.table if part.entry else 0
    for told in part.submission.tables:
        if told["table"] == table:
            return next(
                (c["field"] for c in told["columns"] if c["header"] == part.heading), "other"
            )
    return "other"


def _read_released_date(entry: Entry, text: str) -> None:
    reading = read_date(text, Context(as_of=entry.as_of))
    entry.date_raw = text
    entry.edtf, entry.rule = reading.edtf or "", reading.rule[:80]
    entry.earliest, entry.latest = reading.earliest, reading.latest
    entry.refusal = reading.reason or ""


def _note(part: HeldBack) -> dict[str, str]:
    return {"column": part.heading, "text": part.text}
