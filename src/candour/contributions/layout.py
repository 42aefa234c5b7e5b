"""From what the reader says of a file to rows: entries, queries, held-back parts."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from candour.contributions.models import Entry, EntryQuery, HeldBack, Submission
from candour.kernel import clock

Row = dict[str, Any]

_SETTLE = {
    "date_refused": "Give the date as the record has it, or say that it is not known.",
    "date_slip": "Check the original record. If the date is right, say so; if not, give it.",
    "january_year_slip": "Check the year in the original record. If it is right, say so; if not, "
    "give the date.",
    "two_dates": "Say which words belong to which day, or send the row again as two rows.",
    "out_of_order": "Check the date in the original record: the rows around it suggest another.",
}
_SETTLE_OTHERWISE = "Check the cell against the original record and say what it should read."
DATE_HIDDEN = "The date stands in a hidden column, which the agency has not released."

# Words that every reader of the file sees: they are kept beside the tables, not held back.
_PLAIN_TO_SEE = re.compile(r"title|preamble|below the table|sheet name|(table|sheet) [^,]+|.* note")
_BESIDE_A_ROW = re.compile(r"(?:table|sheet) .+ row \d+ (?:comment|note|deleted text)")


def lay_out(submission: Submission, answer: Row) -> None:
    """Replace what was laid out for this submission by what was read from its file now."""
    EntryQuery.objects.filter(entry__submission=submission).delete()
    HeldBack.objects.filter(submission=submission).delete()
    Entry.objects.filter(submission=submission).delete()
    hidden_tables = {table["table"] for table in answer["tables"] if table["hidden"]}
    submission.problems = answer["problems"]
    submission.tables = answer["tables"]
    submission.non_entry_rows = [
        row
        for row in answer["non_entry_rows"]
        if row["table"] not in hidden_tables and row["kind"] != "deleted_row"
    ]
    laid = [_lay_row(submission, row, answer, hidden_tables) for row in answer["rows"]]
    outside, submission.around_tables = _beside_the_rows(submission, answer)
    Entry.objects.bulk_create(entry for entries, _, _ in laid for entry in entries)
    EntryQuery.objects.bulk_create(query for _, queries, _ in laid for query in queries)
    HeldBack.objects.bulk_create([part for _, _, held in laid for part in held] + outside)


def _lay_row(
    submission: Submission, row: Row, answer: Row, hidden_tables: set[int]
) -> tuple[list[Entry], list[EntryQuery], list[HeldBack]]:
    row["hidden"] = row["hidden"] or row["table"] in hidden_tables
    table = next(table for table in answer["tables"] if table["table"] == row["table"])
    withheld = set(table["hidden_columns"])
    entries = [
        _entry(submission, row, dated, part, withheld)
        for part, dated in enumerate(row["parts"] or [row], start=1)
    ]
    held = list(_held_in_row(entries[0], row, withheld))
    return entries, list(_queries(entries[0], row, withheld)), held


def _entry(submission: Submission, row: Row, dated: Row, part: int, withheld: set[str]) -> Entry:
    roles = row["roles"]
    hidden_roles = {roles[heading] for heading in withheld if heading in roles}
    entry = Entry(
        case=submission.case,
        submission=submission,
        agency=submission.request.agency,
        table=row["table"],
        sheet=row["sheet"] or "",
        row_index=row["row_index"],
        part=part,
        order=row["order"],
        hidden=row["hidden"],
        as_of=clock.today(),
        text={heading: text for heading, text in row["text"].items() if heading not in withheld},
        roles={heading: role for heading, role in roles.items() if heading not in withheld},
        notes={
            kind: [note for note in row[kind] if note["column"] not in withheld]
            for kind in ("footnotes", "endnotes")
        },
    )
    _date(entry, row, dated, "date" in hidden_roles)
    _end(entry, row, "end_date" in hidden_roles)
    _time(entry, row, dated, "time" in hidden_roles)
    derive(entry)
    return entry


def _date(entry: Entry, row: Row, dated: Row, withheld: bool) -> None:
    if withheld:
        entry.refusal = DATE_HIDDEN
        return
    entry.date_raw = row["date_raw"] or ""
    entry.edtf = dated.get("edtf") or ""
    entry.earliest = _day(dated.get("earliest"))
    entry.latest = _day(dated.get("latest"))
    entry.qualifier = dated.get("qualifier") or ""
    entry.basis = row["basis"] or ""
    entry.rule = (dated.get("rule") or row["rule"] or "")[:80]
    entry.refusal = dated.get("reason") or ""


def _end(entry: Entry, row: Row, withheld: bool) -> None:
    """Until when, where the table has a column that says so and the agency did not hide it."""
    until = row["end_date"]
    if withheld or not until:
        return
    entry.end_raw = until["date_raw"] or ""
    entry.end_edtf = until["edtf"] or ""
    entry.end_earliest, entry.end_latest = _day(until["earliest"]), _day(until["latest"])


def _time(entry: Entry, row: Row, dated: Row, withheld: bool) -> None:
    if withheld and row["time_basis"] == "time_column":
        return
    entry.time_raw = (row["time_raw"] or "")[:200]
    entry.time_from = dated.get("time_from") or row["time_from"] or ""
    entry.time_to = dated.get("time_to") or row["time_to"] or ""
    entry.time_basis = (row["time_basis"] or "") if entry.time_from or entry.time_to else ""


def derive(entry: Entry) -> None:
    """What happened and the source of information, out of the cells that the review may see."""
    entry.what = _under(entry, "event")
    entry.source_of_information = _under(entry, "source")


def _under(entry: Entry, role: str) -> str:
    texts = (text for heading, text in entry.text.items() if entry.roles.get(heading) == role)
    return "\n".join(text for text in texts if text)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _queries(entry: Entry, row: Row, withheld: set[str]) -> Iterator[EntryQuery]:
    if any(row["roles"].get(heading) == "date" for heading in withheld):
        return
    for warning in row["warnings"]:
        yield EntryQuery(
            case=entry.case,
            entry=entry,
            kind=warning["code"],
            question=warning["message"],
            how_to_settle=_SETTLE.get(warning["code"], _SETTLE_OTHERWISE),
        )


def _held_in_row(entry: Entry, row: Row, withheld: set[str]) -> Iterator[HeldBack]:
    if entry.hidden:
        text = " – ".join(t for h, t in row["text"].items() if t and h not in withheld)
        yield _held(entry, HeldBack.Kind.HIDDEN_ROW, "", text)
    for heading in sorted(withheld):
        if row["text"].get(heading):
            yield _held(entry, HeldBack.Kind.HIDDEN_COLUMN, heading, row["text"][heading])
    for deleted in row["deleted"]:
        yield _held(entry, HeldBack.Kind.DELETED_TEXT, deleted["column"], deleted["text"])
    for comment in row["comments"]:
        yield _held(entry, HeldBack.Kind.COMMENT, comment["column"], _comment(comment))
    for note in [*row["footnotes"], *row["endnotes"]]:
        if note["column"] in withheld:
            yield _held(entry, HeldBack.Kind.COMMENT, note["column"], note["text"])


def _comment(comment: Row) -> str:
    return f"{comment['author']}: {comment['text']}".removeprefix(": ")


def _held(entry: Entry, kind: HeldBack.Kind, heading: str, text: str) -> HeldBack:
    where = f"sheet {entry.sheet}" if entry.sheet else f"table {entry.table}"
    return HeldBack(
        case=entry.case,
        submission=entry.submission,
        entry=entry,
        heading=heading or "",
        kind=kind,
        place=f"{where}, row {entry.row_index}",
        text=text,
    )


def _beside_the_rows(submission: Submission, answer: Row) -> tuple[list[HeldBack], list[Row]]:
    told = _told_in_rows(answer)
    held: list[HeldBack] = []
    plain: list[Row] = []
    for leak in answer["leaks"]:
        where, text = leak["where"], leak["text"]
        if _BESIDE_A_ROW.fullmatch(where) and told[text]:
            told[text] -= 1
        elif _PLAIN_TO_SEE.fullmatch(where) and not where.endswith(("comment", "deleted text")):
            plain.append(leak)
        else:
            held.append(
                HeldBack(
                    case=submission.case,
                    submission=submission,
                    kind=_outside_kind(where),
                    place=where[:300],
                    text=text,
                )
            )
    return held, plain


def _told_in_rows(answer: Row) -> Counter[str]:
    """Comments, notes and deleted text that a row holds already, so none is listed twice."""
    told: Counter[str] = Counter()
    for row in answer["rows"]:
        told.update(_comment(comment) for comment in row["comments"])
        told.update(note["text"] for note in [*row["footnotes"], *row["endnotes"]])
        told.update(deleted["text"] for deleted in row["deleted"])
    gone = (row["text"] for row in answer["non_entry_rows"] if row["kind"] == "deleted_row")
    told.update(cell for text in gone for cell in text.split(" | "))
    return told


def _outside_kind(where: str) -> HeldBack.Kind:
    if where.startswith(("properties", "file name")):
        return HeldBack.Kind.PROPERTY
    if where.startswith("hidden sheet"):
        return HeldBack.Kind.HIDDEN_SHEET
    if "deleted" in where:
        return HeldBack.Kind.DELETED_TEXT
    if "comment" in where:
        return HeldBack.Kind.COMMENT
    if where.startswith("hidden text"):
        return HeldBack.Kind.HIDDEN_TEXT
    return HeldBack.Kind.HEADER
