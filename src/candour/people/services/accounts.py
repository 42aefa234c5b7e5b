"""An account from its owner's side, and its end: passwords, second factor, sessions."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction

from candour.audit.services import record
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Invalid, NotPermitted, WrongState
from candour.people.models import OneUseLink, User
from candour.people.policies import may_change_account
from candour.people.roles import LinkPurpose
from candour.people.services.links import count_wrong, link_actor, revoke_links, use_link
from candour.platform.acting import acting


def set_password(*, link: OneUseLink, password: str) -> User:
    """Use up an invitation or a new-password link; Invalid, and the link lives on, when the
    password is refused. Sessions begun with the old password end."""
    user = User.objects.get(pk=link.subject, is_active=True)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid("password_refused", " ".join(error.messages), "password") from error
    actor = link_actor(link)
    with acting(actor), transaction.atomic():
        use_link(by=actor, link=link)
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(by=actor, user=user)
        record("people.password_set", by=actor, subject=str(user.pk))
    return User.objects.get(pk=user.pk)


def begin_new_second_factor(*, link: OneUseLink, password: str) -> User:
    """Use up the link that two people gave; its holder must know the password as well.

    Invalid for a wrong password, which counts against the link: the fifth kills it.
    """
    user = User.objects.get(pk=link.subject, is_active=True)
    if not user.check_password(password):
        count_wrong(link)
        raise Invalid(
            "password_wrong",
            "That is not your password. After five wrong answers the link stops working.",
            "password",
        )
    actor = link_actor(link)
    with acting(actor):
        use_link(by=actor, link=link)
    return user


@transaction.atomic
def enrolled(*, by: Actor) -> None:
    """The person has registered an authenticator app: they have joined."""
    User.objects.filter(pk=by.id, joined_at__isnull=True).update(joined_at=clock.now())
    record("people.second_factor_enrolled", by=by, subject=by.id)


@transaction.atomic
def deactivate(*, by: Actor, user: User) -> User:
    """Close an account: its sessions end at once and every link to it dies. Nothing is deleted."""
    may_change_account(by, user).require()
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not locked.is_active:
        raise WrongState("deactivated", "This account is already deactivated.")
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    end_sessions(by=by, user=locked)
    for purpose in LinkPurpose:
        if purpose is not LinkPurpose.CONTRIBUTION:
            revoke_links(by=by, purpose=purpose, subject=str(locked.pk))
    record("people.deactivated", by=by, subject=str(locked.pk))
    return locked


@transaction.atomic
def reactivate(*, by: Actor, user: User) -> User:
    """Open a closed account again; password and second factor are those it had."""
    may_change_account(by, user).require()
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.is_active:
        raise WrongState("active", "This account is active.")
    locked.is_active = True
    locked.save(update_fields=["is_active"])
    record("people.reactivated", by=by, subject=str(locked.pk))
    return locked


@transaction.atomic
def end_sessions(*, by: Actor, user: User) -> None:
    """Sign this person out everywhere: whatever session began before now is dead."""
    User.objects.filter(pk=user.pk).update(sessions_ended_at=clock.now())
    for session in UserSession.objects.filter(user=user):
        session.end()
    record("people.sessions_ended", by=by, subject=str(user.pk))


@transaction.atomic
def end_session(*, by: Actor, session_id: int) -> None:
    """End one of the actor's own sessions, on another device for example."""
    session = UserSession.objects.filter(pk=session_id, user_id=by.id).first()
    if session is None:
        raise NotPermitted("session_gone", "This session has already ended.")
    session.end()
    record("people.session_ended", by=by, subject=by.id)


def forget_ended_sessions() -> None:
    """Delete what is left of sessions that are over. Run by the worker; not an act of anybody."""
    SessionStore.clear_expired()
    living = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=living).delete()


@transaction.atomic
def forget_second_factor(*, by: Actor, user: User) -> None:
    """The authenticator app and the recovery codes of this person open nothing any more."""
    Authenticator.objects.filter(user=user).delete()
    record("people.second_factor_removed", by=by, subject=str(user.pk))


def record_own_act(name: str, *, by: Actor) -> None:
    """Somebody did something to their own account: signed in or out, enrolled, new codes."""
    record(f"people.{name}", by=by, subject=by.id)
