"""Files of the chronology that a person asked for."""

from uuid import UUID

from django.db.models import QuerySet

from candour.cases.access import Access
from candour.chronology.models import ExportAsked
from candour.kernel.errors import Hidden


def exports_asked(access: Access) -> QuerySet[ExportAsked]:
    """The files that this person asked for on this case, the latest first."""
    rows = ExportAsked.objects.filter(case=access.case, by=UUID(access.actor.id))
    return rows.defer("sealed").order_by("-recorded_at", "pk")


def export_asked(access: Access, export_id: UUID) -> ExportAsked:
    """One of them; Hidden if somebody else asked for it."""
    found = exports_asked(access).filter(pk=export_id).first()
    if found is None:
        raise Hidden
    return found
