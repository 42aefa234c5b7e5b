"""Spreadsheets of LibreOffice (.ods): all that Excel files give, and rows written once for many."""

from collections.abc import Callable
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from candour.engines.dates import DayOrder
from candour.engines.tables import Table, TableFile, UnreadableFile, read_chronology, read_tables

Maker = Callable[..., bytes]
KIND = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "text", "table", "style", "number", "draw", "dc", "xlink")
)
HEAD = ("Date", "Event", "Response")


def words(text: str, **attributes: str) -> str:
    given = "".join(f' {name.replace("_", ":", 1).replace("_", "-")}="{value}"'
                    for name, value in attributes.items())  # fmt: skip
    return f"<table:table-cell{given}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    inner = "".join(each if each.startswith("<") else words(each) for each in cells)
    return f"<table:table-row {attributes}>{inner}</table:table-row>"


@pytest.fixture
def spreadsheet(package: Maker) -> Maker:
    """A spreadsheet of one sheet from its rows, with styles and what stands around it."""

    def make(
        *rows: str, styles: str = "", columns: str = "", around: str = "", name: str = "S",
        style: str = "", parts: dict[str, str] | None = None,
    ) -> bytes:  # fmt: skip
        content = (
            f"<office:document-content {SPACES}><office:automatic-styles>{styles}"
            "</office:automatic-styles><office:body><office:spreadsheet>"
            f'<table:table table:name="{name}" table:style-name="{style}">{columns}'
            f"{row(*HEAD)}{''.join(rows)}</table:table>{around}"
            "</office:spreadsheet></office:body></office:document-content>"
        )
        return package({"mimetype": KIND, "content.xml": content, **(parts or {})})

    return make


def read(data: bytes) -> TableFile:
    return read_tables(data, "a.ods")


def first(data: bytes) -> Table:
    return read(data).tables[0]


def dated(value: str, shown: str, style: str = "") -> str:
    return words(shown, office_value_type="date", office_date_value=value, table_style_name=style)


def test_a_day_is_kept_true_and_its_words_are_those_the_sheet_shows(spreadsheet: Maker) -> None:
    cell = first(spreadsheet(row(dated("2012-05-01", "Tue 1 May"), "Visit", ""))).rows[0].cells[0]
    assert (cell.true_date, cell.text) == (date(2012, 5, 1), "Tue 1 May")


def test_a_day_without_shown_words_is_written_out(spreadsheet: Maker) -> None:
    bare = '<table:table-cell office:value-type="date" office:date-value="2012-05-01T14:30:00"/>'
    cell = first(spreadsheet(row(bare, "Visit", ""))).rows[0].cells[0]
    assert (cell.true_date, cell.text) == (
        datetime.fromisoformat("2012-05-01T14:30"),
        "01/05/2012 14:30",
    )


def test_a_day_shown_as_a_month_means_the_month(spreadsheet: Maker) -> None:
    styles = (
        '<number:date-style style:name="N1"><number:month number:textual="true"/>'
        "<number:text>-</number:text><number:year/></number:date-style>"
        '<style:style style:name="c1" style:family="table-cell" style:data-style-name="N1"/>'
    )
    data = spreadsheet(row(dated("2012-05-01", "May-12", "c1"), "Visit", ""), styles=styles)
    entry = read_chronology(data, "a.ods", as_of=date(2020, 1, 1), day_order=DayOrder.AUTO).entries[
        0
    ]
    assert entry.row.cells[0].number_format == 'mmm"-"yy'
    assert (entry.date.reading.earliest, entry.date.reading.latest) == (
        date(2012, 5, 1),
        date(2012, 5, 31),
    )


def test_hidden_rows_columns_and_sheets_are_read_and_said_to_be_hidden(spreadsheet: Maker) -> None:
    styles = (
        '<style:style style:name="off" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        '<table:table-column-group table:display="false"><table:table-column/>'
        "</table:table-column-group>"
    )
    table = first(
        spreadsheet(
            row("1/5/2012", "Visit", "None", attributes='table:visibility="collapse"'),
            row("2/5/2012", "Call", "None", attributes='table:visibility="filter"'),
            row("3/5/2012", "Letter", "None"),
            f'<table:table-row-group table:display="false">{row("4/5/2012", "Text", "No")}'
            "</table:table-row-group>",
            styles=styles,
            columns=columns,
            style="off",
        )
    )
    assert table.hidden
    assert [column.hidden for column in table.columns] == [False, True, True]
    assert [each.hidden for each in table.rows] == [True, True, False, True]


def test_a_row_written_once_and_repeated_is_as_many_rows(spreadsheet: Maker) -> None:
    table = first(
        spreadsheet(
            row("1/5/2012", "Visit", "", attributes='table:number-rows-repeated="3"'),
            row(attributes='table:number-rows-repeated="2"'),
            row("2/5/2012", "Call", ""),
            row(attributes='table:number-rows-repeated="1048000"'),
        )
    )
    assert [each.row_index for each in table.rows] == [2, 3, 4, 7]


def test_a_cell_merged_down_reaches_into_the_rows_below(spreadsheet: Maker) -> None:
    table = first(
        spreadsheet(
            row(words("1/5/2012", table_number_rows_spanned="2"), "Visit", ""),
            row("<table:covered-table-cell/>", "Call", ""),
            row("3/5/2012", "Letter", ""),
        )
    )
    assert [each.cells[0].merged_from for each in table.rows] == [None, 2, None]
    assert [each.cells[1].text for each in table.rows] == ["Visit", "Call", "Letter"]


def test_notes_drawings_headers_lists_and_changes_are_reported_and_are_no_words_of_a_cell(
    spreadsheet: Maker,
) -> None:
    noted = (
        "<table:table-cell><office:annotation><dc:creator>A Name</dc:creator>"
        "<text:p>Check with B Name</text:p></office:annotation><text:p>Visit</text:p>"
        "<draw:custom-shape><text:p>Ring C Name</text:p></draw:custom-shape></table:table-cell>"
    )
    master = (
        f"<office:document-styles {SPACES}><office:master-styles><style:master-page>"
        "<style:header><text:p>D Name</text:p></style:header></style:master-page>"
        "</office:master-styles></office:document-styles>"
    )
    around = (
        "<table:content-validations><table:content-validation "
        'table:condition="&quot;E Name&quot;"/>'
        "</table:content-validations><table:tracked-changes><text:p>F Name</text:p>"
        "</table:tracked-changes>"
    )
    data = spreadsheet(row("1/5/2012", noted, ""), around=around, parts={"styles.xml": master})
    file = read(data)
    cell = file.tables[0].rows[0].cells[1]
    assert (cell.text, cell.comments[0].text, cell.comments[0].author) == (
        "Visit",
        "Check with B Name",
        "A Name",
    )
    said = SimpleNamespace(text=" ".join(f"{leak.where}: {leak.text}" for leak in file.leaks))
    for leak in ("text box: Ring C Name", "header: D Name", "E Name", "deleted text: F Name"):
        assert leak in said.text
    assert not file.problems


def test_a_bare_day_number_counts_from_the_sheets_own_day(spreadsheet: Maker) -> None:
    number = words("38965", office_value_type="float", office_value="38965")
    since = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/>'
        "</table:calculation-settings>"
    )
    data = spreadsheet(row(number, "Visit", ""), row("1/5/2012", "Call", ""), around=since)
    entry = read_chronology(data, "a.ods", as_of=date(2020, 1, 1)).entries[0]
    assert entry.date.reading.earliest == date(2010, 9, 6)


@pytest.mark.parametrize(
    "repeats",
    [
        'table:number-rows-repeated="900000"',
        'table:number-rows-repeated="190000"',
    ],
)
def test_a_sheet_that_repeats_words_without_end_is_refused(
    spreadsheet: Maker, repeats: str
) -> None:
    many = words("x", table_number_columns_repeated="190")
    with pytest.raises(UnreadableFile) as refused:
        read(spreadsheet(row("1/5/2012", many, attributes=repeats)))
    assert refused.value.code == "too_large_unpacked"
