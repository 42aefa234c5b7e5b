"""Standing appointments: what a person is in a partnership, from one instant to another."""

from django.db import transaction
from django.urls import reverse

from candour.audit.services import record
from candour.kernel import clock
from candour.kernel.actor import Actor, ActorKind
from candour.kernel.decision import Denied
from candour.kernel.errors import Invalid, WrongState
from candour.people.models import Agency, Appointment, Partnership, User
from candour.people.policies import may_appoint
from candour.people.roles import PartnerBody, Role
from candour.people.selectors import WHO_LOOK_AFTER, appointments_in_force
from candour.platform.mail import notify

_FOR_AN_AGENCY = (Role.AGENCY_AUTHOR, Role.SIGNING_OFF_MANAGER)
_FOR_A_PARTNER = (Role.LEAD_PARTNER, Role.DELEGATED_PARTNER, Role.DEPUTY_PARTNER)


@transaction.atomic
def appoint(
    *,
    by: Actor,
    user: User,
    partnership: Partnership,
    role: Role,
    agency: Agency | None = None,
    partner_body: PartnerBody | None = None,
) -> Appointment:
    """Appoint somebody from now; appointing twice to the same is one act.

    NotPermitted for an administrator, whom two people appoint (`administrators`). Whoever else
    looks after the partnership is told, so that no appointment is made unseen.
    """
    may_appoint(by, user, partnership).require()
    if role is Role.ADMINISTRATOR and by.kind is not ActorKind.SYSTEM:
        Denied(
            "two_people",
            "An administrator is appointed by two people. Propose the appointment; another "
            "administrator, a business manager or the Chair confirms it.",
        ).require()
    return put_in_office(
        by=by,
        user=user,
        partnership=partnership,
        role=role,
        agency=agency,
        partner_body=partner_body,
    )


def put_in_office(
    *,
    by: Actor,
    user: User,
    partnership: Partnership,
    role: Role,
    agency: Agency | None = None,
    partner_body: PartnerBody | None = None,
) -> Appointment:
    """The appointment itself, for callers that have decided that it may be made."""
    _check_for_whom(partnership, role, agency, partner_body)
    appointment, created = Appointment.objects.get_or_create(
        user=user,
        partnership=partnership,
        role=role.value,
        agency=agency,
        partner_body=partner_body.value if partner_body else "",
        ends_at=None,
        defaults={"appointed_by_id": by.id if by.kind is ActorKind.PERSON else None},
    )
    if created:
        _record("people.appointed", by, appointment)
        _tell_the_others(by, appointment)
    return appointment


def _tell_the_others(by: Actor, appointment: Appointment) -> None:
    if by.kind is ActorKind.SYSTEM:
        return
    involved = {by.id, str(appointment.user_id)}
    standing = appointments_in_force(appointment.partnership).filter(role__in=WHO_LOOK_AFTER)
    others = {str(each.user_id): each.user for each in standing}
    for pk, user in others.items():
        if pk not in involved:
            notify(user, "new-appointment", reverse("standing"), by=by)


@transaction.atomic
def end_appointment(*, by: Actor, appointment: Appointment) -> Appointment:
    """End it at once. Memberships of cases are ended on the case."""
    may_appoint(by, appointment.user, appointment.partnership).require()
    locked = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if locked.ends_at and locked.ends_at <= clock.now():
        raise WrongState("appointment_ended", "This appointment has already ended.")
    locked.ends_at = clock.now()
    locked.save(update_fields=["ends_at"])
    _record("people.appointment_ended", by, locked)
    return locked


def _check_for_whom(
    partnership: Partnership, role: Role, agency: Agency | None, partner_body: PartnerBody | None
) -> None:
    if role in _FOR_AN_AGENCY and agency is None:
        raise Invalid("agency_missing", "Choose the agency this person acts for.", "agency")
    if agency and agency.partnership_id != partnership.pk:
        raise Invalid("agency_elsewhere", "Choose an agency of this partnership.", "agency")
    if role in _FOR_A_PARTNER and partner_body is None:
        raise Invalid(
            "partner_body_missing",
            "Choose which of the three safeguarding partners this person stands for.",
            "partner_body",
        )


def _record(name: str, by: Actor, appointment: Appointment) -> None:
    record(
        name,
        by=by,
        subject=str(appointment.pk),
        user=str(appointment.user_id),
        partnership=str(appointment.partnership_id),
        role=appointment.role,
    )
