"""A report reaches the archive once, whole, and only when everything is settled by two people."""

from datetime import timedelta

import pytest
from tests import world

from candour.archive.models import Paragraph, ReviewRecord, Version
from candour.audit.models import Event
from candour.cases.access import Access
from candour.cases.models import Membership
from candour.cases.services import end_membership
from candour.disclosure.bundles import opened_bundle
from candour.kernel import clock
from candour.kernel.errors import Invalid, NotPermitted, WrongState
from candour.people.roles import Role
from candour.platform.worker import run_due
from candour.publication.models import Clearance, Edition, Hold, Publication
from candour.publication.policies import in_the_way_of_publishing
from candour.publication.services import publish as publishing
from candour.publication.services.clear import clear
from candour.publication.services.prepare import answer_hold, choose_day, prepare
from candour.publication.services.publish import publish

pytestmark = pytest.mark.django_db(databases=["default", "archive"])


def codes(access: Access, publication: Publication) -> set[str]:
    return {each.code for each in in_the_way_of_publishing(access, publication)}


def test_a_published_report_stands_in_the_archive_with_the_bytes_that_were_cleared(
    manager: Access,
) -> None:
    publication, _ = world.a_published_report(manager)
    edition = publication.editions.get()
    record = ReviewRecord.objects.get(pk=publication.archive_record_id)
    files = opened_bundle(edition.bundle)

    assert publication.state == Publication.State.PUBLISHED
    assert record.label == "Child T"
    assert record.versions.get().body_html == files["report.html"].decode()
    assert Paragraph.objects.filter(text__contains="one family").exists()


def test_a_clearance_lapses_when_its_giver_leaves_the_case(manager: Access) -> None:
    check = world.a_check(manager)
    publication = world.a_prepared_publication(manager)
    partner = world.cleared_by_two(manager, publication, check)
    assert "clearance_missing" not in codes(manager, publication)

    membership = Membership.objects.get(case=manager.case, user_id=partner.actor.id)
    end_membership(access=manager, membership=membership, reason="Left the partnership")

    assert "clearance_missing" in codes(manager, publication)


def test_nothing_is_published_while_a_hold_is_unanswered(manager: Access) -> None:
    world.a_check(manager)
    publication = prepare(access=manager)

    assert "hold_unanswered" in codes(manager, publication)
    with pytest.raises(WrongState, match="hold_unanswered"):
        clear(access=manager, publication=publication, bundle_sha256="")


def test_a_hold_that_stands_keeps_a_cleared_report_from_being_published(manager: Access) -> None:
    check = world.a_check(manager)
    publication = world.a_prepared_publication(manager)
    partner = world.cleared_by_two(manager, publication, check)
    hold = publication.holds.get(kind=Hold.Kind.TRIAL)
    answer_hold(
        access=manager,
        hold=hold,
        seen_version=hold.version,
        answer=Hold.Answer.HOLDS,
        note="The trial begins in May",
    )
    with pytest.raises(WrongState, match="hold_stands"):
        publish(access=partner, publication=publication, reason="The partners decided")


def test_a_hold_is_answered_with_how_the_person_knows(manager: Access) -> None:
    hold = prepare(access=manager).holds.first()
    assert hold is not None
    with pytest.raises(Invalid, match="reasons_missing"):
        answer_hold(access=manager, hold=hold, seen_version=1, answer=Hold.Answer.CLEAR, note="  ")


def test_one_person_clearing_twice_is_one_clearance(manager: Access) -> None:
    check = world.a_check(manager)
    assert check.bundle is not None
    publication = world.a_prepared_publication(manager)
    for _ in range(2):
        clear(access=manager, publication=publication, bundle_sha256=check.bundle.sha256)

    assert Clearance.objects.count() == 1
    assert codes(manager, publication) == {"clearance_missing"}


def test_an_edit_after_the_clearances_resets_them(manager: Access) -> None:
    check = world.a_check(manager)
    publication = world.a_prepared_publication(manager)
    partner = world.cleared_by_two(manager, publication, check)
    assert codes(manager, publication) == set()
    world.write_in(manager, "conclusion", "One more sentence.")

    assert "edited_since_check" in codes(manager, publication)
    world.a_check(manager)
    assert codes(manager, publication) == {"clearance_missing"}
    with pytest.raises(WrongState, match="clearance_missing"):
        publish(access=partner, publication=publication, reason="The partners decided")


def test_taking_the_edit_back_brings_the_clearances_of_those_very_bytes_back(
    manager: Access,
) -> None:
    check = world.a_check(manager)
    publication = world.a_prepared_publication(manager)
    world.cleared_by_two(manager, publication, check)
    world.write_in(manager, "conclusion", "One more sentence.")
    world.write_in(manager, "conclusion", "")

    assert codes(manager, publication) == set()


def test_a_day_before_the_panel_has_had_its_copy_long_enough_is_refused(manager: Access) -> None:
    publication = world.a_prepared_publication(manager)
    with pytest.raises(Invalid, match="too_early_to_publish"):
        choose_day(
            access=manager,
            publication=publication,
            seen_version=publication.version,
            publish_on=clock.today() - timedelta(days=29),
        )


def test_a_planned_day_that_has_not_come_keeps_the_report_back(manager: Access) -> None:
    world.a_check(manager)
    publication = world.a_prepared_publication(manager)
    later = choose_day(
        access=manager,
        publication=publication,
        seen_version=publication.version,
        publish_on=clock.today() + timedelta(days=3),
    )
    assert "day_not_come" in codes(manager, later)


def test_only_those_who_decide_publish(manager: Access) -> None:
    check = world.a_check(manager)
    publication = world.a_prepared_publication(manager)
    world.cleared_by_two(manager, publication, check)
    reviewer = world.a_member(manager, Role.LEAD_REVIEWER)
    for access in (manager, reviewer):
        with pytest.raises(NotPermitted):
            publish(access=access, publication=publication, reason="I think so")


def test_files_other_than_those_the_person_saw_cannot_be_cleared(manager: Access) -> None:
    world.a_check(manager)
    publication = world.a_prepared_publication(manager)
    with pytest.raises(WrongState, match="files_changed"):
        clear(access=manager, publication=publication, bundle_sha256="0" * 64)


class Killed(BaseException):
    """The process died here."""


@pytest.mark.parametrize("step", ["deposit_record", "deposit", "_published"])
def test_a_worker_that_dies_before_a_step_leaves_the_report_being_published_and_the_next_finishes(
    manager: Access, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    check = world.a_check(manager)
    publication = world.a_prepared_publication(manager)
    partner = world.cleared_by_two(manager, publication, check)
    publish(access=partner, publication=publication, reason="The partners decided")

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(publishing, step, die)
        with pytest.raises(Killed):
            run_due()
    publication.refresh_from_db()
    assert publication.state == Publication.State.PUBLISHING
    with clock.standing_at(clock.now() + timedelta(minutes=10)):
        run_due()
    publication.refresh_from_db()

    assert publication.state == Publication.State.PUBLISHED
    assert (Version.objects.count(), ReviewRecord.objects.count()) == (1, 1)
    assert Event.objects.filter(name="publication.published").count() == 1


def test_what_the_archive_refuses_goes_back_to_being_prepared_with_its_reason(
    manager: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Invalid("demonstration_and_real_mixed", "Deposit under another publisher.")

    monkeypatch.setattr(publishing, "deposit", refuse)
    publication, _ = world.a_published_report(manager)

    assert publication.state == Publication.State.PREPARING
    assert "another publisher" in publication.problem
    assert not ReviewRecord.objects.exists()


def test_a_corrected_text_is_a_new_version_of_the_same_record(manager: Access) -> None:
    publication, partner = world.a_published_report(manager)
    first = publication.archive_record_id
    assert codes(manager, publication) == {"nothing_new"}
    world.write_in(manager, "conclusion", "A correction.")
    check = world.a_check(manager)
    assert check.bundle is not None
    for access in (manager, partner):
        clear(access=access, publication=publication, bundle_sha256=check.bundle.sha256)
    publish(access=partner, publication=publication, reason="A correction")
    run_due()
    publication.refresh_from_db()

    assert publication.archive_record_id == first
    assert [v.number for v in Version.objects.all()] == [1, 2]
    assert Edition.objects.filter(published_at__isnull=False).count() == 2


def test_asking_twice_publishes_once(manager: Access) -> None:
    check = world.a_check(manager)
    publication = world.a_prepared_publication(manager)
    partner = world.cleared_by_two(manager, publication, check)
    publish(access=partner, publication=publication, reason="The partners decided")
    with pytest.raises(WrongState, match="publication_closed"):
        publish(access=partner, publication=publication, reason="The partners decided")
