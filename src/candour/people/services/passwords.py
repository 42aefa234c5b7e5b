"""A forgotten password: a link goes out by mail, and nobody learns who has an account."""

from django.db import transaction

from candour.audit.services import record
from candour.kernel.actor import SYSTEM
from candour.people.models import User
from candour.people.services.invite import mail_link, password_link
from candour.platform.acting import acting


def send_password_link(*, user: User) -> None:
    """Somebody says on the sign-in page that this person has forgotten their password.

    Nothing happens for those who have not joined; the page answers the same in every case.
    """
    if not user.is_active or not user.joined_at:
        return
    with acting(SYSTEM), transaction.atomic():
        record("people.password_link_asked", by=SYSTEM, subject=str(user.pk))
        mail_link(by=SYSTEM, invited=password_link(by=SYSTEM, user=user))
