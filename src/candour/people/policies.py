"""Who may do what about people. An administrator looks after accounts and sees no case."""

from candour.kernel.actor import Actor, ActorKind
from candour.kernel.decision import Allowed, Decision, Denied
from candour.people.models import (
    AdministratorProposal,
    Partnership,
    SecondFactorRestoration,
    User,
)
from candour.people.roles import Role
from candour.people.selectors import (
    WHO_LOOK_AFTER,
    appointments_of,
    holds,
    restorations_before,
)

_NOT_ADMINISTRATOR = Denied(
    "actor_not_permitted",
    "Accounts are looked after by the administrators of the partnership. Ask one of them.",
)


def may_administer(actor: Actor) -> Decision:
    """May the actor invite people and see the list of accounts?"""
    if actor.kind is ActorKind.SYSTEM or holds(actor, Role.ADMINISTRATOR):
        return Allowed()
    return _NOT_ADMINISTRATOR


def may_appoint(actor: Actor, user: User, partnership: Partnership) -> Decision:
    """May the actor give or end this person's appointments in this partnership?

    Nobody appoints themselves: an administrator could otherwise come to see cases alone.
    """
    if actor.kind is ActorKind.SYSTEM:
        return Allowed()
    if str(user.pk) == actor.id:
        return Denied(
            "own_appointment", "Nobody appoints themselves. Ask another administrator to do it."
        )
    administers = appointments_of(actor).filter(
        role=Role.ADMINISTRATOR.value, partnership=partnership
    )
    return Allowed() if administers.exists() else _NOT_ADMINISTRATOR


def may_look_after(actor: Actor, partnership: Partnership) -> Decision:
    """May the actor change what the partnership says of itself?

    Its administrators, business managers and Chair, who also see who stands appointed in it.
    """
    mine = appointments_of(actor).filter(role__in=WHO_LOOK_AFTER, partnership=partnership)
    return Allowed() if mine.exists() else _NOT_ADMINISTRATOR


def may_change_account(actor: Actor, user: User) -> Decision:
    """May the actor deactivate this account, or make a new link for it?"""
    decision = may_administer(actor)
    if decision and str(user.pk) == actor.id:
        return Denied(
            "own_account", "Nobody does this to their own account. Ask another administrator."
        )
    return decision


def may_restore(actor: Actor) -> Decision:
    """May the actor be the second person who restores a lost second factor?"""
    if holds(actor, Role.ADMINISTRATOR) or holds(actor, Role.BUSINESS_MANAGER):
        return Allowed()
    return _NOT_ADMINISTRATOR


def may_decide_on_administrator(actor: Actor, proposal: AdministratorProposal) -> Decision:
    """May the actor be the second person for a new administrator?

    Another administrator, a business manager or the Chair of the partnership; and none whom the
    proposer has put there, or one person could make up both.
    """
    mine = appointments_of(actor).filter(role__in=WHO_LOOK_AFTER, partnership=proposal.partnership)
    if not mine.exists():
        return _NOT_ADMINISTRATOR
    by_others = mine.exclude(appointed_by_id=proposal.proposed_by_id)
    if actor.id in (str(proposal.proposed_by_id), str(proposal.user_id)) or not by_others.exists():
        return Denied(
            "two_people",
            "An administrator is appointed by two people, and the second is neither the person, "
            "nor the one who proposed it, nor somebody whom that one has appointed. Where there "
            "is nobody else, whoever runs this installation invites a second administrator.",
        )
    return Allowed()


def may_confirm(actor: Actor, restoration: SecondFactorRestoration) -> Decision:
    """May the actor confirm that a second factor is restored? Two different people must agree,
    both of one partnership: whoever confirms must be able to ask whoever asked."""
    decision = may_restore(actor)
    if decision and not restorations_before(actor).filter(pk=restoration.pk).exists():
        return _NOT_ADMINISTRATOR
    if decision and actor.id in (str(restoration.asked_by_id), str(restoration.user_id)):
        return Denied(
            "two_people",
            "A lost second factor is restored by two people. Ask another administrator or the "
            "business manager to confirm.",
        )
    return decision
