"""Counts across reviews keep small numbers back, rank nobody, and lead to their paragraphs."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from tests.integration.archive.deposited import PARTNERSHIP, body, paragraphs_of, record

from candour.archive import looking
from candour.archive.deposits import deposit, withdraw
from candour.archive.indexing import index_pending
from candour.archive.models import (
    Course,
    Publisher,
    ReasonClass,
    ReviewRecord,
    Status,
    TombstoneKind,
)
from candour.archive.models.thesaurus import Term, Vocabulary
from candour.archive.regions import region_of, regions

pytestmark = pytest.mark.django_db(databases=["default", "archive"])


def catalogued(count: int, year: int, publisher: Publisher, **facts: object) -> list[ReviewRecord]:
    made = [
        ReviewRecord.objects.create(
            title=f"Review {number}",
            year_from=year,
            year_to=year,
            status=Status.CATALOGUE_ONLY,
            published_from=date(year, 6, 1),
            **facts,
        )
        for number in range(count)
    ]
    for one in made:
        one.publishers.add(publisher)
    return made


def page(visitor: Client, address: str) -> str:
    return str(visitor.get(address).content.decode())


@pytest.fixture
def board() -> Publisher:
    return Publisher.objects.create(name="Devon Safeguarding Children Board", slug="devon")


def test_an_empty_archive_says_what_is_missing(visitor: Client) -> None:
    for address in ("/look/years", "/look/themes", "/look/delay"):
        assert "not yet enough reviews" in page(visitor, address), address
    assert "No page on a theme" in page(visitor, "/look")
    assert "names another by its permanent reference yet" in page(visitor, "/look/citations")


def test_years_are_counted_without_gaps_and_invented_reviews_never(board: Publisher) -> None:
    catalogued(2, 2010, board)
    catalogued(1, 2012, board)
    catalogued(5, 2012, board, is_demonstration=True)
    assert [(bar.name, bar.count) for bar in looking.reviews_by_year()] == [
        ("2010", 2),
        ("2011", 0),
        ("2012", 1),
    ]


def test_a_small_number_with_a_theme_is_kept_back_and_shares_need_enough(
    visitor: Client, board: Publisher
) -> None:
    term = Term.objects.create(vocabulary=Vocabulary.THEME, code="sleep", label="Safe sleep")
    other = Term.objects.create(vocabulary=Vocabulary.THEME, code="other", label="Other")
    many, few = catalogued(12, 2014, board), catalogued(8, 2015, board)
    other.records.set([*many, *few])
    term.records.set([*many[:6], *few[:2]])
    rows = {bar.name: bar for bar in looking.theme_by_year(term)}
    assert (rows["2014"].count, rows["2014"].of, rows["2014"].per_cent) == (6, 12, 50)
    assert (rows["2015"].count, rows["2015"].of, rows["2015"].per_cent) == (None, 8, None)
    shown = page(visitor, "/look/themes?theme=sleep")
    assert "fewer than 5" in shown and "not shown" in shown and ">50%<" in shown


def test_delay_is_shown_by_name_over_ten_reviews_and_for_none_with_fewer(
    visitor: Client, board: Publisher
) -> None:
    small = Publisher.objects.create(name="Ayton Board", slug="ayton")
    for publisher, count in ((board, 10), (small, 9)):
        for one in catalogued(count, 2015, publisher):
            Course.objects.create(record=one, incident_month=date(2014, 1, 1), source="report")
    assert [(one.name, one.reviews, one.months) for one in looking.delay_by_board()] == [
        (board.name, 10, 17)
    ]
    shown = page(visitor, "/look/delay")
    assert board.name in shown and "Ayton" not in shown


def test_courses_are_loaded_line_by_line_and_impossible_ones_named(
    tmp_path: Path, board: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = catalogued(2, 2015, board)
    file = tmp_path / "courses.csv"
    file.write_text(
        "review,incident,reason,source\n"
        f"{one.pk},2014-03,criminal,report p. 4\n"
        f"{two.pk},2016-01,,report\n"
        "R-XXXX-XXXX,2014-01,,report\n",
        encoding="utf-8",
    )
    call_command("load_courses", str(file))
    said = capsys.readouterr()
    assert "1 taken, 2 not" in said.out
    assert "line 3" in said.err and "before the incident" in said.err and "line 4" in said.err
    assert Course.objects.get().record == one


def test_every_region_has_a_tile_and_the_longest_area_decides(
    visitor: Client, board: Publisher
) -> None:
    catalogued(3, 2015, board)
    assert len(regions()) == 9
    assert region_of("North East Lincolnshire Board") == "Yorkshire and the Humber"
    assert region_of("Lincolnshire Board") == "East Midlands"
    assert region_of("South Gloucestershire Board") == "South West"
    assert region_of("Nowhere Board") == ""
    shown = page(visitor, "/look/regions")
    assert shown.count("candour-chart__tile") == 9
    assert ">South West</th>" in shown.replace("\n", "")


def test_a_review_named_by_another_is_listed_until_either_is_withdrawn(visitor: Client) -> None:
    cited = deposit(record("d-cited", title="The one named"))
    parts = paragraphs_of(f"As review {cited.pk} found.", "See R-0000-0000 and no other.")
    citing = deposit(record("d-citing", title="The one naming", paragraphs=parts, html=body(parts)))
    index_pending()
    shown = page(visitor, "/look/citations")
    assert f"/review/{citing.pk}/v1/at/p-1" in shown and f"/review/{cited.pk}" in shown
    assert "R-0000-0000" not in shown
    withdraw(cited.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.ERROR)
    assert cited.pk not in page(visitor, "/look/citations")


THEME = """
slug = "safe-sleep"
title = "What reviews say on sleep"
signed_by = "{signed}"
signed_on = 2026-11-01
[[sentence]]
text = "Nobody asked where the baby slept."
review = "{review}"
version = 1
paragraph = "{anchor}"
"""


def publish(folder: Path, review: str, signed: str = "J. Keeper", anchor: str = "p-2") -> None:
    file = folder / "theme.toml"
    file.write_text(THEME.format(review=review, signed=signed, anchor=anchor), encoding="utf-8")
    call_command("publish_theme_page", str(file))


def test_a_theme_page_is_signed_and_leads_to_each_paragraph(
    visitor: Client, tmp_path: Path
) -> None:
    review = deposit(record(publishers=(replace(PARTNERSHIP, name="Theme Board"),)))
    with pytest.raises(CommandError, match="signed"):
        publish(tmp_path, review.pk, signed=" ")
    with pytest.raises(CommandError, match="Sentence 1"):
        publish(tmp_path, review.pk, anchor="p-99")
    publish(tmp_path, review.pk)
    shown = page(visitor, "/themes/safe-sleep")
    assert "signed by J. Keeper" in shown and f"/review/{review.pk}/v1/at/p-2" in shown
    withdraw(review.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.COURT_ORDER)
    shown = page(visitor, "/themes/safe-sleep")
    assert "Nobody asked" not in shown and "1 sentence left out" in shown
    assert visitor.get("/themes/none").status_code == 404
