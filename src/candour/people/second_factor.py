"""Whether a session has been confirmed by a second factor, and who may enrol one.

A password alone never lets anybody enrol: a person enrols in the session that an invitation or a
link for a new second factor began. So a stolen password of somebody who lost their telephone is
worth nothing (docs/adr/0005-sign-in.md).
"""

from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import SessionBase

from candour.people.models import User

_CONFIRMED, _MAY_ENROL = "second_factor_of", "may_enrol"


def is_enrolled(user: User) -> bool:
    """Has this person an authenticator app registered?"""
    apps = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return bool(apps.exists())


def confirm(session: SessionBase, user: User) -> None:
    """This session has shown this person's second factor."""
    session[_CONFIRMED] = str(user.pk)


def is_confirmed(session: SessionBase, user: User) -> bool:
    """Has this session shown this person's second factor?"""
    return bool(session.get(_CONFIRMED) == str(user.pk))


def let_enrol(session: SessionBase, user: User) -> None:
    """This session was begun by a link, so its owner may enrol."""
    session[_MAY_ENROL] = str(user.pk)


def may_enrol(session: SessionBase, user: User) -> bool:
    """Was this session begun by a link, and is the enrolment not yet finished?"""
    return bool(session.get(_MAY_ENROL) == str(user.pk))


def finish_enrolment(session: SessionBase) -> None:
    """The recovery codes have been shown; from now on this is a session like any other."""
    session.pop(_MAY_ENROL, None)
