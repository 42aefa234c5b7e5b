"""Reading what people have said of a case for its process."""

from django.db.models import QuerySet

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.process.models import Statement


def statements_of(access: Access) -> QuerySet[Statement]:
    """Every answer given, latest first, for those who read decisions."""
    access.may_read(Kind.DECISION).require()
    rows = Statement.objects.filter(case=access.case).select_related("by")
    return rows.order_by("-recorded_at", "-id")
