"""Reading who holds what, now."""

import uuid

from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet

from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.people.models import (
    KEPT_FOR,
    MOST_WRONG_CODES,
    AdministratorProposal,
    Agency,
    Appointment,
    KeptForm,
    OneUseLink,
    Partnership,
    SecondFactorRestoration,
    User,
)
from candour.people.roles import Role

# Who looks after a partnership's people, each beside the others.
WHO_LOOK_AFTER = (Role.ADMINISTRATOR.value, Role.BUSINESS_MANAGER.value, Role.CHAIR.value)


def _in_force() -> Q:
    now = clock.now()
    return Q(starts_at__lte=now) & (Q(ends_at__isnull=True) | Q(ends_at__gt=now))


def appointments_in_force(partnership: Partnership) -> QuerySet[Appointment]:
    """Who is appointed in this partnership now."""
    return Appointment.objects.filter(
        _in_force(), partnership=partnership, user__is_active=True
    ).select_related("user", "agency")


def appointments_of(actor: Actor) -> QuerySet[Appointment]:
    """What standing appointments the actor holds now."""
    return Appointment.objects.filter(
        _in_force(), user_id=actor.id, user__is_active=True
    ).select_related("partnership", "agency")


def holds(actor: Actor, role: Role) -> bool:
    """Does the actor hold this standing role anywhere now?"""
    return appointments_of(actor).filter(role=role).exists()


def holders_of(role: Role) -> QuerySet[User]:
    """Everybody who holds a standing role anywhere now."""
    held = Appointment.objects.filter(_in_force(), role=role.value).values("user_id")
    return User.objects.filter(pk__in=held, is_active=True)


def people_seen_by(actor: Actor) -> QuerySet[User]:
    """Whose accounts an administrator looks after: their partnerships' people, and whoever was
    invited and not yet appointed."""
    mine = appointments_of(actor).filter(role=Role.ADMINISTRATOR.value).values("partnership_id")
    return User.objects.filter(
        Q(appointments__partnership_id__in=mine) | Q(appointments__isnull=True)
    ).distinct()


def partnerships_administered(actor: Actor) -> QuerySet[Partnership]:
    """The partnerships whose appointments the actor may make."""
    mine = appointments_of(actor).filter(role=Role.ADMINISTRATOR.value)
    return Partnership.objects.filter(pk__in=mine.values("partnership_id"))


def appointments_administered(actor: Actor) -> QuerySet[Appointment]:
    """The appointments, past ones too, that the actor may end."""
    return Appointment.objects.filter(partnership__in=partnerships_administered(actor))


def agency_appointing_to(agency_id: str) -> Agency:
    """The agency chosen for an appointment; of which partnership is checked there."""
    return Agency.objects.get(pk=agency_id)


def sessions_of(actor: Actor) -> int:
    """In how many browsers the actor is signed in."""
    return int(UserSession.objects.filter(user_id=actor.id).count())


def owner_of(link: OneUseLink) -> User:
    """Whose account a personal link is for."""
    return User.objects.get(pk=link.subject)


def restorations_waiting(actor: Actor) -> QuerySet[SecondFactorRestoration]:
    """Second factors that somebody else must still confirm, for those who may confirm one."""
    rows = restorations_before(actor).filter(confirmed_at__isnull=True)
    return rows.select_related("user", "asked_by")


def restorations_before(actor: Actor) -> QuerySet[SecondFactorRestoration]:
    """Those that an administrator of a partnership of the actor's asked for, confirmed or not."""
    standing = (Role.ADMINISTRATOR.value, Role.BUSINESS_MANAGER.value)
    mine = appointments_of(actor).filter(role__in=standing).values("partnership_id")
    asking = Appointment.objects.filter(
        role=Role.ADMINISTRATOR.value, partnership_id__in=mine
    ).values("user_id")
    return SecondFactorRestoration.objects.filter(asked_by__in=asking)


def proposals_waiting(actor: Actor) -> QuerySet[AdministratorProposal]:
    """Administrators proposed by somebody else in partnerships that this person looks after."""
    mine = appointments_of(actor).filter(role__in=WHO_LOOK_AFTER).values("partnership_id")
    rows = AdministratorProposal.objects.filter(partnership__in=mine, decided_at__isnull=True)
    return rows.select_related("user", "partnership", "proposed_by")


def active_people() -> QuerySet[User]:
    """Everybody with a living account."""
    return User.objects.filter(is_active=True)


def looks_after(actor: Actor) -> bool:
    """Does this person look after the people of any partnership?"""
    return appointments_of(actor).filter(role__in=WHO_LOOK_AFTER).exists()


def looked_after_with(actor: Actor) -> QuerySet[Appointment]:
    """Everybody appointed now in the partnerships that this person looks after, and by whom."""
    mine = appointments_of(actor).filter(role__in=WHO_LOOK_AFTER).values("partnership_id")
    rows = Appointment.objects.filter(_in_force(), partnership__in=mine, user__is_active=True)
    return rows.select_related("user", "partnership", "agency", "appointed_by").order_by(
        "-starts_at", "id"
    )


def partnerships_looked_after(actor: Actor) -> QuerySet[Partnership]:
    """The partnerships that this person looks after as administrator, manager or Chair."""
    mine = appointments_of(actor).filter(role__in=WHO_LOOK_AFTER).values("partnership_id")
    return Partnership.objects.filter(pk__in=mine)


def kept_forms_of(actor: Actor) -> QuerySet[KeptForm]:
    """What the actor had typed when a session ended, and can still have back."""
    return KeptForm.objects.filter(user_id=actor.id, kept_at__gt=clock.now() - KEPT_FOR)


def appointments_of_person(user: User) -> QuerySet[Appointment]:
    """What standing appointments this person holds now, as an administrator sees them."""
    return Appointment.objects.filter(_in_force(), user=user).select_related(
        "partnership", "agency"
    )


def link_in_force(link_id: uuid.UUID) -> OneUseLink | None:
    """A one-use link that still lives, by its id, as a page remembers it once it was opened."""
    return links_in_force().filter(pk=link_id).first()


def links_in_force() -> QuerySet[OneUseLink]:
    """Links neither used, revoked, run out nor tried too often."""
    return OneUseLink.objects.filter(
        used_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=clock.now(),
        attempts__lt=MOST_WRONG_CODES,
    )
