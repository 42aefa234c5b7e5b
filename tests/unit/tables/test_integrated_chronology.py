"""One chronology out of many: order, names, and files that are safe to open."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.engines.tables import (
    COLUMNS,
    ChronologyFile,
    Grain,
    Integrated,
    Layout,
    chronology_csv,
    chronology_docx,
    chronology_json,
    chronology_xlsx,
    merge,
    read_chronology,
    read_tables,
)
from candour.engines.tables.colours import TEXT, TINTS, contrast, tint_of
from candour.engines.tables.command import agencies_given, merge_command, read_command
from candour.engines.tables.export_sheets import without_formula
from candour.engines.tables.integrated import HEADINGS, record

AS_OF = date(2020, 1, 1)


def file_of(name: str, *rows: str, head: str = "Date,Event") -> ChronologyFile:
    return read_chronology("\n".join([head, *rows]).encode(), name, as_of=AS_OF)


def events(integrated: Integrated) -> list[str]:
    return [entry.words("event") for entry in integrated.entries]


def test_the_order_is_earliest_latest_time_agency_and_place() -> None:
    one = file_of("b.csv", "May 2012,month", "1 May 2012,b first", "1 May 2012 09:00,b timed")
    two = file_of("a.csv", "1 May 2012,a first", "before 3 April 2012,before", "N/K,unknown")
    assert events(merge([one, two])) == [
        "before",
        "a first",
        "b first",
        "b timed",
        "month",
        "unknown",
    ]


def test_a_suggested_time_does_not_decide_the_order() -> None:
    one = file_of("b.csv", "1 May 2012,Seen at 3pm")
    two = file_of("a.csv", "1 May 2012 14:00,timed")
    assert events(merge([one, two])) == ["Seen at 3pm", "timed"]
    assert record(merge([one]).entries[0])["Time"] == "15:00 [from the words]"


def test_an_agency_is_named_as_given_else_by_its_column_else_by_its_file() -> None:
    given_name = merge([file_of("x.csv", "1 May 2012,a")], {"x.csv": "Housing"})
    column = merge([file_of("y.csv", "1 May 2012,Police,a", head="Date,Agency,Event")])
    by_file = merge([file_of("z.csv", "1 May 2012,a")])
    assert [m.entries[0].agency for m in (given_name, column, by_file)] == [
        "Housing",
        "Police",
        "z",
    ]


ENTRY = st.tuples(
    st.sampled_from(["1 May 2012", "May 2012", "2012", "N/K", "before 1 June 2012", "ditto"]),
    st.text(alphabet="abc", min_size=1, max_size=3),
)


@given(st.lists(st.lists(ENTRY, min_size=1, max_size=5), min_size=1, max_size=4))
def test_merging_keeps_every_entry_once_in_one_order(files: list[list[tuple[str, str]]]) -> None:
    read = [
        file_of(f"{at}.csv", *(f"{day},{event}" for day, event in rows))
        for at, rows in enumerate(files)
    ]
    merged = merge(read)
    assert sorted(events(merged)) == sorted(event for rows in files for _, event in rows)
    backwards = merge(list(reversed(read)))
    assert [(e.file, e.order) for e in backwards.entries] == [
        (e.file, e.order) for e in merged.entries
    ]
    assert all(a.must_refuse <= b.must_refuse for a, b in pairwise(merged.entries))


def test_a_date_taken_from_elsewhere_says_so() -> None:
    file = file_of("a.csv", "2012,,", "1 May,x,", ",y,", head="Date,Event,Response")
    dates = [record(entry)["Date"] for entry in merge([file]).entries]
    assert dates == ["1 May [2012]", "[as the row above]"]


def test_every_column_and_note_is_among_the_words_shown() -> None:
    file = file_of("a.csv", "1 May 2012,x,REF9,PC Day", head="Date,Event,Log number,Officer")
    shown = " ".join(record(merge([file]).entries[0]).values())
    assert "Log number: REF9" in shown
    assert "Officer: PC Day" in shown
    assert "a.csv, table 1, row 2" in shown


def test_the_day_until_which_it_lasted_has_a_column_of_its_own_and_decides_among_equals() -> None:
    file = file_of(
        "a.csv",
        "1 May 2012,10.5.12,in hospital,x",
        "1 May 2012,,admitted,y",
        "1 May 2012,3 May 2012,away,z",
        head="Date,Date ended,Event,Response",
    )
    merged = merge([file])
    assert events(merged) == ["admitted", "away", "in hospital"]
    shown = [words for _, words in Layout().records(merged)]
    assert [words["Until"] for words in shown] == [
        "",
        "3 May 2012 [03/05/2012]",
        "10.5.12 [10/05/2012]",
    ]
    assert not any("Date ended" in words["Other details"] for words in shown)
    months = [words["Until"] for _, words in Layout(grain=Grain.MONTH).records(merged)]
    assert months == ["", "May 2012", "May 2012"]


def test_ages_and_intervals_are_written_only_where_asked_for_and_not_to_the_month() -> None:
    file = file_of("a.csv", "1 May 2012,a", "May 2012,b", "N/K,c", "3 June 2012,d")
    merged = replace(merge([file]), births=(("Child R", date(2011, 1, 3), None),))
    rows = list(csv.DictReader(io.StringIO(chronology_csv(merged).decode("utf-8-sig"))))
    assert not {"Ages of the children", "Since the entry before"} & set(rows[0])

    wanted = Layout(COLUMNS)
    rows = list(csv.DictReader(io.StringIO(chronology_csv(merged, wanted).decode("utf-8-sig"))))
    assert [(row["Ages of the children"], row["Since the entry before"]) for row in rows] == [
        ("Child R: 1 year 3 months", ""),
        ("Child R: 1 year 3 or 4 months", "up to 30 days"),
        ("Child R: 1 year 5 months", "between 3 and 33 days"),
        ("", ""),
    ]
    assert "Ages of the children" not in Layout(COLUMNS, Grain.MONTH).headings


DANGEROUS = ["=1+1", "+44 20", "-no", "@SUM(A1)", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_the_csv_starts_as_a_formula(text: str) -> None:
    quoted = text.replace('"', '""')
    data = chronology_csv(merge([file_of("a.csv", f'1 May 2012,"{quoted}"')]))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == list(HEADINGS)
    assert rows[1][rows[0].index("Event")] == f"'{text}"


@given(st.text())
def test_only_dangerous_text_gets_an_apostrophe(text: str) -> None:
    assert without_formula(text).endswith(text)
    assert not without_formula(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_the_workbook_is_a_formula_or_a_link(text: str) -> None:
    quoted = text.replace('"', '""')
    data = chronology_xlsx(merge([file_of("a.csv", f'1 May 2012,"{quoted}"')]), "T")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.lower()
    assert read_tables(data, "a.xlsx").tables[0].rows[0].cells[6].text == text


def test_a_cell_beyond_excels_limit_goes_on_in_the_row_below() -> None:
    long = "x" * 40_000
    data = chronology_xlsx(merge([file_of("a.csv", f"1 May 2012,{long}")]), "T")
    rows = read_tables(data, "a.xlsx").tables[0].rows
    assert sum(len(row.cells[6].text) for row in rows) == 40_000


def test_the_word_file_is_a3_landscape_with_its_headings_on_every_page() -> None:
    from docx import Document

    entries = merge([file_of("a.csv", '1 May 2012,"two\nlines & <signs>"')])
    document = Document(io.BytesIO(chronology_docx(entries, "Integrated chronology")))
    section = document.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((420, 297), abs=0.1)
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert document.core_properties.title == "Integrated chronology"
    assert document.core_properties.language == "en-GB"
    xml = document.element.xml
    assert xml.count("<w:tblHeader/>") == 1
    assert document.tables[0].rows[1].cells[6].text == "two\nlines & <signs>"


def test_the_exports_read_back_as_the_same_dates() -> None:
    merged = merge([file_of("a.csv", "1 May 2012,x", "May 2013,y", "c. 2014,z", "N/K,w")])
    wanted = [(e.date.reading.earliest, e.date.reading.latest) for e in merged.entries]
    for name, data in (
        ("m.docx", chronology_docx(merged, "T")),
        ("m.xlsx", chronology_xlsx(merged, "T")),
        ("m.csv", chronology_csv(merged)),
    ):
        again = read_chronology(data, name, as_of=AS_OF)
        found = [(e.date.reading.earliest, e.date.reading.latest) for e in again.entries]
        assert found == wanted, name


def test_the_json_holds_entries_and_the_problems_of_each_file() -> None:
    shape = json.loads(chronology_json(merge([file_of("a.csv", '1 May 2012,"open')])))
    assert [entry["date_raw"] for entry in shape["entries"]] == ["1 May 2012"]
    assert [(p["file"], p["code"]) for p in shape["problems"]] == [("a.csv", "quote_not_closed")]


def test_agency_colours_pass_enhanced_contrast() -> None:
    assert min(contrast(tint, TEXT) for tint in TINTS) >= 7
    assert len(set(TINTS)) == len(TINTS)
    assert contrast("FFFFFF", "000000") == pytest.approx(21)
    assert len(tint_of([str(n) for n in range(40)])) == 40


def test_read_gives_a_line_a_file_and_says_which_was_unreadable(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.docx"
    good.write_text("Date,Event\n1 May 2012,x\n")
    bad.write_bytes(b"%PDF-1.4")
    lines, code = read_command([good, bad, tmp_path / "none.csv"], None, AS_OF)
    first, second, third = map(json.loads, lines)
    assert code == 1
    assert first["rows"][0]["earliest"] == "2012-05-01"
    assert (second["file"], second["problems"][0]["code"]) == ("bad.docx", "pdf")
    assert third["problems"][0]["code"] == "cannot_open"


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv", "json"])
def test_merge_writes_what_could_be_read_and_names_what_could_not(
    tmp_path: Path, ending: str
) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.docx"
    good.write_text("Date,Event\n1 May 2012,x\n")
    bad.write_bytes(b"")
    out = tmp_path / f"all.{ending}"
    lines, code = merge_command([good, bad], out, None, AS_OF, {"good.csv": "Housing"})
    assert code == 1
    assert json.loads(lines[0])["problems"][0]["code"] == "empty"
    assert out.stat().st_size > 0


def test_an_ending_that_is_not_known_is_bad_usage(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="--out must end in"):
        merge_command([], tmp_path / "all.pdf", None, AS_OF)


def test_agencies_are_given_as_file_and_name() -> None:
    assert agencies_given(["folder/a=b.csv=Housing"]) == {"a=b.csv": "Housing"}
    with pytest.raises(ValueError, match="FILE=NAME"):
        agencies_given(["a.csv"])


def test_the_engine_starts_without_django() -> None:
    code = (
        "import sys, candour.engines.tables.command;"
        "print([m for m in sys.modules if m.split('.')[0] in"
        " ('django', 'pydantic', 'holidays', 'docx', 'xlsxwriter', 'python_calamine')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
