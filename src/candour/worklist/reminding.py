"""Reminders: once for each person, thing and stage, in the list inside Candour and by e-mail.

A reminder carries a reference and a link. It is made in one transaction with the row that makes it
once; the e-mail goes through the outbox, at least once, always with the same Message-ID.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from candour.audit.services import record
from candour.cases.access import in_force
from candour.cases.models import Membership
from candour.cases.permissions import RECORDS
from candour.engines.statute.workingdays import WorkingDays
from candour.kernel import clock
from candour.kernel.actor import SYSTEM
from candour.people.models import User
from candour.people.roles import Role
from candour.platform.mail import notify
from candour.worklist.models import Cover, Reminder, Rhythm
from candour.worklist.owed import OVERSEES, Owed, owed_on

SOON = 2
ESCALATED_AFTER = 3
Stage = Reminder.Stage


def stage_of(owed: Owed, today: date) -> Stage | None:
    """At which stage something stands, in working days; None while it is not yet time.

    Whatever is late and has its recorded reason is not escalated: it was looked at.
    """
    days = WorkingDays()
    if owed.due_on > today:
        return Stage.SOON if owed.due_on <= days.add(today, SOON) else None
    if owed.due_on == today:
        return Stage.TODAY
    if days.add(owed.due_on, ESCALATED_AFTER) <= today and not owed.explained:
        return Stage.ESCALATED
    return Stage.OVERDUE


def remind() -> int:
    """Tell whoever must be told and has not been; how many reminders were made. Safe to repeat."""
    today = clock.today()
    waiting = owed_on(Q(), until=WorkingDays().add(today, SOON))
    people = _people_on({each.case.pk for each in waiting})
    covers = _covers(today)
    made = 0
    for owed in waiting:
        stage = stage_of(owed, today)
        if stage:
            for user in _whom(owed, stage, people[owed.case.pk], covers):
                made += _tell(owed, stage, user)
    return made


def _people_on(cases: Iterable[UUID]) -> dict[UUID, list[Membership]]:
    people: dict[UUID, list[Membership]] = defaultdict(list)
    seeing = [role.value for role in Role if RECORDS[role]]
    rows = Membership.objects.filter(
        in_force(), case__in=list(cases), user__is_active=True, role__in=seeing
    )
    for row in rows.select_related("user"):
        people[row.case_id].append(row)
    return people


def _covers(today: date) -> dict[UUID, UUID]:
    rows = Cover.objects.filter(ended_at__isnull=True, starts_on__lte=today, ends_on__gte=today)
    return dict(rows.values_list("user_id", "covered_by_id"))


def _whom(
    owed: Owed, stage: Stage, people: list[Membership], covers: dict[UUID, UUID]
) -> list[User]:
    """Those whose it is; escalated, those who oversee as well; for the absent, who covers.

    Cover gives no access: where the one who covers is not on the case, its managers are told.
    """
    users = {row.user_id: row.user for row in people}
    told = {row.user_id for row in people if owed.is_of([row])}
    overseeing = {row.user_id for row in people if row.role in OVERSEES}
    if not told:
        # Owed by somebody outside: the unit sees that it comes.
        told = {row.user_id for row in people if row.role == Role.BUSINESS_MANAGER}
    if stage is Stage.ESCALATED:
        told |= overseeing
    for away in [user for user in told if user in covers]:
        told |= {covers[away]} if covers[away] in users else overseeing
    return [users[user] for user in sorted(told, key=str)]


def _tell(owed: Owed, stage: Stage, user: User) -> bool:
    if Reminder.objects.filter(**_key(owed, stage, user)).exists():
        return False
    try:
        with transaction.atomic():
            _remind(owed, stage, user)
    except IntegrityError:
        # Another worker was faster, and has told this person.
        return False
    return True


def _remind(owed: Owed, stage: Stage, user: User) -> None:
    reminder = Reminder.objects.create(case=owed.case, **_key(owed, stage, user))
    often = Rhythm.objects.filter(user=user).first()
    by_mail = often is None or often.often == Rhythm.Often.EACH
    notify(user, owed.case.reference, owed.href, by=SYSTEM, by_mail=by_mail)
    record(
        "worklist.reminded",
        by=SYSTEM,
        case_id=owed.case.pk,
        subject=str(reminder.pk),
        user=str(user.pk),
        stage=stage.value,
    )


def _key(owed: Owed, stage: Stage, user: User) -> dict[str, object]:
    return {
        "user": user,
        "kind": owed.kind,
        "subject": owed.subject,
        "due_on": owed.due_on,
        "stage": stage.value,
    }
