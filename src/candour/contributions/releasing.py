"""Held-back parts joining their rows when the agency releases them, and leaving them again."""

from collections.abc import Iterable, Mapping

from candour.contributions.layout import DATE_HIDDEN, derive
from candour.contributions.models import Entry, HeldBack
from candour.engines.dates import Context, read_date


def join(part: HeldBack) -> None:
    """What the agency releases becomes part of the rows it sends."""
    for entry in _entries_of(part):
        if part.kind == HeldBack.Kind.HIDDEN_COLUMN:
            columns = _columns_of(part)
            entry.text = _in_order(columns, {**entry.text, part.heading: part.text})
            role = columns.get(part.heading, "other")
            entry.roles = _in_order(columns, {**entry.roles, part.heading: role})
            _read_released(entry, role, part.text)
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
            _forget_released(entry, _columns_of(part).get(part.heading, "other"))
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


def _columns_of(part: HeldBack) -> dict[str, str]:
    """The headings of the part's table in order, each with what it means."""
    table = part.entry.table if part.entry else 0
    tables = (told for told in part.submission.tables if told["table"] == table)
    return {c["header"]: c["field"] for told in tables for c in told["columns"]}


def _in_order(columns: Mapping[str, str], cells: Mapping[str, str]) -> dict[str, str]:
    """The cells in the order of their columns; what has none comes last."""
    ordered = [heading for heading in columns if heading in cells]
    return {heading: cells[heading] for heading in dict.fromkeys([*ordered, *cells])}


def _read_released(entry: Entry, role: str, text: str) -> None:
    if role not in ("date", "end_date"):
        return
    reading = read_date(text, Context(as_of=entry.as_of))
    if role == "end_date":
        entry.end_raw, entry.end_edtf = text, reading.edtf or ""
        entry.end_earliest, entry.end_latest = reading.earliest, reading.latest
        return
    entry.date_raw = text
    entry.edtf, entry.rule = reading.edtf or "", reading.rule[:80]
    entry.earliest, entry.latest = reading.earliest, reading.latest
    entry.refusal = reading.reason or ""


def _forget_released(entry: Entry, role: str) -> None:
    if role == "date":
        entry.date_raw = entry.edtf = ""
        entry.earliest = entry.latest = None
        entry.refusal = DATE_HIDDEN
    if role == "end_date":
        entry.end_raw = entry.end_edtf = ""
        entry.end_earliest = entry.end_latest = None


def _note(part: HeldBack) -> dict[str, str]:
    return {"column": part.heading, "text": part.text}
