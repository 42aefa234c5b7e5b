"""Who works at a desk. A place there gives sight of what was sent to it, and of no case."""

from candour.cases.access import in_force
from candour.kernel.actor import Actor
from candour.kernel.decision import Allowed, Decision, Denied
from candour.oversight.models import DeskMember, NationalBody


def desks_of(actor: Actor) -> list[NationalBody]:
    """The desks this person works at, and those of the bodies that came before, oldest first."""
    held = DeskMember.objects.filter(in_force(), user_id=actor.id, user__is_active=True)
    found = {desk.pk: desk for desk in NationalBody.objects.filter(members__in=held)}
    waiting = list(found)
    while waiting:
        before = NationalBody.objects.filter(successor__in=waiting).exclude(pk__in=found)
        waiting = [body.pk for body in before]
        found |= {body.pk: body for body in before}
    return sorted(found.values(), key=lambda body: (body.began_on, body.name))


def may_advise(actor: Actor, desk: NationalBody) -> Decision:
    """May this person write for the body? Only at the desk of a body that still is."""
    held = DeskMember.objects.filter(in_force(), user_id=actor.id, desk=desk)
    if not held.exists():
        return Denied("actor_not_permitted", "Letters of this body are written at its own desk.")
    if desk.successor_id:
        return Denied("body_ended", "This body has ended. Write at the desk of its successor.")
    return Allowed()
