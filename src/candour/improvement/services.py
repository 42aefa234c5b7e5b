"""The board's response, the actions that follow from it, and the proof that practice changed."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from candour.analysis.models import Recommendation
from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Membership
from candour.cases.permissions import Act
from candour.cases.versions import locked_for_edit
from candour.improvement.models import Action, ActionEvidence, Response
from candour.improvement.policies import may_add_evidence, may_close
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.people.models import Agency, User
from candour.people.roles import Role


@dataclass(frozen=True)
class Planned:
    """What is to be done, by whom and when, and what should be different for children."""

    text: str
    owner: User
    due_on: date
    intended_outcome: str
    agency: Agency | None = None


@transaction.atomic
def respond(
    *,
    access: Access,
    recommendation: Recommendation,
    answer: Response.Answer,
    text: str,
    responded_on: date,
    seen_version: int = 0,
) -> Response:
    """Write, or with `seen_version` rewrite, the answer to one recommendation or question.

    An answer that does not accept it in full needs its reasons in the text.
    """
    access.may(Act.RESPOND).require()
    asked = _of_case(access, recommendation)
    if not text.strip():
        raise Invalid("text_missing", "Write the response, with its reasons.", "text")
    present = Response.objects.filter(recommendation=asked, case=access.case).first()
    response = (
        locked_for_edit(present, seen_version)
        if present
        else Response(case=access.case, recommendation=asked)
    )
    response.answer = answer
    response.text = text.strip()
    response.responded_on = responded_on
    response.save()
    _note(access, "improvement.responded", str(response.pk), answer=answer.value)
    return response


def _of_case(access: Access, recommendation: Recommendation) -> Recommendation:
    found = Recommendation.objects.filter(pk=recommendation.pk, case=access.case).first()
    if found is None:
        raise Hidden
    return found


@transaction.atomic
def set_action(*, access: Access, recommendation: Recommendation, planned: Planned) -> Action:
    """Set an action with its owner, day and intended outcome; the owner comes onto the case."""
    access.may(Act.RESPOND).require()
    asked = _of_case(access, recommendation)
    _refuse_incomplete(planned)
    action = Action(case=access.case, recommendation=asked)
    _plan(action, planned)
    action.save()
    _put_on_case(access, planned.owner)
    _note(access, "improvement.action_set", str(action.pk), owner=str(planned.owner.pk))
    return action


@transaction.atomic
def change_action(
    *, access: Access, action: Action, seen_version: int, planned: Planned, reason: str
) -> Action:
    """Change an open action, with the reason; EditedElsewhere if somebody else did meanwhile."""
    access.may(Act.RESPOND).require()
    _refuse_incomplete(planned)
    if not reason.strip():
        raise Invalid("reasons_missing", "Say why the action changes.", "reason")
    locked = _open_action(access, action, seen_version)
    _plan(locked, planned)
    locked.save()
    ActionEvidence.objects.create(
        case=access.case,
        action=locked,
        note=f"Changed: {reason.strip()}",
        by_id=access.actor.id,
        is_progress=True,
    )
    _put_on_case(access, planned.owner)
    _note(access, "improvement.action_changed", str(locked.pk), owner=str(planned.owner.pk))
    return locked


def _refuse_incomplete(planned: Planned) -> None:
    if not planned.text.strip():
        raise Invalid("text_missing", "Say what is to be done.", "text")
    if not planned.intended_outcome.strip():
        raise Invalid(
            "recommendation_incomplete",
            "Say what will be different for children when this has been done.",
            "intended_outcome",
        )


def _plan(action: Action, planned: Planned) -> None:
    action.text = planned.text.strip()
    action.owner = planned.owner
    action.agency = planned.agency
    action.due_on = planned.due_on
    action.intended_outcome = planned.intended_outcome.strip()


def _put_on_case(access: Access, owner: User) -> None:
    if Membership.objects.filter(case=access.case, user=owner, ends_at__isnull=True).exists():
        return
    Membership.objects.create(
        case=access.case,
        user=owner,
        role=Role.ACTION_OWNER.value,
        starts_at=clock.now(),
        granted_by_id=access.actor.id,
        reason="Owner of an action",
    )


@transaction.atomic
def add_evidence(
    *, access: Access, action: Action, note: str, where: str = "", is_progress: bool = False
) -> ActionEvidence:
    """Add a dated progress note, or proof and where it is kept: by the owner or the unit."""
    present = Action.objects.select_for_update().filter(pk=action.pk, case=access.case).first()
    if present is None:
        raise Hidden
    if present.closed_at:
        raise WrongState("action_closed", "This action is closed.")
    may_add_evidence(access, present).require()
    if not note.strip():
        raise Invalid("text_missing", "Say what was done or what shows it.", "note")
    evidence = ActionEvidence.objects.create(
        case=access.case,
        action=present,
        note=note.strip(),
        where=where.strip(),
        by_id=access.actor.id,
        is_progress=is_progress,
    )
    _note(access, "improvement.evidence_added", str(evidence.pk), action=str(present.pk))
    return evidence


@transaction.atomic
def close_action(
    *, access: Access, action: Action, seen_version: int, reasons: str, impact_review_on: date
) -> Action:
    """Close an action on evidence, by somebody other than its owner, with a day to look at its
    impact.
    """
    access.may(Act.CLOSE_ACTION).require()
    locked = _open_action(access, action, seen_version)
    may_close(access, locked).require()
    _refuse_closing(locked, reasons, impact_review_on)
    locked.closed_at = clock.now()
    locked.closed_by = User.objects.get(pk=access.actor.id)
    locked.closing_reasons = reasons.strip()
    locked.impact_review_on = impact_review_on
    locked.save()
    _note(access, "improvement.action_closed", str(locked.pk))
    return locked


def _refuse_closing(locked: Action, reasons: str, impact_review_on: date) -> None:
    if not locked.evidence.filter(is_progress=False).exists():
        raise WrongState(
            "evidence_missing", "Nothing shows yet that this was done. Add evidence first."
        )
    if not reasons.strip():
        raise Invalid("reasons_missing", "Say what convinced you.", "reasons")
    if impact_review_on <= clock.today():
        raise Invalid(
            "impact_date_missing",
            "Choose a day in the future on which its impact on children is looked at.",
            "impact_review_on",
        )


@transaction.atomic
def record_impact(*, access: Access, action: Action, seen_version: int, found: str) -> Action:
    """Say what a closed action has changed for children, or that nothing can be shown."""
    access.may(Act.CLOSE_ACTION).require()
    present = Action.objects.filter(pk=action.pk, case=access.case).first()
    if present is None:
        raise Hidden
    if present.closed_at is None:
        raise WrongState("action_open", "Close the action first; its impact is looked at after.")
    if not found.strip():
        raise Invalid("text_missing", "Say what was found.", "found")
    locked = locked_for_edit(present, seen_version)
    locked.impact_found = found.strip()
    locked.save()
    _note(access, "improvement.impact_recorded", str(locked.pk))
    return locked


def _open_action(access: Access, action: Action, seen_version: int) -> Action:
    present = Action.objects.filter(pk=action.pk, case=access.case).first()
    if present is None:
        raise Hidden
    if present.closed_at:
        raise WrongState("action_closed", "This action is closed.")
    return locked_for_edit(present, seen_version)


def _note(access: Access, event: str, subject: str, **references: str) -> None:
    record(event, by=access.actor, case_id=access.case.pk, subject=subject, **references)
