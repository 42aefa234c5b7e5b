"""The national panel's letters about a decision not to publish, and the replies. Advice only."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.duties.models import Letter
from candour.duties.states import move, state_of
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.publication.models import NonPublication, NonPublicationLetter
from candour.publication.services.not_publishing import present_decision

Outcome = NonPublicationLetter.Outcome
_PANEL = "national_panel"
_PROPOSED = "NONPUB_PROPOSED"
_ADVISED = {
    Outcome.AGREED: "NONPUB_AGREED",
    Outcome.DISAGREED: "NONPUB_DISAGREED",
    Outcome.ANONYMOUS: "NONPUB_ANON_NSPCC",
    Outcome.SUMMARY: "NONPUB_SUMMARY_ONLY",
}


@dataclass(frozen=True)
class Advice:
    """A letter of the panel as it came."""

    outcome: NonPublicationLetter.Outcome
    received_on: date
    text: str
    reference: str = ""
    reply_due_on: date | None = None
    delivered: Letter | None = None


@transaction.atomic
def file_advice(*, access: Access, advice: Advice) -> NonPublicationLetter:
    """File what the panel wrote about the decision in force. Each letter is counted.

    Under the boards the first advice is a state of the case; it changes nothing that was decided.
    WrongState where no such decision is in force; a delivered letter is filed once.
    """
    access.may_write(Kind.DECISION).require()
    Case.objects.select_for_update().get(pk=access.case.pk)
    decision = _in_force(access)
    _refuse(access, decision, advice)
    letter = NonPublicationLetter.objects.create(
        case=access.case,
        decision=decision,
        outcome=advice.outcome.value,
        received_on=advice.received_on,
        reference=advice.reference.strip(),
        text=advice.text.strip(),
        delivered=advice.delivered,
        reply_due_on=advice.reply_due_on,
        filed_by_id=access.actor.id,
    )
    if advice.outcome in _ADVISED and state_of(access.case) == _PROPOSED:
        facts = {"letter_received": advice.received_on.isoformat()}
        target = _ADVISED[advice.outcome]
        words = letter.text
        move(access=access, target=target, facts=facts, reasons=words, on_behalf_of=_PANEL)
    _record(access, "publication.advice_filed", letter, outcome=advice.outcome.value)
    return letter


def _in_force(access: Access) -> NonPublication:
    decision = present_decision(access.case)
    if decision is None or decision.stands_from is None:
        raise WrongState("not_decided", "No decision not to publish is in force.")
    return decision


def _refuse(access: Access, decision: NonPublication, advice: Advice) -> None:
    if not advice.text.strip():
        raise Invalid("letter_missing", "Write what the letter says, in its own words.", "text")
    if not decision.decided_on <= advice.received_on <= clock.today():
        raise Invalid(
            "day_out_of_order", "Give a day from the decision until today.", "received_on"
        )
    if advice.outcome is Outcome.QUERIES and advice.reply_due_on is None:
        raise Invalid(
            "reply_day_missing", "By when does the panel ask for a reply?", "reply_due_on"
        )
    delivered = advice.delivered
    if delivered and delivered.case_id != access.case.pk:
        raise Hidden
    if delivered and NonPublicationLetter.objects.filter(delivered=delivered).exists():
        raise WrongState("already_filed", "This letter is on record already.")


@transaction.atomic
def reply_about_not_publishing(
    *, access: Access, letter: NonPublicationLetter, reply: str, replied_on: date
) -> NonPublicationLetter:
    """Record what was replied: why the decision stands, or that it was ended."""
    access.may_write(Kind.DECISION).require()
    locked = NonPublicationLetter.objects.select_for_update().get(pk=letter.pk, case=access.case)
    if locked.replied_on:
        raise WrongState("already_answered", "A reply to this letter is already recorded.")
    if not reply.strip():
        raise Invalid("letter_missing", "Write what was replied.", "reply")
    if not locked.received_on <= replied_on <= clock.today():
        raise Invalid("day_out_of_order", "Give a day from the letter until today.", "replied_on")
    locked.reply, locked.replied_on = reply.strip(), replied_on
    locked.save(update_fields=["reply", "replied_on"])
    _record(access, "publication.advice_answered", locked)
    return locked


def _record(access: Access, name: str, letter: NonPublicationLetter, **said: str | bool) -> None:
    record(name, by=access.actor, case_id=access.case.pk, subject=str(letter.pk), **said)
