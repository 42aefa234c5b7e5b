"""Who belonged to whom on a day, as recorded by whom."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.models import FamilyTie
from candour.contributions.selectors import entries_in_force
from candour.kernel.errors import Hidden
from candour.people.models import Agency


def agency_of_entries(access: Access, agency_id: str) -> Agency:
    """An agency that wrote entries of this case, else Hidden."""
    wrote = entries_in_force(access).order_by().values("agency")
    found = Agency.objects.filter(pk=agency_id, pk__in=wrote).first()
    if found is None:
        raise Hidden
    return found


@dataclass(frozen=True)
class TieOnDay:
    """A tie that may have stood on the day asked for; `is_sure` where its days say that it did."""

    tie: FamilyTie
    is_sure: bool


def ties_of(access: Access) -> QuerySet[FamilyTie]:
    """Every tie that was not withdrawn; Hidden for who may not read the whole chronology."""
    if not access.may_read(Kind.CHRONOLOGY):
        raise Hidden
    rows = FamilyTie.objects.filter(case=access.case, withdrawn_at__isnull=True)
    return rows.select_related("one", "other", "agency").order_by(
        "kind", "one__pseudonym", "other__pseudonym", "recorded_at", "pk"
    )


def tie_of(access: Access, tie_id: UUID) -> FamilyTie:
    """One tie, else Hidden."""
    found = ties_of(access).filter(pk=tie_id).first()
    if found is None:
        raise Hidden
    return found


def former_ties(access: Access) -> list[FamilyTie]:
    """Ties that stand, as they were before they were corrected, the last correction first."""
    if not access.may_read(Kind.CHRONOLOGY):
        raise Hidden
    rows = FamilyTie.objects.filter(case=access.case, became__isnull=False)
    standing = rows.filter(became__withdrawn_at__isnull=True)
    return list(standing.select_related("one", "other", "agency").order_by("-withdrawn_at", "pk"))


def ties_on(access: Access, day: date | None) -> list[TieOnDay]:
    """The ties that may have stood on a day, without those that surely did not; all without one."""
    rows = ties_of(access)
    if day is None:
        return [TieOnDay(tie, is_sure=False) for tie in rows]
    outside = Q(since__gt=day) | Q(until__lt=day)
    return [
        TieOnDay(tie, is_sure=tie.since is not None and tie.until is not None)
        for tie in rows.exclude(outside)
    ]
