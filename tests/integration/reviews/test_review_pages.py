"""The commission through its pages: what is typed is kept, a double click has one effect."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import world

from candour.cases.access import Access
from candour.people.roles import Role
from candour.reviews.models import LeadReviewerAppointment, LineOfEnquiry, Review
from candour.reviews.selectors import agencies_in_scope, review_of

pytestmark = pytest.mark.django_db

DAY = {"commissioned_on-day": "1", "commissioned_on-month": "3", "commissioned_on-year": "2016"}
COMMISSION = {
    "label": "Child T",
    "by_method": "SILP",
    "asks_questions": "no",
    "below_criteria_reason": "The partners want to learn from it",
    **DAY,
}


@pytest.fixture
def manager() -> Access:
    return world.a_case()


@pytest.fixture
def browser(manager: Access) -> Client:
    return world.a_browser(manager)


def page(access: Access, path: str = "") -> str:
    return f"/cases/{access.case.reference}/review/{path}"


def once() -> dict[str, str]:
    return {"submission": str(uuid4())}


def test_the_page_says_how_to_begin(browser: Client, manager: Access) -> None:
    answer = browser.get(page(manager)).content.decode()
    assert "No review has been commissioned yet" in answer
    assert page(manager, "commission/") in answer


def test_a_double_click_commissions_one_review(browser: Client, manager: Access) -> None:
    sent = {**COMMISSION, **once()}
    for _ in range(2):
        answer = browser.post(page(manager, "commission/"), sent)
        assert (answer.status_code, answer["Location"]) == (302, page(manager))
    assert Review.objects.count() == 1


def test_a_refusal_keeps_what_was_typed(browser: Client, manager: Access) -> None:
    sent = {**COMMISSION, "below_criteria_reason": "", "label": "Child Zebra", **once()}
    answer = browser.post(page(manager, "commission/"), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "No decision to hold a review is in force" in text
    assert "Child Zebra" in text


def test_the_second_of_two_editors_sees_both_texts(browser: Client, manager: Access) -> None:
    world.a_review(manager)
    first = {"purpose": "First text", "version": "1", **once()}
    second = {"purpose": "Second text", "version": "1", **once()}
    assert browser.post(page(manager, "terms/"), first).status_code == 302

    answer = browser.post(page(manager, "terms/"), second)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "First text" in text and "Second text" in text
    assert review_of(manager).purpose == "First text"


def test_a_reviewer_is_declared_and_accepted_through_the_pages(
    browser: Client, manager: Access
) -> None:
    agency = world.an_agency_in_scope(manager)
    person = world.a_user("Robin Example")
    sent = {
        "person": str(person.pk),
        "second": "lead",
        "case_involvement": "none",
        "relation": "none",
        "commissioner_role": "none",
        "same_board_reviews": "0",
        "published_view": "none",
        "body_1": agency.name,
        "kind_1": "employed",
        "since_1-day": "1",
        "since_1-month": "1",
        "since_1-year": "1990",
        "until_1-day": "1",
        "until_1-month": "1",
        "until_1-year": "1995",
        **once(),
    }
    assert browser.post(page(manager, "reviewers/declare/"), sent).status_code == 302
    appointment = LeadReviewerAppointment.objects.get()
    assert appointment.declaration["engagements"][0]["body"] == agency.name

    chair = world.a_browser(world.a_member(manager, Role.CHAIR))
    place = page(manager, f"reviewers/{appointment.pk}/")
    assert "Robin Example" in chair.get(place).content.decode()
    accepted = chair.post(place + "accept/", {"reasons": "", **once()})
    assert (accepted.status_code, accepted["Location"]) == (302, place)
    assert world.access_for(person, manager.case).roles == {Role.LEAD_REVIEWER}


def test_lines_agencies_and_proceedings_are_entered_through_the_pages(
    browser: Client, manager: Access
) -> None:
    world.a_review(manager)
    agency = world.an_agency()
    entered = {
        "lines/add/": {"text": "Was the child seen alone?"},
        "agencies/add/": {"agency": str(agency.pk), "asked_for": "A chronology"},
        "proceedings/add/": {"kind": "inquest", "stands": "Opened and adjourned"},
    }
    for path, sent in entered.items():
        assert browser.get(page(manager, path)).status_code == 200
        assert browser.post(page(manager, path), {**sent, **once()}).status_code == 302, path
    text = browser.get(page(manager)).content.decode()
    for words in ("Was the child seen alone?", agency.name):
        assert words in text
    assert "Opened and adjourned" in browser.get(page(manager, "beside/")).content.decode()


def test_agencies_see_the_terms_and_not_the_plans_or_the_reviewers(manager: Access) -> None:
    agency = world.an_agency_in_scope(manager)
    world.a_browser(manager).post(
        page(manager, "terms/"),
        {"purpose": "To learn", "family_plan": "Visit the mother", "version": "1", **once()},
    )
    author = world.a_browser(world.a_member(manager, Role.AGENCY_AUTHOR, agency=agency))
    text = author.get(page(manager)).content.decode()
    assert "To learn" in text
    assert "Visit the mother" not in text
    for path in ("terms/", "terms/versions/", "terms/agree/", "commission/", "reviewers/declare/"):
        assert author.get(page(manager, path)).status_code == 404, path


def test_whoever_is_not_on_the_case_finds_nothing(manager: Access) -> None:
    world.a_review(manager)
    stranger = world.a_browser(world.a_case(world.a_partnership("Elsewhere Partnership")))
    assert stranger.get(page(manager)).status_code == 404


def test_the_review_page_asks_the_database_little(browser: Client, manager: Access) -> None:
    for number in range(12):
        world.an_agency_in_scope(manager, f"Body {number}")
    for number in range(10):
        LineOfEnquiry.objects.create(
            case=manager.case, review=review_of(manager), order=number, text="Why?"
        )
    assert agencies_in_scope(manager).count() == 12
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get(page(manager)).status_code == 200
    assert len(asked) <= 30
