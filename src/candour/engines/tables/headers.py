"""Where the headings of a table stand: by their wording, or by the dates that stand below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from candour.engines.tables.headings import looks_dated, role_scores
from candour.engines.tables.raw import RawCell, RawRow, RawTable

_ROWS_SEARCHED = 60
_LONGEST_HEADING = 80
_LONGEST_LATER_HEADING = 40
_FEWEST_DATED = 2
_SHARE_DATED = 0.6
_NOT_A_HEADING = ("unknown", "not ", "n/k", "tbc", "same")


def sections(raw: RawTable, chosen: Mapping[str, str]) -> Iterator[RawTable]:
    """Split a table where a second set of headings, different from the first, begins.

    Each part keeps the row numbers of the whole.
    """
    header = header_by_wording(raw.rows, chosen)
    start = 0
    for at, row in enumerate(raw.rows):
        after = header is not None and row.row_index > header.row_index
        if header is not None and after and _starts_anew(row, header, chosen):
            yield replace(raw, rows=raw.rows[start:at])
            start, header = at, row
    yield replace(raw, rows=raw.rows[start:])


def _starts_anew(row: RawRow, header: RawRow, chosen: Mapping[str, str]) -> bool:
    texts = [cell.content.text for cell in row.filled()]
    # Nearly every row has a long text: it is asked first.
    if len(texts) < 2 or max(map(len, texts)) > _LONGEST_LATER_HEADING:
        return False
    if row.row_index == header.row_index + 1 or repeats(row, header):
        return False
    if not _header_score(row, chosen):
        return False
    roles = {max(score, key=lambda role: score[role]) for t in texts if (score := role_scores(t))}
    return len(roles) >= max(2, len(texts) - 1) and not any(
        word in text.casefold() for text in texts for word in _NOT_A_HEADING
    )


def repeats(row: RawRow, header: RawRow) -> bool:
    """Whether a row says the headings again, as Word tables do on each page."""
    mine, theirs = row.filled(), header.filled()
    if len(mine) != len(theirs) or len(mine) < 2:
        return False
    pairs = zip(mine, theirs, strict=True)
    return row.header_mark or all(
        ours.content.text.casefold() == other.content.text.casefold() for ours, other in pairs
    )


def header_by_wording(rows: Sequence[RawRow], chosen: Mapping[str, str]) -> RawRow | None:
    """Return the row whose words say most about dates, events and the like."""
    best, best_score = None, 1
    for row in rows[:_ROWS_SEARCHED]:
        score = _header_score(row, chosen)
        if score > best_score:
            best, best_score = row, score
    return best


def _header_score(row: RawRow, chosen: Mapping[str, str]) -> int:
    cells = row.filled()
    texts = [cell.content.text for cell in cells]
    if len(cells) < 2 or row.deleted or max(map(len, texts)) > _LONGEST_HEADING:
        return 0
    if any(looks_dated(text) for text in texts):
        return 0
    scores = [role_scores(text) for text in texts]
    dated = any("date" in score or "recorded_on" in score for score in scores)
    dated = dated or any(chosen.get(text) == "date" for text in texts)
    return (sum(1 for score in scores if score) + row.header_mark) if dated else 0


def header_above_dates(rows: Sequence[RawRow]) -> RawRow | None:
    """Return the row of short texts just above the first date, where a column is mostly dates."""
    place = dated_column(rows)
    if place is None:
        return None
    first = next(at for at, row in enumerate(rows) if _dated_at(row, place))
    above = next((row for row in reversed(rows[:first]) if row.filled()), None)
    texts = [cell.content.text for cell in above.filled()] if above else []
    short = len(texts) > 1 and max(map(len, texts)) <= _LONGEST_HEADING
    return above if short and not any(map(looks_dated, texts)) else None


def dated_column(rows: Sequence[RawRow]) -> int | None:
    """Return the grid column that mostly holds dates, or None: one date does not make a column."""
    filled = [row for row in rows if len(row.filled()) > 1]
    counts: dict[int, int] = {}
    for row in filled:
        for cell in row.filled():
            if looks_dated(cell.content.text):
                counts[cell.first] = counts.get(cell.first, 0) + 1
    best = max(counts, key=lambda place: (counts[place], -place), default=None)
    if best is None or counts[best] < _FEWEST_DATED:
        return None
    first = next(at for at, row in enumerate(filled) if _dated_at(row, best))
    return best if counts[best] >= _SHARE_DATED * (len(filled) - first) else None


def _dated_at(row: RawRow, place: int) -> bool:
    return any(cell.first == place and looks_dated(cell.content.text) for cell in row.filled())


def with_second_line(header: RawRow, rows: Sequence[RawRow]) -> tuple[RawRow, RawRow | None]:
    """Return headings that stand on two rows as one, and the second row.

    A heading that spans columns has its own headings below; one that reaches down keeps its words.
    """
    below = next((row for row in rows if row.row_index == header.row_index + 1), None)
    wide = any(cell.span > 1 for cell in header.filled())
    if below is None or not wide or len(below.cells) <= len(header.cells):
        return header, None
    texts = [cell.content.text for cell in below.filled()]
    if any(len(t) > _LONGEST_LATER_HEADING or looks_dated(t) for t in texts) or len(texts) < 2:
        return header, None
    if any(cell.first == 0 for cell in below.filled()):
        return header, None
    cells = tuple(_headed(cell, header) for cell in below.cells)
    return replace(header, cells=cells), below


def _headed(cell: RawCell, header: RawRow) -> RawCell:
    if cell.content.lines and cell.merged_from is None:
        return cell
    over = [c for c in header.cells if c.first <= cell.first < c.first + c.span]
    return replace(cell, content=over[0].content, merged_from=None) if over else cell
