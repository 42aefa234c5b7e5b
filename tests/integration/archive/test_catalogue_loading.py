"""A catalogue brings facts and nothing else, however often it is loaded."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from candour.archive.catalogue import COLUMNS, load_catalogue
from candour.archive.deposits import withdraw
from candour.archive.indexing import index_pending
from candour.archive.models import Identifier, ReasonClass, ReviewRecord, TombstoneKind
from candour.kernel.errors import Invalid

pytestmark = pytest.mark.django_db(databases=["default", "archive"])


def catalogue(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "catalogue.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows({"collection": "other", "title": "Child X", **row} for row in rows)
    return path


def known(value: str) -> ReviewRecord:
    return Identifier.objects.get(type="catalogue", value=value).record


def test_the_whole_catalogue_loads_and_a_second_load_changes_nothing(samples: Path) -> None:
    first = load_catalogue(samples / "catalogue.csv")
    assert (first.added, first.not_loaded) == (173, ())
    second = load_catalogue(samples / "catalogue.csv")
    assert (second.added, second.changed, second.unchanged) == (0, 0, 173)
    assert ReviewRecord.objects.count() == 173


def test_a_bad_line_is_named_and_the_others_load(tmp_path: Path) -> None:
    report = load_catalogue(
        catalogue(
            tmp_path,
            {"id": "a"},
            {"id": "b", "published_on": "spring 2014"},
            {"id": "c", "collection": "secret"},
            {"id": "d", "title": ""},
            {"id": "e", "published_on": "2014-02-30"},
            {"id": "f"},
        )
    )
    assert report.added == 2
    assert [(fault.line, fault.id) for fault in report.not_loaded] == [
        (3, "b"),
        (4, "c"),
        (5, "d"),
        (6, "e"),
    ]
    assert "spring 2014" in report.not_loaded[0].reason


def test_a_file_without_a_column_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("id,title\n1,Child X\n", encoding="utf-8")
    with pytest.raises(Invalid, match="board"):
        load_catalogue(path)


def test_a_changed_line_changes_its_review_and_no_other(tmp_path: Path) -> None:
    load_catalogue(catalogue(tmp_path, {"id": "a"}, {"id": "b"}))
    before = known("a").pk
    report = load_catalogue(catalogue(tmp_path, {"id": "a", "year": "2012"}, {"id": "b"}))
    assert (report.changed, report.unchanged) == (1, 1)
    assert (known("a").pk, known("a").year_text) == (before, "2012")


def test_a_catalogue_never_brings_back_what_was_withdrawn(tmp_path: Path, visitor: Client) -> None:
    path = catalogue(tmp_path, {"id": "a", "title": "Child Gone"})
    load_catalogue(path)
    withdraw(known("a").pk, tombstone=TombstoneKind.NONE, reason_class=ReasonClass.COURT_ORDER)
    assert load_catalogue(path).kept == 1
    assert "Child Gone" not in visitor.get("/reviews").content.decode()


@pytest.mark.parametrize(
    ("title", "year", "text", "span"),
    [
        ("Child X", "2015", "2015", (2015, 2015)),
        ("Child X (2007-2008)", "", "2007-2008", (2007, 2008)),
        ("Child X (2010 and 2012)", "", "2010 and 2012", (2010, 2012)),
        ("Case 20111202", "", "", (None, None)),
    ],
)
def test_the_year_is_kept_as_the_source_gives_it(
    tmp_path: Path, title: str, year: str, text: str, span: tuple[int | None, int | None]
) -> None:
    load_catalogue(catalogue(tmp_path, {"id": "a", "title": title, "year": year}))
    review = known("a")
    assert (review.year_text, (review.year_from, review.year_to)) == (text, span)


def test_two_boards_make_a_joint_review_of_both(tmp_path: Path) -> None:
    load_catalogue(catalogue(tmp_path, {"id": "a", "board": "A Board; B Partnership"}))
    assert [p.name for p in known("a").publishers.all()] == ["A Board", "B Partnership"]


def test_an_unnamed_board_is_not_a_publisher(tmp_path: Path, visitor: Client) -> None:
    load_catalogue(catalogue(tmp_path, {"id": "a", "board": "unnamed LSCB (anonymous)"}))
    page = visitor.get(f"/review/{known('a').pk}").content.decode()
    assert "Published without naming the board" in page


def test_an_approximate_title_gives_way_to_the_label(tmp_path: Path, visitor: Client) -> None:
    load_catalogue(
        catalogue(
            tmp_path,
            {
                "id": "a",
                "title": "Review about Somebody",
                "subject_label": "SX",
                "note": "title wording approximate",
            },
        )
    )
    for address in ("/", "/reviews", f"/review/{known('a').pk}", "/feed.atom"):
        page = visitor.get(address).content.decode()
        assert "Review about Somebody" not in page
        assert "SX" in page


def test_an_address_cut_short_is_never_a_link(tmp_path: Path, visitor: Client) -> None:
    load_catalogue(
        catalogue(
            tmp_path,
            {"id": "cut", "url": "https://example.org/reviews/…"},
            {"id": "whole", "url": "https://example.org/reviews/x.pdf"},
        )
    )
    assert "example.org" not in visitor.get(f"/review/{known('cut').pk}").content.decode()
    assert (
        'href="https://example.org/reviews/x.pdf"'
        in visitor.get(f"/review/{known('whole').pk}").content.decode()
    )


def test_no_page_shows_where_the_facts_were_seen(samples: Path, visitor: Client) -> None:
    load_catalogue(samples / "catalogue.csv")
    index_pending()
    with (samples / "catalogue.csv").open(encoding="utf-8-sig", newline="") as file:
        sources = {r["source_url"] for r in csv.DictReader(file)} - {r["url"] for r in ()}
    seen = "".join(visitor.get(a).content.decode() for a in ("/", "/feed.atom", "/sitemap.xml"))
    seen += "".join(visitor.get(f"/reviews?page={n}").content.decode() for n in range(1, 8))
    for review in ReviewRecord.objects.all():
        seen += visitor.get(f"/review/{review.pk}").content.decode()
    assert not [source for source in sources if source and source in seen]
    assert seen.count("no copy of the report is held here") == 173


def test_the_catalogue_is_found_by_label_and_board(samples: Path, visitor: Client) -> None:
    load_catalogue(samples / "catalogue.csv")
    index_pending()
    page = visitor.get("/search?q=nursery+plymouth").content.decode()
    assert "Nursery Z" in page
    assert "“Child C” – 7 reviews carry this label" in (
        visitor.get("/reviews?label=Child+C").content.decode()
    )


def test_the_first_page_with_the_whole_catalogue_is_light(samples: Path, visitor: Client) -> None:
    load_catalogue(samples / "catalogue.csv")
    for address in ("/", "/reviews"):
        assert len(visitor.get(address).content) < 60_000, address


def test_the_command_loads_names_bad_lines_and_makes_the_entries_searchable(
    tmp_path: Path, visitor: Client
) -> None:
    path = catalogue(tmp_path, {"id": "a", "title": "Child Orchard"}, {"id": "b", "title": ""})
    out, err = StringIO(), StringIO()
    call_command("load_catalogue", path, stdout=out, stderr=err)
    assert out.getvalue().startswith("1 added, 0 changed")
    assert err.getvalue().startswith("line 3 (b):")
    assert "Child Orchard" in visitor.get("/search?q=orchard").content.decode()
