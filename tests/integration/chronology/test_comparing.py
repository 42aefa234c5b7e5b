"""Comparing as work of its own: asked for, done by the worker, dated, out of date when it is."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker
from tests import world
from tests.integration.chronology.compared import HEALTH, Compared, build, send

from candour.chronology.models import ComparisonAsked, SameEvent
from candour.chronology.selectors.comparing import standing
from candour.chronology.services import comparing
from candour.chronology.services.comparing import ask_to_compare
from candour.chronology.services.matching import confirm_same_event, decline_same_event
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, NotPermitted
from candour.people.roles import Role
from candour.platform.health import WORKER_BEAT
from candour.platform.mail import notifications_of
from candour.platform.models import Job, Mail, Marker
from candour.platform.worker import run_due

pytestmark = pytest.mark.django_db(databases=["default", "archive"])


@pytest.fixture(scope="module")
def compared(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Compared]:
    """Built once; whatever the tests of this module write is rolled back after each."""
    with django_db_blocker.unblock(), transaction.atomic("default"), transaction.atomic("archive"):
        made = build()
        run_due()
        yield made
        transaction.set_rollback(True, "default")
        transaction.set_rollback(True, "archive")


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the case had more entries than are compared while the page waits."""
    monkeypatch.setattr(comparing, "AT_ONCE", 0)


def page(compared: Compared) -> str:
    address = reverse(
        "chronology:same_events", kwargs={"reference": compared.manager.case.reference}
    )
    answer = world.a_browser(compared.reviewer).get(address)
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def the_worker_beats() -> None:
    Marker.objects.update_or_create(name=WORKER_BEAT, defaults={"at": clock.now()})


def test_few_entries_are_compared_while_the_page_waits(compared: Compared) -> None:
    made = ask_to_compare(access=compared.reviewer)

    assert (made.state, made.entries) == ("made", 4)
    assert made.last_signed_off_at is not None
    assert "Last compared on" in page(compared)
    assert "4 entries, up to the file signed off on" in page(compared)
    assert not Job.objects.filter(kind=comparing.COMPARE_JOB).exists()


def test_the_worker_compares_many_and_tells_the_asker_alone(compared: Compared, many: None) -> None:
    the_worker_beats()
    mails = Mail.objects.count()
    asked = ask_to_compare(access=compared.reviewer)
    assert asked.state == "waiting"
    assert "4 entries wait to be compared" in page(compared)

    run_due()

    asked.refresh_from_db()
    assert asked.state == "made"
    if connection.vendor == "sqlite":
        # On PostgreSQL progress is told on a connection of its own, outside the test's transaction.
        assert asked.done == asked.of > 0
    told = notifications_of(compared.reviewer.actor.id)  # type: ignore[arg-type]
    assert [one.path for one in told if one.path.endswith("/same-events/")]
    assert Mail.objects.count() == mails, "it stands in the list inside Candour alone"


def test_asking_twice_asks_once(compared: Compared, many: None) -> None:
    first = ask_to_compare(access=compared.reviewer)

    assert ask_to_compare(access=compared.manager) == first
    assert Job.objects.filter(kind=comparing.COMPARE_JOB).count() == 1


def test_without_a_worker_the_page_says_what_to_do(compared: Compared, many: None) -> None:
    Marker.objects.filter(name=WORKER_BEAT).delete()
    ask_to_compare(access=compared.reviewer)
    assert "ask whoever runs the server to start it" in page(compared)

    Marker.objects.create(name=WORKER_BEAT, at=clock.now() - timedelta(hours=1))
    assert "ask whoever runs the server to start it" in page(compared)
    the_worker_beats()
    assert "start it" not in page(compared)


def test_one_that_the_worker_gave_up_is_said_and_can_be_asked_for_again(
    compared: Compared, many: None
) -> None:
    asked = ask_to_compare(access=compared.reviewer)
    Job.objects.filter(kind=comparing.COMPARE_JOB).update(failed_at=clock.now())
    assert "could not be made" in page(compared)

    again = ask_to_compare(access=compared.reviewer)

    assert again != asked
    assert ComparisonAsked.objects.get(pk=asked.pk).state == "failed"


def test_a_refusal_while_comparing_is_told_and_loses_nothing(
    compared: Compared, many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**told: object) -> int:
        raise Invalid("broken", "The register could not be opened.")

    monkeypatch.setattr(comparing, "propose_matches", refuse)
    ask_to_compare(access=compared.reviewer)
    run_due()

    assert "could not be made. The register could not be opened. Compare again." in page(compared)
    assert SameEvent.objects.exists()


def test_a_later_file_puts_the_comparison_out_of_date(compared: Compared) -> None:
    ask_to_compare(access=compared.reviewer)
    assert not standing(compared.reviewer).entries_changed

    send(compared.health, compared.request, HEALTH.replace(b"steady", b"fallen"))

    assert standing(compared.reviewer).entries_changed
    assert "Out of date: entries have come, gone" in page(compared)
    ask_to_compare(access=compared.reviewer)
    assert "Out of date" not in page(compared)


def test_grouping_entries_asks_for_differences_to_be_looked_for(compared: Compared) -> None:
    ask_to_compare(access=compared.reviewer)
    proposal = compared.proposal()
    confirm_same_event(
        access=compared.reviewer,
        proposal=proposal,
        seen_version=proposal.version,
        entries=list(proposal.entries.all()),
        title="Core group",
    )

    found = standing(compared.reviewer)
    assert (found.entries_changed, found.events_changed) == (False, True)
    assert "Compare again to look for accounts that differ" in page(compared)


def test_comparing_again_loses_no_decision(compared: Compared, many: None) -> None:
    proposal = compared.proposal()
    decline_same_event(
        access=compared.reviewer,
        proposal=proposal,
        seen_version=proposal.version,
        why="Two meetings",
    )
    ask_to_compare(access=compared.reviewer)
    run_due()

    kept = SameEvent.objects.get()
    assert (kept.state, kept.why) == ("declined", "Two meetings")


def test_readers_do_not_ask_and_find_nothing(compared: Compared) -> None:
    reader = world.a_member(compared.manager, Role.SUB_GROUP)

    with pytest.raises(NotPermitted):
        ask_to_compare(access=reader)
    for access in (reader, compared.health):
        with pytest.raises(Hidden):
            standing(access)
