"""The notification: prepared here, sent by the council elsewhere, recorded here; or not sent.

Candour notifies nobody. The Children Act 2004, section 16C, puts the duty on the local authority.
"""

from datetime import datetime

from django.db import transaction

from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Act, Kind
from candour.cases.versions import locked_for_edit
from candour.duties.services import explain_open, fulfil, start_duty
from candour.duties.states import may_move, move, state_of
from candour.engines.statute.facts import AbuseNeglect, Answer, CaseFacts, ChildOutcome
from candour.engines.statute.rulebook import rule_set
from candour.incidents.facts import children_of, facts_of
from candour.incidents.models import Incident, Notification
from candour.incidents.services.noting import note_event
from candour.kernel import clock
from candour.kernel.decision import Allowed, Decision
from candour.kernel.errors import Invalid, WrongState

# Under the boards S1; since 2018 C1 and C2, and C3 for looked-after children and care leavers.
OWED = ("S1", "C1", "C2", "C3")
# The partnership's own steps inside the time of the rapid review, and who owes each.
LOCAL_STEPS = {
    "C4L1": "The business unit",
    "C4L2": "The agencies asked",
    "C4L3": "The safeguarding partners",
}


@transaction.atomic
def prepare_notification(
    *, access: Access, seen_version: int, answers: dict[str, str]
) -> Notification:
    """Keep what has been prepared so far, half done or whole; EditedElsewhere if it moved on."""
    access.may_write(Kind.REFERRAL).require()
    locked = locked_for_edit(_notification(access), seen_version)
    if locked.sent_at:
        raise WrongState(
            "already_sent", "The notification has been sent. Record later facts on the incident."
        )
    locked.answers = {question: answer for question, answer in answers.items() if answer}
    locked.prepared_at = clock.now()
    locked.save()
    note_event(
        access,
        "incidents.notification_prepared",
        locked,
        version=locked.version,
    )
    return locked


@transaction.atomic
def record_notification_sent(
    *, access: Access, sent_at: datetime, sent_by_role: str, sent_to: str, reference: str
) -> Notification:
    """Record that the council sent the notification: when, by whom, to whom, which reference.

    Late is recorded, never refused. In the present scheme the rapid review's 15 working days run
    from the day of sending.
    """
    access.may(Act.NOTIFY).require()
    notification = _open_notification(access)
    _refuse_incomplete(sent_at, sent_by_role, reference)
    notification.sent_at = sent_at
    notification.sent_by_role = sent_by_role.strip()
    notification.sent_to = sent_to.strip()
    notification.reference = reference.strip()
    notification.version += 1
    notification.save()
    _move_on(access)
    for code in OWED:
        fulfil(access=access, code=code, at=sent_at)
    _start_what_follows(access, sent_at)
    note_event(
        access,
        "incidents.notification_sent",
        notification,
        sent_at=sent_at.isoformat(),
    )
    return notification


@transaction.atomic
def decide_not_to_notify(
    *, access: Access, reasons: str, partners_views: str, dissent: str
) -> Notification:
    """Record the decision not to notify, with reasons, the partners' views and any dissent."""
    access.may(Act.NOTIFY).require()
    notification = _open_notification(access)
    _refuse_unreasoned(reasons, partners_views)
    notification.decided_not_to_at = clock.now()
    notification.not_notified_reasons = reasons.strip()
    notification.partners_views = partners_views.strip()
    notification.dissent = dissent.strip()
    notification.version += 1
    notification.save()
    if access.case.regime == Case.Regime.CSPR:
        facts = {"reasons": "yes", "partners_views": "yes"}
        move(access=access, target="NOT_NOTIFIED", facts=facts, reasons=reasons)
    told = "It was decided not to notify; the reasons stand with the notification."
    explain_open(access=access, codes=OWED, explanation=told)
    note_event(
        access,
        "incidents.decided_not_to_notify",
        notification,
        dissent=bool(dissent.strip()),
    )
    return notification


def _refuse_unreasoned(reasons: str, partners_views: str) -> None:
    if not reasons.strip():
        raise Invalid("reasons_missing", "Give the reasons for not notifying.", "reasons")
    if not partners_views.strip():
        raise Invalid(
            "reasons_missing",
            "Record what each partner thinks, or that you asked and have no answer.",
            "partners_views",
        )


def _notification(access: Access) -> Notification:
    return Notification.objects.get(case=access.case)


def _open_notification(access: Access) -> Notification:
    notification = Notification.objects.select_for_update().get(case=access.case)
    if notification.sent_at:
        raise WrongState("already_sent", "The notification is already recorded as sent.")
    if notification.decided_not_to_at:
        raise WrongState(
            "decided_not_to", "It was decided not to notify. Look again on new information first."
        )
    return notification


def _refuse_incomplete(sent_at: datetime, sent_by_role: str, reference: str) -> None:
    if sent_at > clock.now():
        raise Invalid("day_ahead", "The time of sending cannot lie ahead.", "sent_at")
    if not sent_by_role.strip():
        raise Invalid("sender_missing", "Say which role sent it.", "sent_by_role")
    if not reference.strip():
        raise Invalid(
            "reference_missing",
            "Give the reference the Government's service answered with.",
            "reference",
        )


def may_be_sent(access: Access) -> Decision:
    """Would the facts on record let the notification be recorded as sent? Says what is lacking."""
    target, facts = _target(access.case)
    if not target:
        return Allowed()
    return may_move(access, target, facts, on_behalf_of="local_authority")


def _move_on(access: Access) -> None:
    target, facts = _target(access.case)
    if target:
        move(access=access, target=target, facts=facts)


def _target(case: Case) -> tuple[str, dict[str, str]]:
    """Under the boards a notification may come after screening has begun; then nothing moves."""
    facts = notification_facts(case)
    if case.regime == Case.Regime.SCR:
        return "NOTIFIED" if state_of(case) == "INCIDENT_LOGGED" else "", facts
    return "LAC_OR_CARE_LEAVER_ONLY" if _is_for_looked_after_alone(facts) else "SIN_SENT", facts


def _is_for_looked_after_alone(facts: dict[str, str]) -> bool:
    """A death that is told only because the child was looked after or a care leaver."""
    suspected = facts["abuse"] in ("known", "suspected")
    cared_for = facts["looked_after"] == "yes" or bool(facts["care_leaver_age"])
    return not suspected and facts["outcome"] == "death" and cared_for


def notification_facts(case: Case) -> dict[str, str]:
    """What the state machine asks of a notification.

    The facts are those of one child: the one for whom abuse is known or suspected and who died or
    was seriously harmed, if there is one.
    """
    incident = Incident.objects.get(case=case)
    children = sorted((facts_of(child) for child in children_of(case)), key=_not_notifiable)
    facts = {
        "child_recorded": "yes" if children else "",
        "awareness_date": incident.aware_on.isoformat(),
        "nature": incident.nature,
        "in_area": incident.in_area,
        "outside_england": incident.outside_england,
    }
    return facts | (_facts_of_child(children[0]) if children else {})


def _not_notifiable(child: CaseFacts) -> bool:
    abuse = child.abuse_neglect in (AbuseNeglect.KNOWN, AbuseNeglect.SUSPECTED)
    return not (abuse and child.outcome in (ChildOutcome.DEATH, ChildOutcome.SERIOUS_HARM))


def _facts_of_child(child: CaseFacts) -> dict[str, str]:
    leaver = child.care_leaver is Answer.YES and child.care_leaver_age is not None
    return {
        "abuse": child.abuse_neglect.value,
        "outcome": child.outcome.value,
        "normally_resident": child.normally_resident.value,
        "looked_after": child.looked_after.value,
        "care_leaver_age": str(child.care_leaver_age) if leaver else "",
    }


def _start_what_follows(access: Access, sent_at: datetime) -> None:
    scr = access.case.regime == Case.Regime.SCR
    if not scr and state_of(access.case) != "SIN_SENT":
        return
    start_duty(
        access=access,
        code="S3" if scr else "C4",
        starts=sent_at,
        owed_by="The Chair" if scr else "The safeguarding partners",
        owed_to="The board" if scr else "The national panel",
    )
    if not scr:
        _start_local_steps(access, sent_at)


def _start_local_steps(access: Access, sent_at: datetime) -> None:
    known = {each.code for each in rule_set(access.case.rule_set).clocks}
    for code, owed_by in LOCAL_STEPS.items():
        if code in known:
            start_duty(
                access=access,
                code=code,
                starts=sent_at,
                owed_by=owed_by,
                owed_to="The partnership",
            )
