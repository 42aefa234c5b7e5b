"""Sending a pack to a national body: frozen as it went, and handed to its desk if it is here."""

from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.duties.models import Letter
from candour.duties.replies import record_reply
from candour.kernel import clock
from candour.kernel.actor import SYSTEM
from candour.kernel.errors import Invalid
from candour.oversight.models import NationalBody, PackSent, PaperKind
from candour.oversight.papers import NEEDS_WORDS, digest, pack_of
from candour.platform.outbox import enqueue

RECEIVE_JOB = "oversight.receive"


@transaction.atomic
def send_pack(
    *,
    access: Access,
    body: NationalBody,
    kind: PaperKind,
    words: str = "",
    sent_on: date | None = None,
    sent_how: str = "",
    answers: Letter | None = None,
) -> PackSent:
    """Freeze what is sent and record that it went.

    To a body with a desk on this installation Candour hands it over; to any other somebody sends
    it and says how. A reply needs words; the rest is made from the
    case. Sending again is sending anew: nothing sent is ever replaced.
    """
    access.may_write(Kind.DECISION).require()
    _refuse_incomplete(kind, words, sent_on, body, sent_how)
    content = pack_of(access, kind).content()
    pack = PackSent.objects.create(
        case=access.case,
        body=body,
        kind=kind.value,
        words=words.strip(),
        content=content,
        sha256=digest(content),
        sent_on=sent_on or clock.today(),
        sent_how="Handed to its desk in Candour" if body.has_desk else sent_how.strip(),
        to_desk=body.has_desk,
        answers=answers.delivery if answers else None,
        sent_by_id=access.actor.id,
    )
    _record(access, pack)
    if answers:
        how, on = pack.sent_how, pack.sent_on
        record_reply(access=access, letter=answers, text=pack.words, sent_on=on, sent_how=how)
    if pack.to_desk:
        _hand_over(pack)
    return pack


def _hand_over(pack: PackSent) -> None:
    key = f"pack:{pack.pk}"
    enqueue(RECEIVE_JOB, by=SYSTEM, case_id=pack.case_id, unique_key=key, pack=str(pack.pk))


def _record(access: Access, pack: PackSent) -> None:
    record(
        "oversight.pack_sent",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(pack.pk),
        kind=str(pack.kind),
        body=str(pack.body_id),
        sha256=pack.sha256,
    )


def _refuse_incomplete(
    kind: PaperKind, words: str, sent_on: date | None, body: NationalBody, sent_how: str
) -> None:
    if kind in NEEDS_WORDS and not words.strip():
        raise Invalid("reasons_missing", "Write what is to go: it needs your words.", "words")
    if sent_on and sent_on > clock.today():
        raise Invalid("day_ahead", "This day cannot lie ahead.", "sent_on")
    if not body.has_desk and not sent_how.strip():
        raise Invalid("how_missing", "Say how it was sent: Candour sends nothing.", "sent_how")
