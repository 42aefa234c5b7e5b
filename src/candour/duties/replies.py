"""A reply that was sent to a letter, kept with the letters of the case as the answer to it."""

from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.duties.models import Letter
from candour.kernel.errors import Hidden


@transaction.atomic
def record_reply(
    *, access: Access, letter: Letter, text: str, sent_on: date, sent_how: str
) -> Letter:
    """Keep what was sent as the answer to this letter; from then on nothing is owed on it."""
    access.may_write(Kind.DECISION).require()
    if letter.case_id != access.case.pk:
        raise Hidden
    reply = Letter.objects.create(
        case=access.case,
        direction=Letter.Direction.OUT,
        kind=letter.kind,
        correspondent=letter.correspondent,
        subject=f"Reply: {letter.subject}"[:200],
        body=text.strip(),
        answers=letter,
        written_by_id=access.actor.id,
        sent_on=sent_on,
        sent_how=sent_how,
    )
    record("duties.reply_kept", by=access.actor, case_id=access.case.pk, subject=str(reply.pk))
    return reply
