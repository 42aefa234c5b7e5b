"""Which rows are entries, where the headings stand, and what each column is for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.engines.tables import guess_roles, read_tables
from candour.engines.tables.grid import build_tables
from candour.engines.tables.headings import ROLES
from candour.engines.tables.model import CellContent
from candour.engines.tables.raw import RawCell, RawRow, RawTable

Maker = Callable[..., bytes]


def across(text: str, width: int = 3) -> str:
    return (
        f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{width}"/></w:tcPr>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"
    )


def kinds(data: bytes) -> list[tuple[int, str]]:
    rows = read_tables(data, "a.docx").tables[0].non_entry_rows
    return [(row.row_index, row.kind) for row in rows]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (across("2012"), "year_row"),
        (across("Academic year 2011/12"), "year_row"),
        (across("Autumn term 2011"), "year_row"),
        (across("Before the review period"), "banner"),
        (("", "", ""), "blank"),
        (("Date", "Event", "Response"), "repeated_header"),
        (("DATE", "EVENT", "RESPONSE"), "repeated_header"),
        (("e.g. 01/01/2000", "Home visit", "None"), "guidance"),
        (("dd/mm/yyyy", "Say what happened", "Say what you did"), "guidance"),
    ],
)
def test_a_row_that_is_no_entry_is_kept_with_its_kind(
    word_table: Maker, row: tuple[str, ...] | str, kind: str
) -> None:
    data = word_table(("1 May 2012", "Visit", ""), row, ("2 May 2012", "Call", ""))
    assert kinds(data) == [(3, kind)]
    assert [r.row_index for r in read_tables(data, "a.docx").tables[0].rows] == [2, 4]


@pytest.mark.parametrize(
    "row",
    [
        ("", "A second contact the same day", ""),
        ("3 May 2012", "", ""),
        ("2012", "Several contacts in the year", ""),
        ("N/K", "Letter found", ""),
        ("", "", "Case closed"),
    ],
)
def test_a_row_with_little_in_it_is_still_an_entry(word_table: Maker, row: tuple[str, ...]) -> None:
    assert kinds(word_table(("1 May 2012", "Visit", ""), row)) == []


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Date", "date"),
        ("DATE OF EVENT", "date"),
        ("Date/Time", "date"),
        ("When", "date"),
        ("Period", "date"),
        ("End date", "end_date"),
        ("Date to", "end_date"),
        ("Time", "time"),
        ("Time of call", "time"),
        ("Significant event", "event"),
        ("What happened?", "event"),
        ("Description of incident", "event"),
        ("Source of information", "source"),
        ("Record seen", "source"),
        ("Action taken", "response"),
        ("Outcome", "response"),
        ("Author's comment", "comment"),
        ("Analysis", "comment"),
        ("Agency", "agency"),
        ("Name of worker", "staff"),
        ("Who recorded", "staff"),
        ("Date recorded", "recorded_on"),
        ("Entered on", "recorded_on"),
        ("Child seen / spoken to?", "child_seen"),
        ("Was the child seen alone?", "child_seen"),
        ("D.O.B.", "other"),
        ("NHS No", "other"),
    ],
)
def test_a_heading_speaks_for_its_role(heading: str, role: str) -> None:
    beside = ["Date of event"] if role in ("recorded_on", "end_date") else []
    assert guess_roles([heading, *beside])[heading] == role


def test_created_is_the_date_only_where_no_better_column_stands() -> None:
    assert guess_roles(["Created", "Closed", "Narrative"])["Created"] == "date"
    assert guess_roles(["Date", "Created", "Narrative"])["Created"] == "recorded_on"


def test_headings_in_unknown_words_are_settled_by_what_stands_below() -> None:
    rows = [["03/04/2012", "She was seen at the clinic with her mother and aunt."]] * 3
    assert guess_roles(["Dyddiad", "Hanes"], rows) == {"Dyddiad": "date", "Hanes": "event"}


@given(st.lists(st.text(max_size=30), max_size=8, unique=True))
def test_every_heading_gets_one_role_and_one_column_at_most_is_the_date(
    headings: list[str],
) -> None:
    roles = guess_roles(headings)
    assert set(roles) == set(headings)
    assert set(roles.values()) <= set(ROLES)
    assert list(roles.values()).count("date") <= 1


def test_a_chosen_role_takes_the_place_of_the_guess(word: Maker) -> None:
    def cells(*texts: str) -> str:
        inner = (f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts)
        return f"<w:tr>{''.join(inner)}</w:tr>"

    data = word(
        "<w:tbl>"
        + cells("Date logged", "Happened", "Event")
        + cells("2 May 2012", "1 May 2012", "x")
        + "</w:tbl>"
    )
    table = read_tables(data, "a.docx", {"Happened": "date"}).tables[0]
    assert table.heading_of("date") == "Happened"


def test_a_table_without_dates_is_no_chronology_and_its_words_are_leaks(word: Maker) -> None:
    row = (
        "<w:tr><w:tc><w:p><w:r><w:t>HV2</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>Amy Lane</w:t></w:r></w:p></w:tc></w:tr>"
    )
    file = read_tables(word(f"<w:tbl>{row}{row}</w:tbl>"), "a.docx")
    assert not file.tables[0].is_chronology
    assert ("table 1", "HV2 | Amy Lane") in [(leak.where, leak.text) for leak in file.leaks]
    assert [problem.code for problem in file.problems] == ["no_chronology"]


def made_row(*texts: str) -> str:
    inner = (
        text
        if text.startswith("<w:tc")
        else f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
        for text in texts
    )
    return f"<w:tr>{''.join(inner)}</w:tr>"


def made_table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def test_a_form_with_one_date_in_it_is_no_chronology(word: Maker) -> None:
    form = made_table(
        made_row("Name of child", "A B"),
        made_row("Date of birth", "01/02/2009"),
        made_row("Signed", "C D"),
    )
    chronology = made_table(made_row("Date", "Event"), made_row("1 May 2012", "x"))
    file = read_tables(word(form + chronology), "a.docx")
    assert [table.is_chronology for table in file.tables] == [False, True]
    assert ("table 1", "Signed | C D") in [(leak.where, leak.text) for leak in file.leaks]


def test_a_table_that_carries_on_without_headings_takes_those_before_it(word: Maker) -> None:
    first = made_table(made_row("Date", "Source", "Event"), made_row("1 May 2012", "s", "x"))
    second = made_table(made_row("2 May 2012", "s", "y"))
    tables = read_tables(word(first + second), "a.docx").tables
    assert [column.heading for column in tables[1].columns] == ["Date", "Source", "Event"]
    assert [row.row_index for row in tables[1].rows] == [1]


def test_headings_on_two_rows_are_read_as_one(word: Maker) -> None:
    wide = (
        '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r>'
        "<w:t>What was known</w:t></w:r></w:p></w:tc>"
    )
    rows = (made_row("Date", wide), made_row("", "Event", "Response"))
    data = word(made_table(*rows, made_row("1 May 2012", "x", "y")))
    table = read_tables(data, "a.docx").tables[0]
    assert [column.heading for column in table.columns] == ["Date", "Event", "Response"]
    assert [(row.row_index, row.kind) for row in table.non_entry_rows] == [(2, "repeated_header")]


def test_a_second_set_of_headings_begins_a_second_table_of_the_same_number(word: Maker) -> None:
    data = word(
        made_table(
            made_row("Date", "Event", "Response"),
            made_row("1 May 2012", "x", "r"),
            made_row("Outcome", "Date of visit", "What happened"),
            made_row("none", "2 May 2012", "y"),
        )
    )
    tables = read_tables(data, "a.docx").tables
    assert [(table.number, table.header_row) for table in tables] == [(1, 1), (1, 3)]
    assert tables[1].rows[0].cells[1].text == "2 May 2012"
    assert tables[1].heading_of("date") == "Date of visit"


@pytest.mark.parametrize("date", ["Date unknown", "Same day", "Day not known", "Period TBC"])
def test_a_row_that_speaks_of_dates_is_not_taken_for_headings(word_table: Maker, date: str) -> None:
    data = word_table(("1 May 2012", "Visit", ""), (date, "Details in file", "Action"))
    assert len(read_tables(data, "a.docx").tables[0].rows) == 2


def test_a_table_inside_a_frame_is_read_as_a_table(word: Maker) -> None:
    inner = made_table(made_row("Date", "Event"), made_row("1 May 2012", "x"))
    frame = f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Top</w:t></w:r></w:p>{inner}</w:tc></w:tr></w:tbl>"
    file = read_tables(word(frame), "a.docx")
    assert [row.cells[1].text for row in file.tables[0].rows] == ["x"]
    assert ("title", "Top") in [(leak.where, leak.text) for leak in file.leaks]


WORDS = st.one_of(
    st.sampled_from(["", "Date", "Event", "1 May 2012", "2012"]), st.text("ab 1", max_size=4)
)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), max_size=8))
def test_no_word_of_any_table_is_lost(rows: list[list[str]]) -> None:
    raw = RawTable(
        tuple(
            RawRow(
                at,
                tuple(
                    RawCell(CellContent(lines=" ".join(text.split())), place)
                    for place, text in enumerate(row)
                ),
            )
            for at, row in enumerate(rows, start=1)
        )
    )
    tables = build_tables([raw])
    seen: dict[int, str] = {}
    for table in tables:
        seen |= {row.row_index: " ".join(c.text for c in row.cells) for row in table.rows}
        seen |= {row.row_index: row.text for row in table.non_entry_rows}
        if table.header_row:
            seen[table.header_row] = " ".join(column.heading for column in table.columns)
    assert sorted(seen) == list(range(1, len(rows) + 1))
    for at, row in enumerate(rows, start=1):
        for text in row:
            assert " ".join(text.split()) in seen[at]
