"""Reading the response and the actions; an action owner sees their own.

Before publication, so do all who may not read the analysis.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from candour.analysis.models import Recommendation
from candour.cases.access import Access, cases_visible_to
from candour.cases.permissions import Kind
from candour.improvement.models import Action, ActionEvidence, Response
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden
from candour.people.roles import Role
from candour.publication.models import Publication


@dataclass(frozen=True)
class Answered:
    """One recommendation or question with the board's answer and its actions, as far as there
    are any.
    """

    recommendation: Recommendation
    response: Response | None
    actions: list[Action]


def answers_of(access: Access) -> list[Answered]:
    """Every recommendation with its response and the actions this person may see."""
    access.may_read(Kind.PUBLISHED).require()
    responses = {each.recommendation_id: each for each in Response.objects.filter(case=access.case)}
    actions: dict[object, list[Action]] = {}
    for action in actions_of(access):
        actions.setdefault(action.recommendation_id, []).append(action)
    owner_only = _owner_only(access)
    return [
        Answered(each, responses.get(each.pk), actions.get(each.pk, []))
        for each in Recommendation.objects.filter(case=access.case)
        if not owner_only or each.pk in actions
    ]


def actions_of(access: Access) -> QuerySet[Action]:
    """The actions of the case; for an action owner their own."""
    access.may_read(Kind.PUBLISHED).require()
    rows = Action.objects.filter(case=access.case)
    if _owner_only(access):
        rows = rows.filter(owner__pk=access.actor.id)
    return rows.select_related("owner", "agency", "recommendation", "closed_by")


def _owner_only(access: Access) -> bool:
    """Does this person see what they own and nothing else?

    Action owners always; until publication all who may not read the analysis, since a
    recommendation and the actions on it tell what the review has found.
    """
    if access.roles == {Role.ACTION_OWNER}:
        return True
    published = Publication.objects.filter(
        case=access.case, state=Publication.State.PUBLISHED
    ).exists()
    return not published and not access.may_read(Kind.ANALYSIS)


def recommendation_of(access: Access, number: int) -> Recommendation:
    """One recommendation by its number; Hidden if there is none."""
    access.may_read(Kind.PUBLISHED).require()
    found = Recommendation.objects.filter(case=access.case, number=number).first()
    if found is None:
        raise Hidden
    return found


def response_to(access: Access, recommendation: Recommendation) -> Response | None:
    """The answer to one recommendation, if it was written."""
    access.may_read(Kind.PUBLISHED).require()
    return Response.objects.filter(case=access.case, recommendation=recommendation).first()


def action_of(access: Access, action_id: str) -> Action:
    """One action; Hidden if this person does not see it."""
    found = actions_of(access).filter(pk=action_id).first()
    if found is None:
        raise Hidden
    return found


def evidence_of(action: Action) -> QuerySet[ActionEvidence]:
    """What was noted on an action and what proves it, oldest first."""
    return ActionEvidence.objects.filter(action=action).select_related("by")


def is_overdue(action: Action) -> bool:
    """Is it past its day and not closed?"""
    return action.closed_at is None and action.due_on < clock.today()


def actions_owned_by(actor: Actor) -> QuerySet[Action]:
    """What this person still has to do on every case, soonest first."""
    return (
        Action.objects.filter(
            case__in=cases_visible_to(actor), owner__pk=actor.id, closed_at__isnull=True
        )
        .select_related("case", "recommendation")
        .order_by("due_on", "id")
    )
