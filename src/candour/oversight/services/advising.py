"""What a desk writes back. It is advice: no letter changes what a partnership has decided."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from candour.audit.services import record
from candour.cases.access import in_force
from candour.cases.models import Case, Membership
from candour.duties.letters import Delivered
from candour.duties.letters import deliver_letter as put_with_case
from candour.duties.models import Letter
from candour.kernel import clock
from candour.kernel.actor import SYSTEM, Actor
from candour.kernel.decision import Denied
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.oversight.models import DeskLetter, NationalBody, Notified
from candour.oversight.policies import may_advise
from candour.people.roles import Role
from candour.platform.mail import notify
from candour.platform.outbox import enqueue

DELIVER_JOB = "oversight.deliver"

Outcome = DeskLetter.Outcome
_ASKS = {Outcome.QUERIES, Outcome.RECONSIDER}
_STANDING = {
    Outcome.AGREES: Notified.Standing.AGREED,
    Outcome.QUERIES: Notified.Standing.QUERIED,
    Outcome.RECONSIDER: Notified.Standing.CHALLENGED,
    Outcome.NATIONAL_REVIEW: Notified.Standing.NATIONAL,
}


@transaction.atomic
def write_to_partnership(
    *,
    by: Actor,
    notified: Notified,
    outcome: DeskLetter.Outcome,
    text: str,
    quality: str = "",
    reply_due_on: date | None = None,
    non_publication: str = "",
) -> DeskLetter:
    """Write a letter and have it delivered to the case it is about.

    A query and a request to think again need a day for the reply; the second is counted, however
    often it comes. What the partnership decided stays as it decided it.
    """
    _require_place(by, notified.desk)
    locked = Notified.objects.select_for_update().get(pk=notified.pk)
    _refuse(locked, outcome, text, reply_due_on, non_publication)
    letter = DeskLetter.objects.create(
        desk=locked.desk,
        notified=locked,
        number=locked.letters.count() + 1,
        outcome=outcome.value,
        non_publication=non_publication,
        text=text.strip(),
        quality=quality.strip(),
        reply_due_on=reply_due_on if outcome in _ASKS else None,
        written_by_id=by.id,
    )
    _now_stands(locked, letter)
    record("oversight.letter_written", by=by, subject=str(letter.pk), outcome=outcome.value)
    enqueue(DELIVER_JOB, by=SYSTEM, unique_key=f"deskletter:{letter.pk}", letter=str(letter.pk))
    return letter


def _require_place(by: Actor, desk: NationalBody) -> None:
    decision = may_advise(by, desk)
    if isinstance(decision, Denied) and decision.code == "actor_not_permitted":
        raise Hidden
    decision.require(WrongState)


def _refuse(
    notified: Notified,
    outcome: DeskLetter.Outcome,
    text: str,
    reply_due_on: date | None,
    non_publication: str,
) -> None:
    if not text.strip():
        raise Invalid("letter_missing", "Write the letter.", "text")
    if outcome in _ASKS and reply_due_on is None:
        raise Invalid("reply_day_missing", "Give the day by which you ask for a reply.", "reply")
    if reply_due_on and reply_due_on <= clock.today():
        raise Invalid("day_past", "The day for the reply must lie ahead.", "reply_due_on")
    if outcome is Outcome.RECONSIDER and not notified.outcome:
        raise WrongState("not_decided", "No decision has been sent that could be thought over.")
    if outcome is Outcome.NON_PUBLICATION:
        if notified.publication != Notified.Publication.NOT_TO_BE:
            raise WrongState("not_proposed", "No decision not to publish has been sent.")
        if not non_publication:
            raise Invalid("outcome_missing", "Say what the body advises.", "non_publication")


def _now_stands(notified: Notified, letter: DeskLetter) -> None:
    outcome = DeskLetter.Outcome(letter.outcome)
    notified.standing = _STANDING.get(outcome, notified.standing)
    notified.challenges += outcome is Outcome.RECONSIDER
    notified.reply_due_on = letter.reply_due_on
    notified.desk_owes_on = None
    if letter.non_publication:
        notified.non_publication = letter.non_publication
    notified.save()


@transaction.atomic
def deliver(letter: DeskLetter) -> Letter | None:
    """Put a letter with the case it is about, and tell its business managers, once.

    None where the case is no longer on this installation.
    """
    notified = letter.notified
    case = Case.objects.filter(reference=notified.case_reference).first()
    if case is None:
        return None
    arrived = put_with_case(
        case=case,
        by=SYSTEM,
        delivered=Delivered(
            id=letter.pk,
            sender=letter.desk.name,
            outcome=letter.non_publication or letter.outcome,
            subject=f"{_said(letter)}: {notified.case_reference}",
            text="\n\n".join(part for part in (letter.text, letter.quality) if part),
            reference=letter.reference,
            reply_due_on=letter.reply_due_on,
        ),
    )
    _tell(case, arrived)
    return arrived


def _said(letter: DeskLetter) -> str:
    if not letter.non_publication:
        return letter.get_outcome_display()
    advice = Notified.NonPublication(letter.non_publication).label
    return f"On the decision not to publish: {advice}"


def _tell(case: Case, arrived: Letter) -> None:
    path = reverse("duties:letter", args=[case.reference, arrived.pk])
    managers = Membership.objects.filter(in_force(), case=case, role=Role.BUSINESS_MANAGER)
    for membership in managers.select_related("user"):
        notify(membership.user, case.reference, path, by=SYSTEM)
