"""Adding to the audit of the case, in the words of this room's services."""

from candour.audit.chain import PayloadValue
from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import CaseRecord


def note_event(access: Access, name: str, row: CaseRecord, **payload: PayloadValue) -> None:
    """Record that the person did `name` to `row`; the payload holds references and codes only."""
    by, case_id = access.actor, access.case.pk
    record(name, by=by, case_id=case_id, subject=str(row.pk), **payload)
