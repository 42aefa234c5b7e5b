"""The walk through an invented reissue, held line by line: the page's own file and vectors."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from candour.engines.statute import Basis, due, read_rule_book, rule_set_in_force, rule_sets
from candour.engines.statute.command import main
from candour.engines.statute.rulefiles import use_local_rules
from candour.kernel.errors import Invalid

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "a-new-rule-set.md"


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found.group(1)


def vectors() -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(block("csv"))))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "WT2027.toml").write_text(block("toml"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def standing(folder: Path) -> Iterator[Path]:
    use_local_rules(folder)
    yield folder
    use_local_rules(None)


@pytest.mark.parametrize("row", vectors(), ids=lambda row: row["command"] + row["expected"][:40])
def test_the_pages_vectors_come_out_of_the_pages_file(row: dict[str, str], folder: Path) -> None:
    out = StringIO()
    assert main(["--rules", str(folder), row["command"]], [row["given"]], out) == 0
    answer, wanted = json.loads(out.getvalue()), json.loads(row["expected"])
    assert {key: answer[key] for key in wanted} == wanted


def test_the_rule_set_before_ends_by_itself_the_day_before(folder: Path) -> None:
    book = read_rule_book(folder)
    assert book.rule_set("WT2023").review.until == date(2027, 3, 31)
    assert book.in_force(date(2027, 4, 1), duty="notification").code == "WT2027"


def test_the_new_rule_set_stands_for_the_whole_product_and_goes_with_its_folder(
    standing: Path,
) -> None:
    assert rule_set_in_force(date(2027, 5, 1), duty="review").code == "WT2027"
    assert due("C1", "WT2027", date(2027, 5, 14)).due_date == date(2027, 5, 19)
    use_local_rules(None)
    assert rule_set_in_force(date(2027, 5, 1), duty="review").code == "WT2023"
    assert "WT2027" not in {each.code for each in rule_sets()}


def test_what_a_local_file_says_without_a_mark_is_marked_local(folder: Path) -> None:
    (folder / "WT2027.toml").write_text(block("toml") + "\n[clock.C6]\nquantity = 5\n", "utf-8")
    rules = read_rule_book(folder).rule_set("WT2027")
    assert rules.clock("C6").basis is Basis.LOCAL
    assert rules.clock("C1").basis is Basis.VERIFIED


def test_a_rule_set_like_one_that_is_not_there_is_refused_with_its_place(folder: Path) -> None:
    (folder / "WT2027.toml").write_text('like = "WT1066"\n', "utf-8")
    with pytest.raises(Invalid, match=r"WT2027\.toml, like: it must name a rule set"):
        read_rule_book(folder)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="There is no folder"):
        use_local_rules(tmp_path / "rules")


def test_a_proclaimed_holiday_of_the_local_calendar_is_counted_round(standing: Path) -> None:
    before = due("C1", "WT2023", date(2027, 7, 2)).due_date
    (standing / "calendar.toml").write_text(
        '[[day]]\nday = 2027-07-05\nchange = "holiday_added"\nreason = "Proclaimed"\n', "utf-8"
    )
    use_local_rules(standing / "..")  # another folder, and back: files are read once
    from candour.engines.statute import calendar

    calendar._overrides.cache_clear()
    use_local_rules(standing)
    after = due("C1", "WT2023", date(2027, 7, 2))
    assert (before, after.due_date) == (date(2027, 7, 9), date(2027, 7, 12))
    calendar._overrides.cache_clear()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("day = 3\n", r"calendar.toml, \[\[day\]\]: each day begins"),
        ('[[day]]\nday = "May"\n', "number 1: day must be a date"),
        ('[[day]]\nday = 2027-07-05\nchange = "moved"\n', "change must be one of holiday_added"),
        (
            '[[day]]\nday = 2027-07-05\nchange = "holiday_added"\n',
            "reason must say where the change was announced",
        ),
    ],
)
def test_a_mistake_in_the_calendar_file_is_refused_with_its_place(
    tmp_path: Path, text: str, said: str
) -> None:
    from candour.engines.statute.calendar import read_calendar_overrides

    (tmp_path / "calendar.toml").write_text(text, "utf-8")
    with pytest.raises(Invalid, match=said):
        read_calendar_overrides(tmp_path)
