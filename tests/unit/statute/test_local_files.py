"""Which rule files of a partnership are in force, and what each says otherwise."""

import hashlib
from pathlib import Path

from candour.engines.statute.localfiles import local_files


def test_without_a_folder_nothing_is_changed() -> None:
    assert local_files(None) == ()


def test_each_value_stands_beside_the_products_with_its_mark_and_the_files_digest(
    tmp_path: Path,
) -> None:
    content = '[clock.C5]\nquantity = 20\nbasis = "verified"\n\n[clock.C4L]\nquantity = 9\n'
    (tmp_path / "WT2023.toml").write_text(content, encoding="utf-8")
    (found,) = local_files(tmp_path)
    assert found.sha256 == hashlib.sha256(content.encode()).hexdigest()
    said = {each.where: (each.shipped, each.local, each.mark) for each in found.changes}
    assert said["clock C5 quantity"] == ("15", "20", "verified")
    assert said["clock C4L quantity"][1:] == ("9", "local")


def test_a_rule_set_of_its_own_has_nothing_beneath_it(tmp_path: Path) -> None:
    (tmp_path / "WT2027.toml").write_text('like = "WT2023"\ntitle = "New"\n', encoding="utf-8")
    (found,) = local_files(tmp_path)
    assert {each.shipped for each in found.changes} == {"Not in the product"}


def test_a_file_that_cannot_be_read_says_so_and_the_others_are_still_shown(tmp_path: Path) -> None:
    (tmp_path / "calendar.toml").write_text("[[day\n", encoding="utf-8")
    (tmp_path / "WT2023.toml").write_text("[clock.C5]\nquantity = 20\n", encoding="utf-8")
    rules, calendar = local_files(tmp_path)
    assert rules.changes
    assert "cannot be read" in calendar.fault


def test_holidays_of_a_partnership_are_told_by_day_and_reason(tmp_path: Path) -> None:
    content = '[[day]]\nday = 2029-05-14\nchange = "holiday_added"\nreason = "Proclaimed"\n'
    (tmp_path / "calendar.toml").write_text(content, encoding="utf-8")
    (found,) = local_files(tmp_path)
    assert "2029-05-14" in found.changes[0].local
    assert "Proclaimed" in found.changes[0].local
