"""Publishing: asked for by a person, done by the worker, whole or not at all."""

import uuid

from django.db import transaction

from candour.archive.deposits import deposit
from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Act
from candour.disclosure.selectors import latest_check
from candour.duties.services import fulfil, start_duty
from candour.duties.states import may_move, move
from candour.engines.statute.rulebook import rule_set
from candour.kernel import clock
from candour.kernel.errors import Invalid, RuleBroken, WrongState
from candour.platform.outbox import enqueue
from candour.publication.deposit_from_bundle import deposit_record
from candour.publication.models import Edition, Publication
from candour.publication.policies import COPY_CLOCK, facts_for_status, may_publish

DEPOSIT_JOB = "publication.deposit"
_ENDS = ("C6",)
_KEPT_CLOCK = {Case.Regime.SCR: "S8", Case.Regime.CSPR: "C8"}
_STEPS = ("PRE_PUBLICATION", "SENT_TO_PANEL_SOS", "PUBLISHED")


@transaction.atomic
def publish(*, access: Access, publication: Publication, reason: str) -> Edition:
    """Send the cleared bytes on their way into the archive; the worker takes them there.

    WrongState with everything that stands in the way. From here on the report is "being
    published" until the archive has it, whatever process dies in between.
    """
    access.may(Act.PUBLISH).require()
    locked = Publication.objects.select_for_update().get(pk=publication.pk, case=access.case)
    if not reason.strip():
        raise Invalid("reasons_missing", "Say on whose decision it is published.", "reason")
    may_publish(access, locked).require(WrongState)
    check = latest_check(access)
    assert check is not None  # noqa: S101 - may_publish has refused without one
    assert check.bundle is not None  # noqa: S101
    edition = Edition.objects.create(
        case=access.case,
        publication=locked,
        bundle=check.bundle,
        number=locked.editions.count() + 1,
        publish_on=clock.today(),
        reason=reason.strip(),
        asked_by_id=access.actor.id,
    )
    locked.state = Publication.State.PUBLISHING
    locked.problem = ""
    locked.version += 1
    locked.save()
    _ask_worker(access, edition)
    return edition


def _ask_worker(access: Access, edition: Edition) -> None:
    record(
        "publication.asked",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(edition.pk),
        bundle=edition.bundle.sha256,
    )
    enqueue(
        DEPOSIT_JOB,
        by=access.actor,
        case_id=access.case.pk,
        unique_key=f"deposit:{edition.pk}",
        case=str(access.case.pk),
        edition=str(edition.pk),
    )


def take_to_archive(*, access: Access, edition_id: uuid.UUID) -> Edition:
    """Deposit one edition and note that it stands there. Safe to repeat after any fault.

    The deposit commits in the archive first; killed before the note, the next attempt finds the
    same record again. What the archive refuses goes back to being prepared, with its reason.
    """
    edition = Edition.objects.select_related("publication", "bundle__case", "case").get(
        pk=edition_id, case=access.case
    )
    if edition.published_at or edition.refused_at:
        return edition
    try:
        record_id = deposit(deposit_record(edition)).pk
    except RuleBroken as refusal:
        return _refused(access, edition, refusal.reason)
    return _published(access, edition, record_id)


@transaction.atomic
def _published(access: Access, edition: Edition, record_id: str) -> Edition:
    publication = Publication.objects.select_for_update().get(pk=edition.publication_id)
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if locked.published_at:
        return locked
    locked.published_at = clock.now()
    locked.save(update_fields=["published_at"])
    publication.archive_record_id = record_id
    if publication.state == Publication.State.PUBLISHING:
        publication.state = Publication.State.PUBLISHED
    publication.version += 1
    publication.save()
    record(
        "publication.published",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        archive_record=record_id,
    )
    _move_clocks_and_state(access, publication, locked)
    return locked


def _move_clocks_and_state(access: Access, publication: Publication, edition: Edition) -> None:
    regime = Case.Regime(access.case.regime)
    for code in (*_ENDS, COPY_CLOCK[regime]):
        fulfil(access=access, code=code, note="Published")
    kept = _KEPT_CLOCK[regime]
    if edition.number == 1 and any(c.code == kept for c in rule_set(access.case.rule_set).clocks):
        body = access.case.lead_partnership.name
        start_duty(
            access=access, code=kept, starts=edition.publish_on, owed_by=body, owed_to="The public"
        )
    facts = facts_for_status(publication)
    for target in _STEPS:
        if may_move(access, target, facts):
            move(access=access, target=target, facts=facts, reasons=edition.reason)


@transaction.atomic
def _refused(access: Access, edition: Edition, reason: str) -> Edition:
    publication = Publication.objects.select_for_update().get(pk=edition.publication_id)
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    locked.refused_at = clock.now()
    locked.save(update_fields=["refused_at"])
    before = publication.editions.filter(published_at__isnull=False).exists()
    publication.state = Publication.State.PUBLISHED if before else Publication.State.PREPARING
    publication.problem = f"The archive did not take the report. {reason}"
    publication.version += 1
    publication.save()
    record("publication.refused", by=access.actor, case_id=access.case.pk, subject=str(locked.pk))
    return locked
