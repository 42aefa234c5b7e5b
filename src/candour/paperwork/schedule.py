"""The schedule of material: reference, kind and date of everything held, and never its content.

A disclosure officer or a court asks by reference; what is then given is decided and recorded
elsewhere, paper by paper.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from django.apps import apps

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import CaseRecord
from candour.cases.permissions import Kind
from candour.kernel import clock

# What counts as material, by table: what it is called, and the field that dates it.
_MATERIAL = (
    ("documents.Document", "File received", "recorded_at"),
    ("incidents.Notification", "Notification as prepared or sent", "prepared_at"),
    ("incidents.ScopingForm", "Agency's scoping form", "returned_at"),
    ("incidents.RapidReview", "Rapid review", "recorded_at"),
    ("incidents.Recommendation", "Recommendation", "recommended_on"),
    ("incidents.ReviewDecision", "Decision on a review", "decided_on"),
    ("incidents.PanelNotice", "Notice to the national panel", "told_on"),
    ("incidents.PanelLetter", "Letter of the national panel", "received_on"),
    ("duties.Meeting", "Meeting: agenda and minutes", "held_on"),
    ("duties.Letter", "Letter", "recorded_at"),
    ("reviews.TermsVersion", "Terms of reference, one version", "recorded_at"),
    ("reviews.LeadReviewerAppointment", "Reviewer's declaration", "declared_at"),
    ("reviews.ProsecutionAgreement", "Agreement with police and prosecutors", "agreed_on"),
    ("reviews.ProgressCheck", "Check of the review", "made_on"),
    ("contributions.Submission", "Agency's chronology or report, as sent", "recorded_at"),
    ("contributions.Conversation", "Notes of a conversation", "held_on"),
    ("contributions.PractitionerEvent", "Notes of a practitioner event", "held_on"),
    ("contributions.FamilyContribution", "Family member's account", "agreed_on"),
    ("analysis.Episode", "Analysis of an episode", "recorded_at"),
    ("analysis.Finding", "Finding, draft or final", "recorded_at"),
    ("reports.Report", "Report, draft or final", "recorded_at"),
    ("disclosure.Bundle", "Files of the report as built", "recorded_at"),
    ("paperwork.FilledForm", "Form of the work", "saved_at"),
)
COLUMNS = ("Reference", "Kind", "Date")


@dataclass(frozen=True)
class Material:
    """One thing held: its reference, kind, and the day it is dated by."""

    reference: str
    kind: str
    day: date


def material_of(access: Access) -> list[Material]:
    """Everything held on the case, by day; for those who read disclosure."""
    access.may_read(Kind.DISCLOSURE).require()
    return sorted(_material(access), key=lambda each: (each.day, each.kind, each.reference))


def _material(access: Access) -> Iterator[Material]:
    for label, kind, dated in _MATERIAL:
        model: type[CaseRecord] = apps.get_model(label)
        for row in model._default_manager.filter(case=access.case).iterator():
            yield Material(f"M-{row.pk.hex[:12].upper()}", kind, _day(row, dated))


def _day(row: CaseRecord, dated: str) -> date:
    held = getattr(row, dated, None) or row.recorded_at
    return clock.day_of(held) if isinstance(held, datetime) else held


def schedule_file(access: Access, file_format: str) -> bytes:
    """The schedule as .csv or .xlsx; taking it is an event."""
    rows = [(each.reference, each.kind, each.day.isoformat()) for each in material_of(access)]
    record(
        "paperwork.schedule_taken",
        by=access.actor,
        case_id=access.case.pk,
        format=file_format,
        count=len(rows),
    )
    return _workbook(rows) if file_format == "xlsx" else _text(rows)


def _text(rows: list[tuple[str, str, str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS, *rows])
    return out.getvalue().encode("utf-8-sig")


def _workbook(rows: list[tuple[str, str, str]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Schedule of material")
    sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, row)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 46)
    sheet.set_column(2, 2, 12)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
