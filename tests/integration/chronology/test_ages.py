"""Ages and intervals stand beside entries, as far as uncertain days can tell, for reviewers."""

import csv
import io

import pytest
from django.urls import reverse
from tests import world
from tests.integration.chronology.conftest import Review

from candour.cases.access import Access
from candour.chronology.exports import Format, export
from candour.chronology.selectors import Filters
from candour.engines.tables import COLUMNS, Layout
from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.identities.services import enter


@pytest.fixture
def family(review: Review) -> Review:
    enter(
        access=review.manager,
        kind=Identity.Kind.PERSON,
        relationship=Identity.Relationship.SIBLING,
        pseudonym="Sibling 1",
        real=RealIdentity(forms=("Kit Fictional",), born="2011-01-03"),
    )
    return review


def page(access: Access, name: str = "integrated", query: str = "", **more: object) -> str:
    address = reverse(f"chronology:{name}", kwargs={"reference": access.case.reference} | more)
    answer = world.a_browser(access).get(address + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_entry_says_how_old_the_children_were_and_how_long_after_the_one_before(
    family: Review,
) -> None:
    listed = page(family.reviewer)

    # March 2014 may be any of its days; the others are certain.
    assert "Sibling 1: 3 years 1 or 2 months" in listed
    assert "Sibling 1: 3 years 2 months" in listed
    assert "Up to 30 days before or after number 3" not in listed
    assert "1 day after number 3" in listed
    assert "Kit" not in listed
    assert "Kit Fictional: 3 years 2 months" in page(family.reviewer, query="?names=shown")


def test_days_are_counted_from_an_entry_that_somebody_chose(family: Review) -> None:
    seen = family.entry("seen in the street by the health visitor")
    listed = page(family.reviewer, query=f"?counted={seen.pk}")

    assert "Days are counted from number 3, Testshire Health" in listed
    assert "1 day before number 3" in listed
    assert "2 days after number 3" in listed


def test_days_are_not_counted_from_an_entry_of_another_agency_or_none(family: Review) -> None:
    seen = family.entry("seen in the street by the health visitor")

    assert "Days are counted from" not in page(family.police, query=f"?counted={seen.pk}")
    assert "Days are counted from" not in page(family.reviewer, query="?counted=nonsense")


def test_an_entry_says_the_same_on_its_own_page(family: Review) -> None:
    spoke = family.entry("Officer spoke")
    opened = page(family.reviewer, "entry", entry_id=spoke.pk)

    assert "Sibling 1: 3 years 2 months" in opened
    assert "1 day after number 3" in opened


def test_an_agency_is_not_told_ages_out_of_the_register(family: Review) -> None:
    assert "Sibling 1:" not in page(family.health)


def test_a_file_holds_ages_and_intervals_where_they_are_asked_for(family: Review) -> None:
    def rows(access: Access) -> list[dict[str, str]]:
        made = export(
            access=access,
            file_format=Format.CSV,
            filters=Filters(),
            names=False,
            layout=Layout(COLUMNS),
        )
        return list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"))))

    found = {row["Event"]: row for row in rows(family.reviewer)}
    spoke = found["Officer spoke with Mother"]
    assert spoke["Ages of the children"] == "Sibling 1: 3 years 2 months"
    assert spoke["Since the entry before"] == "1 day"
    assert {row["Ages of the children"] for row in rows(family.police)} == {""}
