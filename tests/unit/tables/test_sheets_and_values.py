"""Excel, OpenDocument, old workbooks and CSV: values as shown, hidden things said, nothing lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from candour.engines.tables import Table, TableFile, read_tables
from candour.engines.tables.number_formats import parts_shown, shown

Maker = Callable[..., bytes]
HEAD = ("Date", "Time", "Event")


def read(data: bytes, name: str = "a.xlsx") -> TableFile:
    return read_tables(data, name)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(
    ("serial", "code", "text"),
    [
        (42045, "dd/mm/yyyy", "10/02/2015"),
        (41408, "d-mmm-yy", "14-May-13"),
        (40871, "ddd dd/mm/yy", "Thu 24/11/11"),
        (40817, "mmm-yy", "Oct-11"),
        (40817, "mmmm yyyy", "October 2011"),
        (40162, "[$-809]dd mmmm yyyy;@", "15 December 2009"),
        (42045.5833333, "dd/mm/yyyy hh:mm", "10/02/2015 14:00"),
        (0.3958333, "h:mm AM/PM", "9:30 AM"),
        (0.3958333, "hh:mm", "09:30"),
        (1.5, "[h]:mm", "36:00"),
        (41079, "General", "41079"),
        (3.14, "General", "3.14"),
        (0.5, "0%", "50%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (7, "000", "007"),
        (12.5, "£#,##0.00", "£12.50"),
        (59, "dd/mm/yyyy", "28/02/1900"),
        (61, "dd/mm/yyyy", "01/03/1900"),
    ],
)
def test_a_number_is_shown_as_excel_shows_it(serial: float, code: str, text: str) -> None:
    assert shown(serial, code) == text


def test_minutes_and_months_are_told_apart() -> None:
    assert parts_shown("mmm-yy") == {"m", "y"}
    assert parts_shown("hh:mm") == {"h", "n"}
    assert parts_shown("mm:ss") == {"n", "s"}
    assert parts_shown("General") == frozenset()


def test_true_dates_keep_their_serial_and_what_was_shown(workbook: Maker, sheet_row: Maker) -> None:
    rows = sheet_row(1, *HEAD) + sheet_row(2, 42045, 0.5625, "Visit", styles="130")
    cell = read(workbook(rows)).tables[0].rows[0].cells
    assert (cell[0].text, cell[0].true_date, cell[0].number) == (
        "10/02/2015",
        date(2015, 2, 10),
        42045,
    )
    assert cell[1].text == "13:30"
    assert cell[1].true_date is None


def test_a_1904_workbook_counts_from_1904(workbook: Maker, sheet_row: Maker) -> None:
    rows = sheet_row(1, *HEAD) + sheet_row(2, 39528, "", "Visit", styles="100")
    file = read(workbook(rows, date_1904=True))
    assert file.date_1904
    assert file.tables[0].rows[0].cells[0].true_date == date(2012, 3, 22)


def test_hidden_rows_columns_and_sheets_are_read_and_marked(
    workbook: Maker, sheet_row: Maker
) -> None:
    rows = sheet_row(1, *HEAD) + sheet_row(2, "1 May 2012", "", "x", hidden=True)
    columns = '<cols><col min="2" max="2" hidden="1"/></cols>'
    table = read(workbook(rows, before=columns, state="veryHidden")).tables[0]
    assert table.hidden
    assert [column.hidden for column in table.columns] == [False, True, False]
    assert [row.hidden for row in table.rows] == [True]


def test_a_merged_date_names_the_row_it_reaches_from(workbook: Maker, sheet_row: Maker) -> None:
    rows = sheet_row(1, *HEAD) + sheet_row(2, "1 May 2012", "", "x") + sheet_row(3, None, "", "y")
    data = workbook(
        rows.replace('<row r="3">', '<row r="3"><c r="A3"/>'),
        after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>',
    )
    assert [row.cells[0].merged_from for row in read(data).tables[0].rows] == [None, 2]


def test_rows_keep_the_numbers_excel_gives_them(workbook: Maker, sheet_row: Maker) -> None:
    rows = sheet_row(2, *HEAD) + sheet_row(5, "1 May 2012", "", "x")
    table = read(workbook(rows)).tables[0]
    assert table.header_row == 2
    assert [row.row_index for row in table.rows] == [5]
    assert [row.row_index for row in table.non_entry_rows] == [1, 3, 4]


def test_cells_that_look_like_formulas_stay_text(workbook: Maker, sheet_row: Maker) -> None:
    rows = sheet_row(1, *HEAD) + sheet_row(2, "1 May 2012", "", '=HYPERLINK("http://x","y")')
    assert texts(read(workbook(rows)).tables[0])[0][2] == '=HYPERLINK("http://x","y")'


def test_a_formula_without_its_result_is_said(workbook: Maker, sheet_row: Maker) -> None:
    rows = sheet_row(1, *HEAD) + (
        '<row r="2"><c r="A2"><f>TODAY()</f></c><c r="C2" t="inlineStr"><is><t>x</t></is></c></row>'
    )
    assert [p.code for p in read(workbook(rows)).problems] == ["formula_without_value"]


def test_cell_comments_headers_lists_and_sheet_names_stay_in_sight(
    workbook: Maker, sheet_row: Maker
) -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="c" Type="x/comments" Target="../comments1.xml"/></Relationships>'
    )
    file = read(
        workbook(
            sheet_row(1, *HEAD) + sheet_row(2, "1 May 2012", "", "x"),
            after=(
                "<headerFooter><oddHeader>&amp;LJo SMITH</oddHeader></headerFooter>"
                '<dataValidations><dataValidation><formula1>"Ann Lee,Bo '
                'Day"</formula1></dataValidation></dataValidations>'
            ),
            parts={
                "xl/worksheets/_rels/sheet1.xml.rels": links,
                "xl/comments1.xml": (
                    f"<comments {space}><authors><author>A B</author></authors>"
                    f'<commentList><comment ref="C2" authorId="0"><text><r><t>'
                    f"Not true</t></r></text></comment></commentList></comments>"
                ),
            },
        )
    )
    cell = file.tables[0].rows[0].cells[2]
    assert [(c.author, c.text) for c in cell.comments] == [("A B", "Not true")]
    found = {(leak.where, leak.text) for leak in file.leaks}
    assert {
        ("header", "Jo SMITH"),
        ("drop-down list", "Ann Lee,Bo Day"),
        ("sheet name", "Sheet1"),
    } <= found


def test_openpyxl_and_this_reader_agree_on_a_workbook_made_by_another_program() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Date", "Event"])
    sheet.append([datetime.fromisoformat("2012-03-22T14:30"), "Rich & <plain>\nsecond line"])
    stream = io.BytesIO()
    book.save(stream)
    row = read(stream.getvalue()).tables[0].rows[0]
    assert row.cells[0].true_date == datetime.fromisoformat("2012-03-22T14:30")
    assert row.cells[1].text == "Rich & <plain> second line"


def test_csv_keeps_line_breaks_signs_and_records() -> None:
    data = b'Export\r\n\r\nDate,Event\r\n04/25/2012,"one\r\ntwo, three"\r\n05/01/2012,=1+1\r\n'
    file = read(data, "a.csv")
    table = file.tables[0]
    assert (file.encoding, file.delimiter, table.header_row) == ("utf-8", ",", 3)
    assert [(r.row_index, r.cells[1].text) for r in table.rows] == [
        (4, "one two, three"),
        (5, "=1+1"),
    ]
    assert ("preamble", "Export") in [(leak.where, leak.text) for leak in file.leaks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_csv_encoding_and_separator_are_found(encoding: str, separator: str) -> None:
    lines = [("Date", "Event"), ("1 May 2012", "Cooper’s café"), ("2 May 2012", "£5")]
    data = "\n".join(separator.join(line) for line in lines).encode(encoding)
    file = read(data, "a.csv")
    assert file.delimiter == separator
    assert texts(file.tables[0]) == [["1 May 2012", "Cooper’s café"], ["2 May 2012", "£5"]]


def test_a_quotation_mark_never_closed_is_said_and_nothing_lost() -> None:
    file = read(b'Date,Event\n1 May 2012,"open\n2 May 2012,next\n', "a.csv")
    assert [p.code for p in file.problems] == ["quote_not_closed"]
    assert "2 May 2012,next" in texts(file.tables[0])[0][1]


def test_csv_rows_wider_than_the_header_keep_their_words() -> None:
    file = read(b"Date,Event\n1 May 2012,rang, no answer\n", "a.csv")
    assert texts(file.tables[0]) == [["1 May 2012", "rang", "no answer"]]


def odt_cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def odt_table(*rows: str) -> str:
    head = odt_cell("Date") + odt_cell("Event") + odt_cell("Response")
    return (
        "<table:table>"
        + "".join(f"<table:table-row>{row}</table:table-row>" for row in (head, *rows))
        + "</table:table>"
    )


def test_odt_changes_notes_comments_and_spaces(open_text: Maker) -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="d1">'
        "<text:deletion><office:change-info><dc:creator>A</dc:creator>"
        "</office:change-info>"
        "<text:p>old words</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>"
    )
    event = odt_cell(
        'Seen<text:s text:c="3"/>at<text:line-break/>home<text:change text:change-id="d1"/>'
        '<text:note text:note-class="footnote"><text:note-citation>'
        "1</text:note-citation><text:note-body><text:p>Foot</text:p>"
        "</text:note-body></text:note>"
        "<office:annotation><dc:creator>A B</dc:creator><text:p>"
        "Really?</text:p></office:annotation>.\n      Then left"
    )
    cell = (
        read(open_text(changes + odt_table(odt_cell("1 May 2012") + event + odt_cell(""))), "a.odt")
        .tables[0]
        .rows[0]
        .cells[1]
    )
    assert cell.text == "Seen at home. Then left"
    assert cell.deleted == ("old words",)
    assert cell.footnotes == ("Foot",)
    assert [(c.author, c.text) for c in cell.comments] == [("A B", "Really?")]


def test_odt_covered_and_nested_cells(open_text: Maker) -> None:
    nested = (
        "<table:table-cell><table:table><table:table-row>"
        + odt_cell("in")
        + odt_cell("side")
        + "</table:table-row></table:table></table:table-cell>"
    )
    first = odt_cell("1 May 2012", 'table:number-rows-spanned="2"') + nested + odt_cell("")
    second = "<table:covered-table-cell/>" + odt_cell("y") + odt_cell("")
    table = read(open_text(odt_table(first, second)), "a.odt").tables[0]
    assert [row.cells[0].merged_from for row in table.rows] == [None, 2]
    assert texts(table)[0][1] == "in side"


def test_an_encrypted_or_scripted_open_document_is_refused(open_text: Maker) -> None:
    from candour.engines.tables import UnreadableFile

    for mark, code in (
        ("<m:encryption-data/>", "password_protected"),
        ("Basic/Standard", "macros"),
    ):
        with pytest.raises(UnreadableFile) as caught:
            read(open_text("", parts={"META-INF/manifest.xml": mark}), "a.odt")
        assert caught.value.code == code


def test_an_old_workbook_is_read_with_its_dates_merges_and_hidden_sheet() -> None:
    made = Path(__file__).parent / "made" / "old-workbook.xls"
    file = read(made.read_bytes(), made.name)
    log, names = file.tables
    assert (file.format, file.date_1904) == ("xls", False)
    assert log.rows[0].cells[0].true_date == date(2012, 5, 1)
    assert texts(log)[0] == ["01/05/2012", "14:30", "Visit – “no reply”"]
    assert log.rows[1].cells[0].number == 41079
    assert [row.cells[0].merged_from for row in log.rows] == [None, None, None, 5]
    assert names.hidden
    assert ("hidden sheet Key", "HV2 | A Name") in [(k.where, k.text) for k in file.leaks]
    assert [problem.code for problem in file.problems] == ["reader_shows_less"]


def test_words_in_a_drawing_on_a_sheet_are_reported(workbook: Maker, sheet_row: Maker) -> None:
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="d" Type="x/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    drawing = (
        '<d:wsDr xmlns:d="d" xmlns:a="a"><d:sp><d:cNvPr descr="Photograph of Jo"/>'
        "<d:txBody><a:p><a:t>Ring Jo</a:t></a:p></d:txBody></d:sp></d:wsDr>"
    )
    parts = {"xl/worksheets/_rels/sheet1.xml.rels": link, "xl/drawings/drawing1.xml": drawing}
    file = read(workbook(sheet_row(1, *HEAD) + sheet_row(2, "1/5/2012", "", "Visit"), parts=parts))
    found = {(leak.where, leak.text) for leak in file.leaks}
    assert {("text box", "Ring Jo"), ("alt text", "Photograph of Jo")} <= found


def test_a_row_that_leaves_out_its_last_cells_keeps_the_others_under_their_headings(
    workbook: Maker, sheet_row: Maker
) -> None:
    rows = sheet_row(1, *HEAD) + sheet_row(2, "1/5/2012", None, "Visit") + sheet_row(3, "2/5/2012")
    found = read(workbook(rows)).tables[0]
    assert texts(found) == [["1/5/2012", "", "Visit"], ["2/5/2012", "", ""]]
