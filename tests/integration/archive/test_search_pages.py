"""What a reader can do with the search: narrow it, count it, join searches, keep a list."""

import re
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from django.test import Client
from tests.integration.archive.deposited import PARTNERSHIP, body, paragraphs_of, record

from candour.archive.deposits import deposit, withdraw
from candour.archive.indexing import index_pending
from candour.archive.models import ReasonClass, ReviewRecord, ReviewType, TombstoneKind
from candour.archive.models.thesaurus import Term, Vocabulary

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

OTHER_BOARD = replace(PARTNERSHIP, name="Southmere Safeguarding Children Partnership")


def text_of(visitor: Client, address: str) -> str:
    return str(visitor.get(address).content.decode())


def found(page: str) -> list[str]:
    return re.findall(r'href="/review/([^/]+)/v1/at/', page)


@pytest.fixture
def reviews() -> dict[str, ReviewRecord]:
    made = {}
    for name, year, kind, publisher, words in (
        ("old", "2009", ReviewType.SCR, PARTNERSHIP, "A cot death; the baby slept on a sofa."),
        ("middle", "2014", ReviewType.SCR, OTHER_BOARD, "Neglect was seen by the school nurse."),
        ("new", "2021", ReviewType.LCSPR, OTHER_BOARD, "SUDI advice. Neglect of a sofa rule."),
    ):
        parts = paragraphs_of(words)
        made[name] = deposit(
            record(
                f"d-{name}",
                label=f"Child {name}",
                title=f"Review {name}",
                year_text=year,
                review_type=kind,
                publishers=(publisher,),
                paragraphs=parts,
                html=body(parts),
                abstract=f"Abstract of {name}.",
            )
        )
    term = Term.objects.create(vocabulary=Vocabulary.THEME, code="safe-sleep", label="Safe sleep")
    term.records.set([made["old"], made["new"]])
    index_pending()
    return made


def test_an_older_name_is_found_shown_and_can_be_switched_off(
    visitor: Client, reviews: dict[str, ReviewRecord]
) -> None:
    both = text_of(visitor, "/search?q=SUDI")
    assert set(found(both)) == {reviews["old"].pk, reviews["new"].pk}
    assert "cot death" in both and "Search only for the words typed" in both
    assert found(text_of(visitor, "/search?q=SUDI&names=off")) == [reviews["new"].pk]
    assert found(text_of(visitor, '/search?q="SUDI"')) == [reviews["new"].pk]


def test_filters_show_counts_and_narrow_and_do_not_narrow_themselves(
    visitor: Client, reviews: dict[str, ReviewRecord]
) -> None:
    page = text_of(visitor, "/search?q=sofa+OR+neglect")
    assert "Safe sleep (2)" in page and "2014 (1)" in page
    assert f"{OTHER_BOARD.name} (2)" in page
    narrowed = text_of(visitor, "/search?q=sofa+OR+neglect&theme=safe-sleep&year=2021")
    assert found(narrowed) == [reviews["new"].pk]
    assert "2009 (1)" in narrowed and "2014" not in re.sub("20140", "", narrowed)


def test_facts_can_be_typed_and_unknown_ones_are_refused(
    visitor: Client, reviews: dict[str, ReviewRecord]
) -> None:
    assert found(text_of(visitor, "/search?q=sofa+year:2020-2022")) == [reviews["new"].pk]
    assert found(text_of(visitor, "/search?q=neglect+board:southmere+type:SCR")) == [
        reviews["middle"].pk
    ]
    assert found(text_of(visitor, '/search?q=sofa+theme:"safe+sleep"+-advice')) == [
        reviews["old"].pk
    ]
    for typed in ("sofa+year:soon", "sofa+board:nowhere", "sofa+type:odd", "sofa+theme:odd"):
        answer = visitor.get(f"/search?q={typed}")
        assert answer.status_code == 422, typed


def test_the_order_can_be_by_year(visitor: Client, reviews: dict[str, ReviewRecord]) -> None:
    newest = found(text_of(visitor, "/search?q=sofa+OR+neglect&sort=newest"))
    assert newest == [reviews[name].pk for name in ("new", "middle", "old")]
    oldest = found(text_of(visitor, "/search?q=sofa+OR+neglect&sort=oldest"))
    assert oldest == newest[::-1]


def test_searches_are_numbered_counted_again_and_joined(
    visitor: Client, reviews: dict[str, ReviewRecord]
) -> None:
    page = text_of(visitor, "/search?h=sofa&h=neglect&q=%231+AND+%232")
    assert found(page) == [reviews["new"].pk]
    assert re.findall(r">([^<>]+)</a> \((\d+)\)</li>", page) == [
        ("sofa", "2"),
        ("neglect", "2"),
        ("#1 AND #2", "1"),
    ]
    assert '<input type="hidden" name="h" value="#1 AND #2">' in page
    assert visitor.get("/search?h=sofa&q=%233").status_code == 422


def test_a_mistyped_word_is_helped(visitor: Client, reviews: dict[str, ReviewRecord]) -> None:
    for number in range(2):
        parts = paragraphs_of("There was neglect by all.")
        deposit(record(f"d-{number}", paragraphs=parts, html=body(parts)))
    index_pending()
    assert ">neglect</a>?" not in text_of(visitor, "/search?q=neglect")
    assert "Did you mean" not in text_of(visitor, "/search?q=southmeer")


def test_what_is_on_the_list_goes_along_and_can_be_taken_away(
    visitor: Client, reviews: dict[str, ReviewRecord]
) -> None:
    place = f"{reviews['old'].pk}/v1#p-1"
    query = {"q": "sofa", "s": [place, f"{reviews['new'].pk}/v1#p-1", "nonsense"]}
    page = str(visitor.get("/search", query).content.decode())
    assert f'name="s" value="{place}"' in page and "My list (2)" in page
    assert "Abstract of old." in str(visitor.get("/list", query).content.decode())
    ris = str(visitor.get("/list.ris", query).content.decode())
    assert ris.count("TY  - RPRT") == 2 and ris.count("ER  - ") == 2
    assert "AB  - Abstract of new." in ris and f"/review/{reviews['old'].pk}/v1/at/p-1" in ris
    word = docx.Document(BytesIO(visitor.get("/list.docx", query).content))
    said = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "Abstract of old." in said and "slept on a sofa" in said
    assert "not an inquiry into cause or culpability" in said


def test_what_is_withdrawn_leaves_every_list_count_and_search_at_once(
    visitor: Client, reviews: dict[str, ReviewRecord]
) -> None:
    old = reviews["old"]
    withdraw(old.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.COURT_ORDER)
    place = f"{old.pk}/v1#p-1"
    assert "slept on a sofa" not in str(visitor.get("/list", {"s": place}).content.decode())
    assert "1 paragraph of the list can no longer be shown" in str(
        visitor.get("/list", {"s": place}).content.decode()
    )
    assert old.pk not in str(visitor.get("/list.ris", {"s": place}).content.decode())
    assert visitor.get("/search", {"like": place}).status_code == 404
    page = text_of(visitor, "/search?q=sofa")
    assert found(page) == [reviews["new"].pk] and "2009" not in page
    assert visitor.get(f"/review/{old.pk}/v1/at/p-1").status_code == 410


def test_more_like_one_paragraph_leaves_it_out_and_says_what_it_means(
    visitor: Client, reviews: dict[str, ReviewRecord]
) -> None:
    page = str(visitor.get("/search", {"like": f"{reviews['old'].pk}/v1#p-1"}).content.decode())
    assert found(page.partition('id="found"')[2]) == [reviews["new"].pk]
    assert "Sharing words is not sharing a cause" in page


def test_a_hit_opens_at_its_paragraph_with_its_words_marked(
    visitor: Client, reviews: dict[str, ReviewRecord]
) -> None:
    answer = visitor.get(f"/review/{reviews['old'].pk}/v1/at/p-1?q=SUDI")
    assert answer["Location"] == f"/review/{reviews['old'].pk}/v1?q=SUDI#p-1"
    page = text_of(visitor, answer["Location"])
    assert "<mark>cot</mark> <mark>death</mark>" in page
    assert "<mark>" not in text_of(visitor, f"/review/{reviews['old'].pk}/v1")
    assert visitor.get(f"/review/{reviews['old'].pk}/v1/at/p-99").status_code == 404


def test_the_search_says_all_that_it_understands(visitor: Client) -> None:
    assert "#1 AND #2" in text_of(visitor, "/search/help")
    assert "cot death" in text_of(visitor, "/search/other-names")
    assert "Do not type names or case details" in text_of(visitor, "/search")


@pytest.mark.parametrize(
    "query",
    [
        {"q": "(" * 400},
        {"q": "a OR " * 90},
        {"q": "x" * 100_000},
        {"q": "#1", "h": ["#1"]},
        {"q": "#10 #10 #10", "h": ["long " * 70, *["#1 #1 #1 #1"] * 9]},
        {"q": "sofa", "page": "9" * 50, "sort": "odd", "year": ["x"] * 500, "s": ["y"] * 500},
        {"like": "../../etc#passwd"},
        {"q": "\x00 sofa"},
    ],
)
def test_a_question_made_to_hurt_is_answered_quickly_or_refused(
    visitor: Client, reviews: dict[str, ReviewRecord], query: dict[str, object]
) -> None:
    assert visitor.get("/search", query).status_code in (200, 404, 422)
