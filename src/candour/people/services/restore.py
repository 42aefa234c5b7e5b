"""A lost second factor, restored by two people who both answer for it."""

from django.db import transaction

from candour.audit.services import record
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Invalid, WrongState
from candour.people.models import SecondFactorRestoration, User
from candour.people.policies import may_change_account, may_confirm
from candour.people.roles import LinkPurpose
from candour.people.services.accounts import end_sessions, forget_second_factor
from candour.people.services.invite import Invited, personal_link

RESTORED_BY_LINK_WITHIN_DAYS = 1


@transaction.atomic
def ask_restoration(*, by: Actor, user: User, reason: str) -> SecondFactorRestoration:
    """An administrator asks for a person's second factor to be restored, and says why.

    Asking again while the first request waits changes nothing and returns it.
    """
    may_change_account(by, user).require()
    if not reason.strip():
        raise Invalid(
            "reasons_missing", "Say what was lost and how you know who is asking.", "reason"
        )
    if not user.is_active or not user.joined_at:
        raise WrongState("not_joined", "This person has not joined yet. Invite them again.")
    restoration, created = SecondFactorRestoration.objects.get_or_create(
        user=user,
        confirmed_at=None,
        defaults={"asked_by_id": by.id, "reason": reason.strip()},
    )
    if created:
        record("people.restoration_asked", by=by, subject=str(restoration.pk), user=str(user.pk))
    return restoration


@transaction.atomic
def confirm_restoration(*, by: Actor, restoration: SecondFactorRestoration) -> Invited:
    """A second person confirms: the old factor and all sessions end, and a link lets the person
    enrol a new one within a day, with their password."""
    locked = SecondFactorRestoration.objects.select_for_update().get(pk=restoration.pk)
    may_confirm(by, locked).require()
    if locked.confirmed_at:
        raise WrongState("confirmed", "This has already been confirmed.")
    locked.confirmed_by_id = by.id
    locked.confirmed_at = clock.now()
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    user = locked.user
    end_sessions(by=by, user=user)
    forget_second_factor(by=by, user=user)
    record("people.restoration_confirmed", by=by, subject=str(locked.pk), user=str(user.pk))
    return personal_link(by, user, LinkPurpose.NEW_SECOND_FACTOR, RESTORED_BY_LINK_WITHIN_DAYS)
