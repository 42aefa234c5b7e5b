"""Who may add to an action and who may close it."""

from candour.cases.access import Access
from candour.cases.permissions import Act, Kind
from candour.improvement.models import Action
from candour.kernel.decision import Allowed, Decision, Denied


def may_add_evidence(access: Access, action: Action) -> Decision:
    """The owner, or who keeps the record of the response; never on a closed action."""
    if action.closed_at:
        return Denied("action_closed", "This action is closed.")
    if str(action.owner_id) == access.actor.id:
        return Allowed()
    return access.may_write(Kind.PUBLISHED)


def may_close(access: Access, action: Action) -> Decision:
    """Those who close actions, and never its owner."""
    if action.closed_at:
        return Denied("action_closed", "This action is closed.")
    if str(action.owner_id) == access.actor.id:
        return Denied(
            "closed_by_owner", "You own this action. Somebody else must look at it and close it."
        )
    return access.may(Act.CLOSE_ACTION)
