"""A file sent again: what changed is shown row by row, and the reviewers' work goes along."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker
from tests import world
from tests.integration.chronology.compared import HEALTH, Compared, build, send

from candour.audit.models import Event as AuditEvent
from candour.chronology.models import Event, Grouping, HeldStatement, SameEvent
from candour.chronology.selectors import accounts_of, chronology
from candour.chronology.selectors.facts import fact_of_entry
from candour.chronology.selectors.matching import one_sided, same_events
from candour.chronology.selectors.resubmission import changes, file_after, replaced_files
from candour.chronology.services.differing import decline_difference
from candour.chronology.services.knowledge import HeldDetails, state_held
from candour.chronology.services.matching import (
    confirm_same_event,
    propose_matches,
)
from candour.chronology.services.resubmission import carry_over
from candour.chronology.services.working import comment, tag
from candour.contributions.models import Entry, Submission
from candour.kernel.errors import Hidden, NotPermitted
from candour.people.roles import Role
from candour.platform.worker import run_due

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

AGAIN = HEALTH.replace(b"Weigh in May", b"Weigh in May and June").replace(
    b"20/06/2014,Clinic: weight steady on the 25th centile.,None\n",
    b"21/07/2014,Housing told us that the family has moved.,Address changed\n",
)
EARLIER = b"01/03/2014,New birth visit.,None\n"


@pytest.fixture(scope="module")
def compared(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Compared]:
    """One event confirmed with one difference declined, then the second agency's file again."""
    with django_db_blocker.unblock(), transaction.atomic("default"), transaction.atomic("archive"):
        made = build()
        proposal = made.proposal()
        confirm_same_event(
            access=made.reviewer,
            proposal=proposal,
            seen_version=proposal.version,
            entries=list(proposal.entries.all()),
            title="Core group",
        )
        propose_matches(access=made.reviewer)
        send(made.health, made.request, AGAIN)
        yield made
        transaction.set_rollback(True, "default")
        transaction.set_rollback(True, "archive")


def replaced(compared: Compared) -> Submission:
    return replaced_files(compared.reviewer).get(number=1)


def changed_rows(compared: Compared) -> list[UUID]:
    """The rows of the earlier file that the later one words otherwise."""
    before = replaced(compared)
    after = file_after(before)
    assert after is not None
    return [
        pair.before.pk
        for pair in changes(before, after)
        if pair.before and pair.after and not pair.same
    ]


def carried(compared: Compared) -> int:
    return carry_over(
        access=compared.reviewer, submission=replaced(compared), rows=changed_rows(compared)
    )


def test_rows_are_paired_by_their_words_and_told_apart(compared: Compared) -> None:
    before = replaced(compared)
    after = file_after(before)
    assert after is not None

    pairs = changes(before, after)

    changed = [pair for pair in pairs if pair.before and pair.after and not pair.same]
    assert [pair.before.what for pair in changed if pair.before] == [
        "Core group attended. Three children discussed."
    ]
    assert [pair.after.what[:7] for pair in pairs if pair.after and not pair.before] == ["Housing"]
    assert [pair.before.what[:6] for pair in pairs if pair.before and not pair.after] == ["Clinic"]


def test_a_grouping_goes_with_its_row_and_the_earlier_one_stays_on_record(
    compared: Compared,
) -> None:
    event = Event.objects.get()
    assert len(accounts_of(compared.reviewer, event)) == 1, "the earlier row is not in force"

    run_due()
    assert len(accounts_of(compared.reviewer, event)) == 1, "a changed row waits for a person"

    assert carried(compared) == 1
    assert len(accounts_of(compared.reviewer, event)) == 2
    ended = Grouping.objects.filter(entry__submission=replaced(compared), ended_at__isnull=False)
    assert ended.count() == 1
    assert carried(compared) == 0


def test_a_changed_row_that_nobody_chose_keeps_its_work_on_the_earlier_one(
    compared: Compared,
) -> None:
    assert carry_over(access=compared.reviewer, submission=replaced(compared), rows=[]) == 0
    assert Grouping.objects.filter(
        entry__submission=replaced(compared), ended_at__isnull=True
    ).exists()


def a_third_file(compared: Compared) -> Entry:
    """The changed row's work carried over; then the file once more, with a row before it."""
    carried(compared)
    row = Entry.objects.get(what__startswith="Core group attended", in_force=True)
    comment(access=compared.reviewer, entry=row, words="Ask who chaired")
    tag(access=compared.reviewer, entries=[row], name="Meetings")
    state_held(
        access=compared.reviewer,
        fact=fact_of_entry(compared.reviewer, chronology(compared.reviewer), row.pk),
        agency=row.agency,
        evidence=row,
        details=HeldDetails(
            HeldStatement.Status.RECORDED, HeldStatement.How.OWN, row.earliest, row.latest
        ),
    )
    send(compared.health, compared.request, AGAIN.replace(b"Response\n", b"Response\n" + EARLIER))
    return row


def test_an_unchanged_row_takes_all_its_work_along_by_itself(compared: Compared) -> None:
    before = a_third_file(compared)
    event = Event.objects.get()
    assert len(accounts_of(compared.reviewer, event)) == 1

    run_due()

    after = Entry.objects.get(what__startswith="Core group attended", in_force=True)
    assert after != before
    assert len(accounts_of(compared.reviewer, event)) == 2
    assert [one.words for one in after.comments.all()] == ["Ask who chaired"]
    assert [one.tag.name for one in after.taggings.filter(ended_at__isnull=True)] == ["Meetings"]
    assert HeldStatement.objects.get(state="confirmed").evidence == after
    assert all(one.in_force for one in event.differing.get(type="date").entries.all())
    told = AuditEvent.objects.filter(name="chronology.unchanged_carried").get()
    assert (told.subject, told.payload["rows"]) == (str(before.submission_id), 1)


def test_comparing_carries_unchanged_rows_where_no_worker_ran(compared: Compared) -> None:
    a_third_file(compared)

    propose_matches(access=compared.reviewer)

    assert len(accounts_of(compared.reviewer, Event.objects.get())) == 2
    assert not same_events(compared.reviewer).exists(), "nothing grouped is proposed again"


def test_differences_and_their_decisions_go_along(compared: Compared) -> None:
    event = Event.objects.get()
    difference = event.differing.get(type="date")
    decline_difference(
        access=compared.reviewer,
        difference=difference,
        seen_version=difference.version,
        why="Written up next day",
    )

    carried(compared)

    assert all(entry.in_force for entry in difference.entries.all())


def test_what_was_declined_is_not_proposed_again_of_rows_that_stay_the_same(
    compared: Compared,
) -> None:
    contact = one_sided(compared.reviewer, "proposed").get()

    assert propose_matches(access=compared.reviewer) >= 0
    assert list(one_sided(compared.reviewer, "proposed")) == [contact]


def test_the_page_shows_both_wordings_and_offers_to_carry_over(compared: Compared) -> None:
    case = {"reference": compared.manager.case.reference}
    client = world.a_browser(compared.reviewer)
    listed = client.get(reverse("chronology:resubmitted", kwargs=case)).content.decode()
    where = reverse("chronology:changes", kwargs=case | {"submission_id": replaced(compared).pk})
    page = client.get(where).content.decode()

    assert where in listed
    assert "0 rows the same, 1 changed, 1 added, 1 gone." in page
    assert "Weigh in May and June" in page
    assert page.count('name="row"') == 1
    carry = reverse("chronology:carry_over", kwargs=case | {"submission_id": replaced(compared).pk})
    chosen = [str(row) for row in changed_rows(compared)]
    assert client.post(carry, {"row": [*chosen, "no such row"]}).status_code == 302
    assert 'name="row"' not in client.get(where).content.decode()


def test_readers_do_not_carry_over_and_agencies_find_nothing(compared: Compared) -> None:
    reader = world.a_member(compared.manager, Role.SUB_GROUP)

    with pytest.raises(NotPermitted):
        carry_over(access=reader, submission=replaced(compared), rows=[])
    with pytest.raises(Hidden):
        replaced_files(compared.health)
    assert Entry.objects.filter(in_force=True).count() == 4
    assert SameEvent.objects.exists()
