"""What one person owes, by when, and for what they wait."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from candour.cases.access import in_force
from candour.cases.models import Membership
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.people.models import User
from candour.worklist.models import CalendarFeed, Cover, Rhythm
from candour.worklist.owed import OVERSEES, Owed, owed_on

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Work:
    """What a person owes, and what others owe on the cases that person looks after."""

    overdue: tuple[Owed, ...]
    today: tuple[Owed, ...]
    this_week: tuple[Owed, ...]
    later: tuple[Owed, ...]
    waiting_for_others: tuple[Owed, ...]

    @property
    def pressing(self) -> tuple[Owed, ...]:
        """What is owed within a week or late already."""
        return (*self.overdue, *self.today, *self.this_week)


def work_of(actor: Actor) -> Work:
    """Everything with a day on it on this person's cases, in their own hands or in others'."""
    held = _memberships(actor)
    found = owed_on(Q(case__in=list(held)))
    mine: list[Owed] = []
    others: list[Owed] = []
    for each in found:
        if each.is_of(held[each.case.pk]):
            mine.append(each)
        elif _oversees(each, held):
            others.append(each)
    return _sorted(mine, others)


def _memberships(actor: Actor) -> dict[uuid.UUID, list[Membership]]:
    held: dict[uuid.UUID, list[Membership]] = defaultdict(list)
    for row in Membership.objects.filter(in_force(), user_id=actor.id, user__is_active=True):
        held[row.case_id].append(row)
    return held


def _oversees(owed: Owed, held: dict[uuid.UUID, list[Membership]]) -> bool:
    return any(membership.role in OVERSEES for membership in held[owed.case.pk])


def _sorted(mine: list[Owed], others: list[Owed]) -> Work:
    today = clock.today()

    def between(first: date, last: date) -> tuple[Owed, ...]:
        return tuple(each for each in mine if first <= each.due_on <= last)

    return Work(
        overdue=between(date.min, today - timedelta(days=1)),
        today=between(today, today),
        this_week=between(today + timedelta(days=1), today + WEEK),
        later=between(today + WEEK + timedelta(days=1), date.max),
        waiting_for_others=tuple(others),
    )


def feed_of(actor: Actor) -> CalendarFeed | None:
    """The person's living calendar address, if they have made one."""
    return CalendarFeed.objects.filter(user_id=actor.id, revoked_at__isnull=True).first()


def rhythm_of(user_id: uuid.UUID | str) -> Rhythm.Often:
    """How often the person wants e-mail; each reminder unless they said otherwise."""
    chosen = Rhythm.objects.filter(user_id=user_id).first()
    return Rhythm.Often(chosen.often) if chosen else Rhythm.Often.EACH


def cover_of(actor: Actor) -> Cover | None:
    """Who stands in for this person now or next."""
    return (
        Cover.objects.filter(user_id=actor.id, ended_at__isnull=True, ends_on__gte=clock.today())
        .select_related("covered_by")
        .first()
    )


def covering_for(actor: Actor) -> list[Cover]:
    """For whom this person stands in now."""
    today = clock.today()
    rows = Cover.objects.filter(
        covered_by__pk=actor.id, ended_at__isnull=True, starts_on__lte=today, ends_on__gte=today
    )
    return list(rows.select_related("user"))


def people_who_could_cover(actor: Actor) -> list[User]:
    """Active people who share a case with this person now."""
    mine = Membership.objects.filter(in_force(), user_id=actor.id).values("case_id")
    return list(
        User.objects.filter(
            is_active=True,
            pk__in=Membership.objects.filter(in_force(), case__in=mine).values("user_id"),
        ).exclude(pk=actor.id)
    )
