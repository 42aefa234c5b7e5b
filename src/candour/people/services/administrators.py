"""An administrator is appointed by two people: one alone could make up a second."""

from django.db import transaction
from django.urls import reverse

from candour.audit.services import record
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import WrongState
from candour.people.models import AdministratorProposal, Partnership, User
from candour.people.policies import may_appoint, may_decide_on_administrator
from candour.people.roles import Role
from candour.people.selectors import WHO_LOOK_AFTER, appointments_in_force
from candour.people.services.appoint import put_in_office
from candour.platform.mail import notify


@transaction.atomic
def propose_administrator(
    *, by: Actor, user: User, partnership: Partnership
) -> AdministratorProposal:
    """An administrator proposes another; nothing is theirs until somebody else confirms.

    Proposing again while the first proposal waits changes nothing and returns it.
    """
    may_appoint(by, user, partnership).require()
    proposal, created = AdministratorProposal.objects.get_or_create(
        user=user, partnership=partnership, decided_at=None, defaults={"proposed_by_id": by.id}
    )
    if created:
        record("people.administrator_proposed", by=by, subject=str(proposal.pk), user=str(user.pk))
        _ask_the_others(by, proposal)
    return proposal


def _ask_the_others(by: Actor, proposal: AdministratorProposal) -> None:
    standing = appointments_in_force(proposal.partnership).filter(role__in=WHO_LOOK_AFTER)
    for user in {each.user_id: each.user for each in standing}.values():
        if str(user.pk) not in (by.id, str(proposal.user_id)):
            notify(user, "new-administrator", reverse("standing"), by=by)


@transaction.atomic
def decide_on_administrator(
    *, by: Actor, proposal: AdministratorProposal, confirmed: bool
) -> AdministratorProposal:
    """The second person confirms, and the appointment stands from now; or refuses."""
    locked = AdministratorProposal.objects.select_for_update().get(pk=proposal.pk)
    may_decide_on_administrator(by, locked).require()
    if locked.decided_at:
        raise WrongState("decided", "This has already been decided on.")
    locked.decided_by_id, locked.decided_at, locked.confirmed = by.id, clock.now(), confirmed
    locked.save(update_fields=["decided_by", "decided_at", "confirmed"])
    record(
        "people.administrator_confirmed" if confirmed else "people.administrator_refused",
        by=by,
        subject=str(locked.pk),
        user=str(locked.user_id),
    )
    if confirmed:
        put_in_office(
            by=by, user=locked.user, partnership=locked.partnership, role=Role.ADMINISTRATOR
        )
    return locked
