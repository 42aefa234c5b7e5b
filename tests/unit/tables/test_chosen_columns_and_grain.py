"""Files for publication: chosen columns, days told to the month, and where every row came from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prov.model import ProvDocument

from candour.engines.tables import (
    Grain,
    Integrated,
    Layout,
    chronology_csv,
    chronology_docx,
    chronology_pdf,
    chronology_xlsx,
    merge,
    provenance,
    read_chronology,
    read_tables,
)

AS_OF = date(2020, 1, 1)
ROWS = b"""Date,Time,Event
03/03/2014,16:25,Seen at school
between 3 and 5 April 2014,,Visit
before May 2015,,Moved house
in the spring?? or so,,Neighbour rang
"""


@pytest.fixture(scope="module")
def merged() -> Integrated:
    return merge([read_chronology(ROWS, "police.csv", as_of=AS_OF)])


def dates(merged: Integrated, grain: Grain) -> list[str]:
    layout = Layout(grain=grain)
    return [words["Date"] for _, words in layout.records(merged)]


def test_days_told_to_the_month_tell_no_day(merged: Integrated) -> None:
    assert dates(merged, Grain.MONTH) == [
        "March 2014",
        "April 2014",
        "until April 2015",
        "No date that could be read",
    ]
    assert dates(merged, Grain.DAY)[:2] == ["3 March 2014", "3 April 2014 to 5 April 2014"]


WRITERS: dict[str, Callable[[Integrated, Layout], bytes]] = {
    "docx": lambda found, layout: chronology_docx(found, "T", layout=layout),
    "xlsx": lambda found, layout: chronology_xlsx(found, "T", layout=layout),
    "csv": chronology_csv,
}


@pytest.mark.parametrize("kind", WRITERS)
def test_a_file_holds_the_chosen_columns_alone(merged: Integrated, kind: str) -> None:
    layout = Layout(columns=("Event", "Date", "Earliest", "Time"), grain=Grain.MONTH)
    made = WRITERS[kind](merged, layout)

    (table,) = read_tables(made, f"a.{kind}").tables
    assert [column.heading for column in table.columns] == ["Date", "Event"]
    words = " ".join(cell.text for row in table.rows for cell in row.cells)
    assert "03" not in words and "16:25" not in words
    assert len(table.rows) == 4


def test_a_column_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="Surname"):
        Layout(columns=("Surname",))
    with pytest.raises(ValueError, match="No column"):
        Layout(columns=("Time",), grain=Grain.MONTH)


def test_the_pdf_is_tagged_and_takes_words_as_words(merged: Integrated) -> None:
    rows = b'Date,Event\n3 March 2014,"#import ""x"" $a$ ] [ * _ \\ <b> @ref"\n'
    made = chronology_pdf(merge([read_chronology(rows, "a.csv", as_of=AS_OF)]), "A #title")
    assert made.startswith(b"%PDF") and b"/MarkInfo" in made and b"/StructTreeRoot" in made


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30))
def test_no_words_make_a_cell_a_formula(words: str) -> None:
    stream = io.StringIO(newline="")
    rows = [["Date", "Event"], ["3 March 2014", words], ["4 March 2014", "x"]]
    csv.writer(stream).writerows(rows)
    merged = merge([read_chronology(stream.getvalue().encode(), "a.csv", as_of=AS_OF)])
    told = chronology_csv(merged, Layout(columns=("Event",))).decode("utf-8-sig")
    cells = [row[0] for row in csv.reader(io.StringIO(told)) if row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_the_provenance_is_read_by_the_prov_library_and_traces_every_entry(
    merged: Integrated,
) -> None:
    told = provenance(merged, datetime(2020, 1, 1, tzinfo=UTC), {"police.csv": "ab"})
    read = ProvDocument.deserialize(content=json.dumps(told), format="json")

    kinds = [type(each).__name__ for each in read.get_records()]
    assert kinds.count("ProvDerivation") == kinds.count("ProvAttribution") == 4
    assert kinds.count("ProvEntity") == 5
