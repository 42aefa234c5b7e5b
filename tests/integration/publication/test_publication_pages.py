"""Publication on its pages: holds, clearance, publishing with the password shown again."""

import re

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from tests import world
from tests.queries import at_most

from candour.archive.models import ReviewRecord, Status
from candour.cases.access import Access
from candour.kernel import clock
from candour.people.models import User
from candour.people.roles import Role
from candour.platform.worker import run_due
from candour.publication.models import Hold, Publication
from candour.publication.services.prepare import prepare

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

TOKEN = "7f8b1a1e-4b3f-4f57-9a53-0f1c1a9b8d0{}"


def at(access: Access, page: str, **parts: object) -> str:
    return reverse(f"publication:{page}", kwargs={"reference": access.case.reference, **parts})


def just_confirmed(access: Access) -> Client:
    """A browser in which the person has just shown the password again."""
    browser = world.a_browser(access)
    person = User.objects.get(pk=access.actor.id)
    request = HttpRequest()
    request.session = browser.session
    record_authentication(request, person, method="password")
    request.session.save()
    return browser


def as_day(name: str, value: object) -> dict[str, str]:
    year, month, day = str(value).split("-")
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


def test_publication_is_prepared_hold_by_hold_on_the_page(manager: Access) -> None:
    browser = world.a_browser(manager)
    page = at(manager, "publication")
    assert "Nobody has begun" in browser.get(page).content.decode()
    browser.post(page, {"submission": TOKEN.format(1)})
    assert "Criminal trial or appeal: nobody has answered" in browser.get(page).content.decode()
    told = {"answer": "clear", "note": "The court clerk, today", "version": 1, "submission": ""}
    browser.post(at(manager, "hold", kind="trial"), told)
    shown = browser.get(page).content.decode()
    assert "The court clerk, today" in shown
    assert "Criminal trial or appeal: nobody has answered" not in shown


def test_two_answers_to_one_hold_give_409_with_the_one_saved(manager: Access) -> None:
    prepare(access=manager)
    browser = world.a_browser(manager)
    told = {"answer": "clear", "note": "First note", "version": 1, "submission": ""}
    browser.post(at(manager, "hold", kind="trial"), told)
    late = browser.post(at(manager, "hold", kind="trial"), {**told, "note": "Second note"})
    assert late.status_code == 409
    assert "First note" in late.content.decode()
    assert "Second note" in late.content.decode()
    assert Hold.objects.get(kind="trial").note == "First note"


def test_the_copy_and_the_day_are_recorded_and_an_early_day_stays_on_the_form(
    manager: Access,
) -> None:
    prepare(access=manager)
    browser = world.a_browser(manager)
    today = clock.today()
    sent = browser.post(
        at(manager, "copy"), {**as_day("sent_on", today), "version": 1, "submission": ""}
    )
    assert sent.status_code == 302
    early = browser.post(
        at(manager, "day"), {**as_day("publish_on", today), "version": 2, "submission": ""}
    )
    assert early.status_code == 422
    assert "earliest day is" in early.content.decode()


def test_a_report_is_cleared_by_two_published_and_said_to_be_on_its_way(manager: Access) -> None:
    check = world.a_check(manager)
    assert check.bundle is not None
    publication = world.a_prepared_publication(manager)
    partner = world.a_member(manager, Role.CHAIR)
    clearing = at(manager, "clear", digest=check.bundle.sha256)
    for number, access in enumerate((manager, partner)):
        told = {"read": "on", "submission": TOKEN.format(number + 2)}
        assert world.a_browser(access).post(clearing, told).status_code == 302
    browser = just_confirmed(partner)
    assert "Go to publish" in browser.get(at(manager, "publication")).content.decode()
    told = {"reason": "The board decided", "sure": "on", "submission": TOKEN.format(5)}
    done = browser.post(at(manager, "publish"), told)
    assert done.status_code == 302
    assert "Being published" in browser.get(done["Location"]).content.decode()
    # A double click goes to the same place and publishes once.
    assert browser.post(at(manager, "publish"), told)["Location"] == done["Location"]
    run_due()
    publication.refresh_from_db()
    shown = browser.get(at(manager, "publication")).content.decode()
    assert publication.archive_record_id in shown
    assert "stands in the archive" in browser.get(done["Location"]).content.decode()


def test_publishing_asks_for_the_password_again(manager: Access) -> None:
    world.a_check(manager)
    world.a_prepared_publication(manager)
    chair = world.a_member(manager, Role.CHAIR)
    answer = world.a_browser(chair).get(at(manager, "publish"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/confirm/")


def test_a_report_with_something_in_the_way_is_refused_on_the_page_and_nothing_typed_is_lost(
    manager: Access,
) -> None:
    prepare(access=manager)
    chair = world.a_member(manager, Role.CHAIR)
    told = {"reason": "A long reason", "sure": "on", "submission": TOKEN.format(6)}
    answer = just_confirmed(chair).post(at(manager, "publish"), told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A long reason" in page
    assert "nobody has answered this hold" in page


def test_a_report_is_withdrawn_on_its_page_and_the_purge_is_shown_as_pending(
    manager: Access, django_capture_on_commit_callbacks: object
) -> None:
    publication, partner = world.a_published_report(manager)
    browser = just_confirmed(partner)
    told = {
        "reason_class": "court_order",
        "tombstone": "bare",
        "public_text": "",
        "reason": "An order of the High Court",
        "sure": "on",
        "submission": TOKEN.format(7),
    }
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        done = browser.post(at(manager, "withdraw"), told)
    assert done.status_code == 302
    publication.refresh_from_db()
    assert publication.state == Publication.State.WITHDRAWN
    assert ReviewRecord.objects.get().status == Status.WITHDRAWN
    shown = browser.get(at(manager, "publication")).content.decode()
    assert "Purge pending" in shown
    assert "An order of the High Court" in shown


def test_pages_of_publication_ask_no_more_than_thirty_times(manager: Access) -> None:
    check = world.a_check(manager)
    publication = world.a_prepared_publication(manager)
    world.cleared_by_two(manager, publication, check)
    browser = world.a_browser(manager)
    for page in ("publication", "copy", "day", "published"):
        with at_most(30):
            assert browser.get(at(manager, page)).status_code == 200


@pytest.mark.parametrize("role", [Role.LEAD_REVIEWER, Role.SUB_GROUP, Role.ACTION_OWNER])
def test_who_may_not_publish_finds_no_way_to(manager: Access, role: Role) -> None:
    prepare(access=manager)
    other = just_confirmed(world.a_member(manager, role))
    assert other.get(at(manager, "publish")).status_code in (403, 404)
    assert not re.search("Go to publish", other.get(at(manager, "publication")).content.decode())
