"""A pack arriving at a desk: kept as it came, and its facts put where the desk counts them."""

import uuid
from datetime import date
from typing import Any

from django.db import transaction

from candour.audit.services import record
from candour.engines.statute.workingdays import WorkingDays
from candour.kernel import clock
from candour.kernel.actor import SYSTEM
from candour.oversight.models import (
    DeskLetter,
    Ground,
    Notified,
    NotifiedChild,
    PackSent,
    Paper,
    PaperKind,
)

_DAYS = (
    *("incident_on", "notified_on", "rapid_review_due_on", "rapid_review_on"),
    *("decided_on", "review_due_on", "published_on"),
)
_ASKS_THE_PANEL = {PaperKind.RAPID_REVIEW, PaperKind.DECISION, PaperKind.NON_PUBLICATION}


@transaction.atomic
def receive_pack(pack_id: uuid.UUID) -> Paper:
    """Put a pack on the desk it was sent to; arriving twice is arriving once."""
    pack = PackSent.objects.select_related("case__lead_partnership", "body").get(pk=pack_id)
    arrived = Paper.objects.filter(pack=pack.pk).first()
    if arrived:
        return arrived
    notified = _notified(pack)
    paper = Paper.objects.create(
        desk=pack.body,
        notified=notified,
        kind=pack.kind,
        words=pack.words,
        content=pack.content,
        sha256=pack.sha256,
        sent_on=pack.sent_on,
        pack=pack.pk,
    )
    before = (notified.standing, notified.outcome)
    _learn(notified, pack)
    _answer(notified, pack, paper)
    if before == (Notified.Standing.CHALLENGED, pack.content["facts"].get("outcome")):
        # Advice never overrules: a decision that comes back unchanged stands.
        notified.standing = Notified.Standing.KEPT
    notified.save()
    record("oversight.pack_received", by=SYSTEM, subject=str(paper.pk), kind=pack.kind)
    return paper


def _notified(pack: PackSent) -> Notified:
    home = pack.case.lead_partnership
    found, _ = Notified.objects.select_for_update().get_or_create(
        desk=pack.body,
        sender=home,
        case_reference=pack.case.reference,
        defaults={
            "sender_name": home.name,
            "region": home.region,
            "nature": pack.content["facts"].get("nature", Notified.Nature.OTHER),
            "notified_on": pack.sent_on,
        },
    )
    return found


def _learn(notified: Notified, pack: PackSent) -> None:
    facts: dict[str, Any] = pack.content["facts"]
    for name in _DAYS:
        if facts.get(name):
            setattr(notified, name, date.fromisoformat(facts[name]))
    notified.nature = facts.get("nature", notified.nature)
    notified.outcome = facts.get("outcome", notified.outcome)
    if "children" in facts:
        notified.children.all().delete()
        NotifiedChild.objects.bulk_create(
            NotifiedChild(desk=pack.body, notified=notified, **child) for child in facts["children"]
        )
    if "grounds" in facts:
        notified.grounds.all().delete()
        Ground.objects.bulk_create(
            Ground(desk=pack.body, notified=notified, **ground) for ground in facts["grounds"]
        )
    _learn_of_publication(notified, facts, pack.sent_on)
    if pack.kind in _ASKS_THE_PANEL:
        days = WorkingDays()
        notified.desk_owes_on = days.add(pack.sent_on, pack.body.reply_working_days)


def _learn_of_publication(notified: Notified, facts: dict[str, Any], sent_on: date) -> None:
    if facts.get("report"):
        notified.report_on = notified.report_on or sent_on
        notified.publication = Notified.Publication.COPY_RECEIVED
    if facts.get("published_on"):
        notified.publication = Notified.Publication.PUBLISHED
    if facts.get("non_publication"):
        notified.publication = Notified.Publication.NOT_TO_BE


def _answer(notified: Notified, pack: PackSent, paper: Paper) -> None:
    """A reply closes the letter it answers; after a challenge the partnership has thought again."""
    if pack.kind != PaperKind.REPLY:
        return
    open_letters = notified.letters.select_for_update().filter(answered_by__isnull=True)
    meant = open_letters.filter(pk=pack.answers) if pack.answers else open_letters
    for letter in meant.exclude(outcome=DeskLetter.Outcome.AGREES):
        letter.answered_by = paper
        letter.save(update_fields=["answered_by"])
    if not open_letters.filter(reply_due_on__isnull=False).exists():
        notified.reply_due_on = None
    notified.standing = Notified.Standing.RECEIVED
    notified.desk_owes_on = WorkingDays().add(clock.today(), notified.desk.reply_working_days)
