"""Withdrawal is done when the archive's own row says so, and nothing of the text is served."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings
from tests import world

from candour.archive.models import ReasonClass, ReviewRecord, Status, TombstoneKind
from candour.archive.purging import purge_pending as purge_the_index
from candour.cases.access import Access
from candour.kernel.errors import Invalid, NotPermitted, WrongState
from candour.people.roles import Role
from candour.platform.worker import run_due
from candour.publication.models import Publication
from candour.publication.selectors import purge_pending
from candour.publication.services import withdraw as withdrawing
from candour.publication.services.withdraw import Withdrawal, take_from_archive, withdraw
from candour.sites.archive import settings as site

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

WISH = Withdrawal(
    reason_class=ReasonClass.COURT_ORDER,
    tombstone=TombstoneKind.BARE,
    reason="An order of the High Court",
)


@pytest.fixture
def published(manager: Access) -> tuple[Publication, Access]:
    """A report in the archive, and a partner who may withdraw it."""
    return world.a_published_report(manager)


def test_a_withdrawn_report_is_marked_so_only_when_the_archive_has_turned_its_row(
    published: tuple[Publication, Access], django_capture_on_commit_callbacks: object
) -> None:
    publication, partner = published
    asked = withdraw(access=partner, publication=publication, withdrawal=WISH)
    record = ReviewRecord.objects.get(pk=publication.archive_record_id)
    assert asked.state == Publication.State.WITHDRAWING
    assert record.status == Status.PUBLISHED

    done = take_from_archive(access=partner)
    record.refresh_from_db()
    assert (done.state, record.status) == (Publication.State.WITHDRAWN, Status.WITHDRAWN)


def test_the_person_is_answered_after_the_archive_was_turned(
    published: tuple[Publication, Access], django_capture_on_commit_callbacks: object
) -> None:
    publication, partner = published
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        withdraw(access=partner, publication=publication, withdrawal=WISH)
    publication.refresh_from_db()

    assert publication.state == Publication.State.WITHDRAWN
    run_due()
    assert ReviewRecord.objects.get().status == Status.WITHDRAWN


def test_a_withdrawal_cut_off_before_the_archive_is_finished_by_the_worker(
    published: tuple[Publication, Access],
) -> None:
    publication, partner = published
    withdraw(access=partner, publication=publication, withdrawal=WISH)
    run_due()
    publication.refresh_from_db()

    assert publication.state == Publication.State.WITHDRAWN
    assert publication.withdrawn_at


def test_a_withdrawal_cut_off_after_the_archive_is_finished_by_the_worker(
    published: tuple[Publication, Access], monkeypatch: pytest.MonkeyPatch
) -> None:
    publication, partner = published
    withdraw(access=partner, publication=publication, withdrawal=WISH)

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(withdrawing, "_withdrawn", die)
        with pytest.raises(Killed):
            take_from_archive(access=partner)
    assert ReviewRecord.objects.get().status == Status.WITHDRAWN
    run_due()
    publication.refresh_from_db()
    assert publication.state == Publication.State.WITHDRAWN


def test_the_purge_is_pending_until_the_archive_says_that_nothing_is_left(
    published: tuple[Publication, Access],
) -> None:
    publication, partner = published
    withdraw(access=partner, publication=publication, withdrawal=WISH)
    take_from_archive(access=partner)

    assert purge_pending(publication)
    assert purge_the_index() == 0
    assert not purge_pending(publication)


def test_a_reason_is_needed_and_only_some_may_withdraw(
    manager: Access, published: tuple[Publication, Access]
) -> None:
    publication, partner = published
    without = Withdrawal(ReasonClass.ERROR, TombstoneKind.FULL, reason=" ")
    with pytest.raises(Invalid, match="reasons_missing"):
        withdraw(access=partner, publication=publication, withdrawal=without)
    with pytest.raises(NotPermitted):
        withdraw(access=manager, publication=publication, withdrawal=WISH)


def test_what_is_not_published_cannot_be_withdrawn(manager: Access) -> None:
    publication = world.a_prepared_publication(manager)
    adviser = world.a_member(manager, Role.LEGAL_ADVISER)
    with pytest.raises(WrongState, match="not_published"):
        withdraw(access=adviser, publication=publication, withdrawal=WISH)


def test_no_public_page_serves_a_withdrawn_text(published: tuple[Publication, Access]) -> None:
    publication, partner = published
    number = publication.archive_record_id
    addresses = ("/", "/reviews", f"/review/{number}", f"/review/{number}/v1", "/feed.atom")
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with override_settings(
        SITE=site.SITE,
        ROOT_URLCONF=site.ROOT_URLCONF,
        MIDDLEWARE=site.MIDDLEWARE,
        TEMPLATES=site.TEMPLATES,
        ALLOWED_HOSTS=["testserver"],
    ):
        before = [Client().get(address).content.decode() for address in addresses]
        withdraw(access=partner, publication=publication, withdrawal=WISH)
        take_from_archive(access=partner)
        after = [Client().get(address).content.decode() for address in addresses]

    assert any("one family" in page for page in before)
    assert any("Child T" in page for page in before)
    assert not [page for page in after if "one family" in page or "Child T" in page]
