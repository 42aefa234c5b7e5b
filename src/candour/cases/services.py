"""Opening a case, giving and ending access to it."""

from datetime import datetime

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access, access_by_id
from candour.cases.models import Case, Grant, Membership
from candour.cases.permissions import Act, Kind
from candour.cases.sealing import make_sealing_key
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.decision import Denied
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.people.models import Agency, Appointment, Partnership, User
from candour.people.roles import PartnerBody, Role
from candour.people.selectors import appointments_in_force

# Who stands on every case of a partnership from its first hour, by standing appointment.
_FROM_THE_FIRST_HOUR = (
    Role.CHAIR,
    Role.LEAD_PARTNER,
    Role.DELEGATED_PARTNER,
    Role.BUSINESS_MANAGER,
    Role.SUB_GROUP,
    Role.NOTIFIER,
)


@transaction.atomic
def open_case(
    *, by: Actor, partnership: Partnership, regime: str, rule_set: str, notification_rule_set: str
) -> Access:
    """Open a case with its own sealing key and put the partnership's standing people on it.

    NotPermitted unless the actor holds a standing appointment in the partnership.
    """
    appointments = list(appointments_in_force(partnership))
    if not any(str(appointment.user_id) == by.id for appointment in appointments):
        Denied(
            "actor_not_permitted",
            "Only people appointed in this partnership can log an incident for it.",
        ).require()
    opener = User.objects.get(pk=by.id)
    case = Case.objects.create(
        lead_partnership=partnership,
        regime=regime,
        rule_set=rule_set,
        notification_rule_set=notification_rule_set,
        opened_by=opener,
        opened_at=clock.now(),
    )
    bring_in_partnership(case=case, partnership=partnership, by=opener)
    make_sealing_key(case)
    record("cases.opened", by=by, case_id=case.pk, subject=case.reference, rule_set=rule_set)
    return access_by_id(by, case.pk)


def bring_in_partnership(*, case: Case, partnership: Partnership, by: User) -> None:
    """Make the case one of this partnership's too, with its standing people on it.

    For services that have decided that it may be: opening, a joint review, a hand-over.
    """
    # People first: the database lets nobody write of a case that they are not on.
    for appointment in appointments_in_force(partnership):
        if Role(appointment.role) in _FROM_THE_FIRST_HOUR:
            _member_by_appointment(case, appointment, by)
    case.partnerships.add(partnership)


def _member_by_appointment(case: Case, appointment: Appointment, opener: User) -> None:
    Membership.objects.get_or_create(
        case=case,
        user=appointment.user,
        role=appointment.role,
        agency=appointment.agency,
        partner_body=appointment.partner_body,
        ends_at=None,
        defaults={
            "starts_at": clock.now(),
            "granted_by": opener,
            "reason": "Standing appointment",
        },
    )


@transaction.atomic
def give_membership(
    *,
    access: Access,
    user: User,
    role: Role,
    reason: str,
    agency: Agency | None = None,
    partner_body: PartnerBody | None = None,
    ends_at: datetime | None = None,
) -> Membership:
    """Put a person on the case in one role; giving the same open membership twice is one act.

    NotPermitted to oneself: whoever manages access would otherwise come to read everything alone.
    """
    access.may(Act.MANAGE_MEMBERS).require()
    _refuse_oneself(access, user)
    _refuse_incomplete(role, agency, reason)
    membership, created = Membership.objects.get_or_create(
        case=access.case,
        user=user,
        role=role,
        agency=agency,
        partner_body=partner_body or "",
        ends_at=None,
        defaults={
            "starts_at": clock.now(),
            "granted_by_id": access.actor.id,
            "reason": reason.strip(),
        },
    )
    if ends_at:
        membership.ends_at = ends_at
        membership.save(update_fields=["ends_at"])
    if created:
        _record(access, "cases.membership_given", membership)
    return membership


def _record(access: Access, name: str, membership: Membership) -> None:
    record(
        name,
        by=access.actor,
        case_id=access.case.pk,
        subject=str(membership.pk),
        user=str(membership.user_id),
        role=str(membership.role),
    )


def _refuse_incomplete(role: Role, agency: Agency | None, reason: str) -> None:
    if role in (Role.AGENCY_AUTHOR, Role.SIGNING_OFF_MANAGER) and agency is None:
        raise Invalid("agency_missing", "Choose the agency this person acts for.", "agency")
    if not reason.strip():
        raise Invalid("reasons_missing", "Say why this person needs access.", "reason")


def _refuse_oneself(access: Access, user: User) -> None:
    if str(user.pk) == access.actor.id:
        Denied(
            "own_access",
            "Nobody gives access to themselves. Ask the Chair, or another business manager.",
        ).require()


@transaction.atomic
def end_membership(*, access: Access, membership: Membership, reason: str) -> Membership:
    """End access at once: the very next request finds nothing."""
    access.may(Act.MANAGE_MEMBERS).require()
    locked = Membership.objects.select_for_update().get(pk=membership.pk, case=access.case)
    if locked.ends_at and locked.ends_at <= clock.now():
        raise WrongState("membership_ended", "This access has already ended.")
    if not reason.strip():
        raise Invalid("reasons_missing", "Say why this access ends.", "reason")
    locked.ends_at = clock.now()
    locked.reason = f"{locked.reason}\nEnded: {reason.strip()}"
    locked.save(update_fields=["ends_at", "reason"])
    _record(access, "cases.membership_ended", locked)
    return locked


@transaction.atomic
def grant(
    *,
    access: Access,
    membership: Membership,
    kind: Kind,
    legal_basis: str,
    onward_use: str,
    ends_at: datetime,
) -> Grant:
    """Record dated leave to see one kind of record, with its legal basis and onward-use limit."""
    access.may(Act.MANAGE_MEMBERS).require()
    if not legal_basis.strip():
        raise Invalid("reasons_missing", "Give the order or legal basis.", "legal_basis")
    if ends_at <= clock.now():
        raise Invalid("ends_too_early", "Choose an end in the future.", "ends_at")
    given = Grant.objects.create(
        case=access.case,
        membership=Membership.objects.get(pk=membership.pk, case=access.case),
        kind=kind.value,
        legal_basis=legal_basis.strip(),
        onward_use=onward_use.strip(),
        granted_by_id=access.actor.id,
        starts_at=clock.now(),
        ends_at=ends_at,
    )
    record(
        "cases.grant_given",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(given.pk),
        kind=kind.value,
    )
    return given


@transaction.atomic
def end_grant(*, access: Access, given: Grant, reason: str) -> Grant:
    """End leave before its day, as when the order is varied: the next request finds nothing.

    The membership goes on.
    """
    access.may(Act.MANAGE_MEMBERS).require()
    locked = Grant.objects.select_for_update().filter(pk=given.pk, case=access.case).first()
    if locked is None:
        raise Hidden
    if locked.ends_at <= clock.now():
        raise WrongState("grant_ended", "This leave has already ended.")
    if not reason.strip():
        raise Invalid("reasons_missing", "Say why this leave ends.", "reason")
    locked.ends_at = clock.now()
    locked.legal_basis = f"{locked.legal_basis}\nEnded: {reason.strip()}"
    locked.save(update_fields=["ends_at", "legal_basis"])
    record("cases.grant_ended", by=access.actor, case_id=access.case.pk, subject=str(locked.pk))
    return locked
