"""Standing appointments: what a person is in a partnership, from one instant to another."""

from django.db import transaction

from candour.audit.services import record
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Invalid, WrongState
from candour.people.models import Agency, Appointment, Partnership, User
from candour.people.policies import may_appoint
from candour.people.roles import PartnerBody, Role

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
    """Appoint somebody from now; appointing twice to the same is one act."""
    may_appoint(by, user, partnership).require()
    _check_for_whom(partnership, role, agency, partner_body)
    appointment, created = Appointment.objects.get_or_create(
        user=user,
        partnership=partnership,
        role=role.value,
        agency=agency,
        partner_body=partner_body.value if partner_body else "",
        ends_at=None,
    )
    if created:
        _record("people.appointed", by, appointment)
    return appointment


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
