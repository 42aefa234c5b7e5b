"""Deciding not to publish a report; telling the panel; publishing after all.

Under the boards the Chair decides, for reasons of a child's or adult's welfare. Since 2018 the
three partners decide together that publication would be inappropriate, and information on
improvements is published in its place (Children Act 2004, sections 16B and 16F). What the national
panel writes is advice: the decision stands until those who took it end it.
"""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Act, Kind
from candour.duties.services import fulfil, start_duty
from candour.duties.states import may_move, move
from candour.engines.statute.rulebook import rule_set
from candour.incidents.services.decision import at_noon, partner_body_of
from candour.kernel import clock
from candour.kernel.decision import Decision
from candour.kernel.errors import Invalid, NotPermitted, WrongState
from candour.people.roles import PartnerBody
from candour.publication.models import NonPublication, NonPublicationAnswer

TELL_CLOCK = "S9"
NOT_PUBLISHED = {
    Case.Regime.SCR: "NONPUB_PROPOSED",
    Case.Regime.CSPR: "INAPPROPRIATE_TO_PUBLISH",
}
_TO_BE_PUBLISHED = {Case.Regime.SCR: "RESPONSE_AGREED", Case.Regime.CSPR: "ACCEPTED"}
_REASONED = dict.fromkeys(
    ("welfare_reasons", "alternatives_listed", "inappropriate_to_publish_reasons"), "yes"
)


@dataclass(frozen=True)
class Grounds:
    """Why it is not published, what could be published instead and why not that, and dissent."""

    reasons: str
    alternatives: str
    dissent: str = ""


def present_decision(case: Case) -> NonPublication | None:
    """The decision not to publish that is proposed or in force, or None."""
    return NonPublication.objects.filter(case=case, ended_at__isnull=True).first()


def may_decide_not_to_publish(access: Access) -> Decision:
    """Is the case where such a decision belongs, and does it belong to this person?"""
    return may_move(access, _target(access, NOT_PUBLISHED), _REASONED)


def may_publish_after_all(access: Access) -> Decision:
    """May the decision not to publish be ended by this person, where the case now stands?"""
    return may_move(access, _target(access, _TO_BE_PUBLISHED), {"reasons": "yes"})


def _target(access: Access, targets: dict[Case.Regime, str]) -> str:
    return targets[Case.Regime(access.case.regime)]


@transaction.atomic
def decide_not_to_publish(
    *, access: Access, grounds: Grounds, decided_on: date | None = None
) -> NonPublication:
    """The Chair decides not to publish, or a partner proposes it and answers for their own body.

    Needs the reasons and the alternatives that were weighed. A proposal on which the partners
    disagree is replaced by a new one. WrongState where the case is not there yet.
    """
    access.may(Act.DECIDE).require()
    Case.objects.select_for_update().get(pk=access.case.pk)
    may_decide_not_to_publish(access).require(WrongState)
    day = decided_on or clock.today()
    _refuse_incomplete(grounds, day)
    _end(access, "Replaced by a later proposal")
    words = {name: text.strip() for name, text in asdict(grounds).items()}
    decision = NonPublication.objects.create(
        case=access.case, decided_on=day, recorded_by_id=access.actor.id, **words
    )
    _record(access, "publication.not_publishing_decided", decision, decided_on=day.isoformat())
    if access.case.regime == Case.Regime.SCR:
        _put_in_force(access, decision)
    else:
        _answer(access, decision, agrees=True, reasons=grounds.reasons)
    return decision


def _refuse_incomplete(grounds: Grounds, day: date) -> None:
    if not grounds.reasons.strip():
        raise Invalid("reasons_missing", "Give the reasons for not publishing.", "reasons")
    if not grounds.alternatives.strip():
        raise Invalid(
            "alternatives_missing",
            "Say what could be published instead, and why it is not, or that it will be.",
            "alternatives",
        )
    if day > clock.today():
        raise Invalid("day_ahead", "The day of the decision cannot lie ahead.", "decided_on")


def _put_in_force(access: Access, decision: NonPublication) -> None:
    target = _target(access, NOT_PUBLISHED)
    move(access=access, target=target, facts=_REASONED, reasons=decision.reasons)
    decision.stands_from = clock.now()
    decision.save(update_fields=["stands_from"])
    if any(each.code == TELL_CLOCK for each in rule_set(access.case.rule_set).clocks):
        start_duty(
            access=access,
            code=TELL_CLOCK,
            starts=decision.decided_on,
            owed_by="The Chair",
            owed_to="The national panel",
        )


@transaction.atomic
def answer_on_not_publishing(
    *, access: Access, decision: NonPublication, agrees: bool, reasons: str
) -> NonPublicationAnswer:
    """One partner's answer to the proposal; it is in force once all three agree."""
    access.may(Act.DECIDE).require()
    locked = _locked(access, decision)
    if locked.ended_at or locked.stands_from:
        raise WrongState("already_answered", "This proposal needs no further answer.")
    if not reasons.strip():
        raise Invalid("reasons_missing", "Give this partner's reasons.", "reasons")
    return _answer(access, locked, agrees, reasons)


def _answer(
    access: Access, decision: NonPublication, agrees: bool, reasons: str
) -> NonPublicationAnswer:
    body = partner_body_of(access)
    if decision.answers.filter(partner_body=body).exists():
        raise WrongState("already_answered", "This partner has already answered.")
    answer = NonPublicationAnswer.objects.create(
        case=access.case,
        decision=decision,
        partner_body=body,
        agrees=agrees,
        reasons=reasons.strip(),
        by_id=access.actor.id,
    )
    _record(access, "publication.partner_answered", decision, partner=body.value, agrees=agrees)
    if decision.answers.filter(agrees=True).count() == len(PartnerBody):
        _put_in_force(access, decision)
    return answer


@transaction.atomic
def record_told_of_not_publishing(
    *, access: Access, decision: NonPublication, panel_told_on: date, department_told_on: date
) -> NonPublication:
    """Record that the national panel and the Department were told, with the reasons.

    Candour tells nobody: somebody does, or the pack that is sent to a desk (oversight).
    """
    access.may_write(Kind.DECISION).require()
    locked = _locked(access, decision)
    if locked.stands_from is None or locked.ended_at:
        raise WrongState("not_decided", "No decision not to publish is in force.")
    for field, day in (
        ("panel_told_on", panel_told_on),
        ("department_told_on", department_told_on),
    ):
        if not locked.decided_on <= day <= clock.today():
            raise Invalid("day_out_of_order", "Give a day from the decision until today.", field)
    locked.panel_told_on, locked.department_told_on = panel_told_on, department_told_on
    locked.save(update_fields=["panel_told_on", "department_told_on"])
    fulfil(access=access, code=TELL_CLOCK, at=at_noon(max(panel_told_on, department_told_on)))
    _record(access, "publication.told_of_not_publishing", locked)
    return locked


@transaction.atomic
def publish_after_all(*, access: Access, reasons: str) -> NonPublication:
    """End the decision not to publish: the report goes on its way to publication again.

    For those who decide, whatever the panel advised, and only with reasons.
    """
    access.may(Act.DECIDE).require()
    Case.objects.select_for_update().get(pk=access.case.pk)
    if not reasons.strip():
        raise Invalid("reasons_missing", "Say why it is to be published after all.", "reasons")
    if access.case.regime == Case.Regime.CSPR and not access.partner_bodies:
        raise NotPermitted("actor_not_permitted", "You do not stand for one of the partners.")
    target = _target(access, _TO_BE_PUBLISHED)
    move(access=access, target=target, facts={"reasons": "yes"}, reasons=reasons.strip())
    ended = _end(access, reasons.strip())
    if ended is None:
        raise WrongState("not_decided", "No decision not to publish is on record.")
    return ended


def _end(access: Access, why: str) -> NonPublication | None:
    decision = present_decision(access.case)
    if decision is None:
        return None
    decision.ended_at, decision.ended_why = clock.now(), why
    decision.ended_by_id = access.actor.id
    decision.save(update_fields=["ended_at", "ended_why", "ended_by"])
    _record(access, "publication.not_publishing_ended", decision)
    return decision


def _locked(access: Access, decision: NonPublication) -> NonPublication:
    return NonPublication.objects.select_for_update().get(pk=decision.pk, case=access.case)


def _record(access: Access, name: str, decision: NonPublication, **said: str | bool) -> None:
    record(name, by=access.actor, case_id=access.case.pk, subject=str(decision.pk), **said)
