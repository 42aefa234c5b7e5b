"""What passes between the case and the national panel: notices, its letters, the replies."""

from datetime import date

from django.db import transaction

from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Act, Kind
from candour.documents.models import Document
from candour.duties.models import Letter
from candour.duties.services import fulfil
from candour.duties.states import move, state_of
from candour.incidents.models import PanelLetter, PanelNotice, Recommendation
from candour.incidents.services.decision import at_noon, standing_decision
from candour.incidents.services.noting import note_event
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, WrongState

_PANEL = "national_panel"
_DECISION_WORD = {"review": "scr", "other": "other", "none": "none"}
# Where a letter takes the case. Under the boards agreement and questions leave it where it stands.
_AFTER_LETTER = {
    Case.Regime.SCR: {PanelLetter.Outcome.CHALLENGES: "CHALLENGED"},
    Case.Regime.CSPR: {
        PanelLetter.Outcome.AGREES: "PANEL_AGREES",
        PanelLetter.Outcome.QUERIES: "PANEL_QUERIES",
        PanelLetter.Outcome.NATIONAL_REVIEW: "NATIONAL_REVIEW",
    },
}
_MAY_SAY = {
    Case.Regime.SCR: frozenset({"agrees", "queries", "challenges"}),
    Case.Regime.CSPR: frozenset({"agrees", "queries", "national_review"}),
}


@transaction.atomic
def record_panel_told(
    *,
    access: Access,
    letter: str,
    told_on: date,
    ofsted_told_on: date,
    dfe_told_on: date,
    notification_copied: bool,
) -> PanelNotice:
    """Record that the panel, Ofsted and the Department were told of the Chair's decision.

    With a decision not to hold a review goes a copy of the notification. Candour sends nothing.
    """
    access.may_write(Kind.DECISION).require()
    Case.objects.select_for_update().get(pk=access.case.pk)
    _refuse_ahead(told_on=told_on, ofsted_told_on=ofsted_told_on, dfe_told_on=dfe_told_on)
    if not letter.strip():
        raise Invalid(
            "letter_missing", "Say what the panel was told, or file the letter.", "letter"
        )
    move(access=access, target="PANEL_INFORMED", facts=_told_facts(notification_copied))
    notice = PanelNotice.objects.create(
        case=access.case,
        told_on=told_on,
        letter=letter.strip(),
        ofsted_told_on=ofsted_told_on,
        dfe_told_on=dfe_told_on,
        notification_copied=notification_copied,
        recorded_by_id=access.actor.id,
    )
    fulfil(access=access, code="S4", at=at_noon(max(told_on, ofsted_told_on, dfe_told_on)))
    note_event(access, "incidents.panel_told", notice, told_on=told_on.isoformat())
    return notice


def _told_facts(notification_copied: bool) -> dict[str, str]:
    told = dict.fromkeys(("letter", "reasons", "ofsted_told", "dfe_told"), "yes")
    return told | {"notification_copy": "yes" if notification_copied else ""}


@transaction.atomic
def file_panel_letter(
    *,
    access: Access,
    outcome: PanelLetter.Outcome,
    received_on: date,
    text: str,
    reference: str = "",
    reply_due_on: date | None = None,
    document: Document | None = None,
    delivered: Letter | None = None,
) -> PanelLetter:
    """File a letter of the national panel as it came; the case moves as the letter says.

    WrongState where such a letter cannot come now, where it needs a day for the reply, or where
    a letter that its desk delivered is on record already.
    """
    access.may_write(Kind.DECISION).require()
    Case.objects.select_for_update().get(pk=access.case.pk)
    _refuse_ahead(received_on=received_on)
    if not text.strip():
        raise Invalid("letter_missing", "Write what the letter says, in its own words.", "text")
    _refuse_twice(access, delivered)
    facts = _letter_facts(access.case, received_on, reply_due_on)
    _move_as_it_says(access, outcome, facts)
    letter = PanelLetter.objects.create(
        case=access.case,
        outcome=outcome,
        received_on=received_on,
        reference=reference.strip(),
        text=text.strip(),
        document=document,
        delivered=delivered,
        reply_due_on=reply_due_on,
        filed_by_id=access.actor.id,
    )
    fulfil(access=access, code="C5", at=at_noon(received_on))
    note_event(access, "incidents.panel_letter_filed", letter, outcome=outcome.value)
    return letter


def may_say(case: Case) -> frozenset[str]:
    """What a letter of the panel can say about a case of this kind."""
    return _MAY_SAY[Case.Regime(case.regime)]


def _refuse_twice(access: Access, delivered: Letter | None) -> None:
    if delivered is None:
        return
    if delivered.case_id != access.case.pk:
        raise Hidden
    if PanelLetter.objects.filter(delivered=delivered).exists():
        raise WrongState("already_filed", "This letter is on record already.")


def _move_as_it_says(access: Access, outcome: PanelLetter.Outcome, facts: dict[str, str]) -> None:
    if outcome not in may_say(access.case):
        raise Invalid("outcome_unknown", "The panel cannot say this about such a case.", "outcome")
    target = _AFTER_LETTER[Case.Regime(access.case.regime)].get(outcome)
    if target:
        move(access=access, target=target, facts=facts, on_behalf_of=_PANEL)
    elif standing_decision(access.case) is None:
        raise WrongState("not_decided", "Nothing is decided yet about which the panel could write.")


def _letter_facts(case: Case, received_on: date, reply_due_on: date | None) -> dict[str, str]:
    decision = standing_decision(case)
    return {
        "letter_received": received_on.isoformat(),
        "reply_due": reply_due_on.isoformat() if reply_due_on else "",
        "reasons": "yes",
        "decision": _DECISION_WORD[decision.outcome] if decision else "",
    }


@transaction.atomic
def reply_to_panel(
    *, access: Access, letter: PanelLetter, reply: str, replied_on: date
) -> PanelLetter:
    """Record the reply to a letter that asks for one; under the boards the Chair has thought again.

    WrongState when it has been answered, or asks nothing.
    """
    access.may_write(Kind.DECISION).require()
    locked = PanelLetter.objects.select_for_update().get(pk=letter.pk, case=access.case)
    if locked.replied_on:
        raise WrongState("already_answered", "A reply to this letter is already recorded.")
    if not reply.strip():
        raise Invalid("letter_missing", "Write what was replied.", "reply")
    _refuse_ahead(replied_on=replied_on)
    _move_after_reply(access, locked)
    locked.reply, locked.replied_on = reply.strip(), replied_on
    locked.save(update_fields=["reply", "replied_on"])
    note_event(access, "incidents.panel_answered", locked, replied_on=replied_on.isoformat())
    return locked


def _move_after_reply(access: Access, letter: PanelLetter) -> None:
    """Under the boards only the answer to a challenge is a step."""
    if access.case.regime == Case.Regime.CSPR:
        move(access=access, target="RR_WITH_PANEL", facts={"reply_sent": "yes"})
    elif letter.outcome == PanelLetter.Outcome.CHALLENGES:
        move(access=access, target="RECONSIDERED", facts={"reply_sent": "yes"})


def open_challenge(case: Case) -> PanelLetter | None:
    """The letter that asks the Chair to think again and has no reply yet, or None."""
    letters = PanelLetter.objects.filter(
        case=case, outcome=PanelLetter.Outcome.CHALLENGES, replied_on__isnull=True
    )
    return letters.last()


@transaction.atomic
def close_challenge(
    *, access: Access, reasons_for_not_following: str, replied_on: date | None = None
) -> None:
    """The Chair keeps the decision, with reasons: what the panel gives is advice.

    Where the challenge has no reply yet, the reasons are the reply.
    """
    access.may(Act.DECIDE).require()
    if not reasons_for_not_following.strip():
        raise Invalid("reasons_missing", "Say why the panel's advice is not followed.", "reasons")
    letter = open_challenge(access.case)
    if letter:
        day, words = replied_on or clock.today(), reasons_for_not_following
        reply_to_panel(access=access, letter=letter, reply=words, replied_on=day)
    facts = {"panel_disagrees": "yes", "reasons_for_not_following": "yes"}
    move(
        access=access,
        target="CHALLENGE_CLOSED",
        facts=facts,
        reasons=reasons_for_not_following.strip(),
    )


@transaction.atomic
def act_on_partners_decision(*, access: Access, reasons: str, action_plan: str = "") -> str:
    """After the panel's letter the partners take the step they decided on; answers with the state.

    A local review, or closing on the learning of the rapid review with an action plan. The
    decision stays the partners' own, whatever the panel advises.
    """
    access.may(Act.DECIDE).require()
    decision = standing_decision(access.case)
    if decision is None:
        raise WrongState(
            "reasons_missing",
            "No decision of the three partners is in force. Propose one, and let all three answer.",
        )
    if not reasons.strip():
        raise Invalid("reasons_missing", "Give the reasons.", "reasons")
    review = decision.outcome == Recommendation.Outcome.REVIEW
    if not review and not action_plan.strip():
        raise Invalid("recommendation_incomplete", "Say what is to be done.", "action_plan")
    target = "LCSPR_DECIDED" if review else "CLOSED_RR_LEARNING"
    facts = {"reasons": "yes", "action_plan": "yes" if action_plan.strip() else ""}
    told = "\n\n".join(part.strip() for part in (reasons, action_plan) if part.strip())
    move(access=access, target=target, facts=facts, reasons=told)
    return state_of(access.case)


def _refuse_ahead(**days: date) -> None:
    for field, day in days.items():
        if day > clock.today():
            raise Invalid("day_ahead", "This day cannot lie ahead.", field)
