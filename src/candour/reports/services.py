"""Drafting the report: its sections, its chronology, its briefing, its acceptance."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Act, Kind
from candour.cases.versions import locked_for_edit
from candour.contributions.selectors import entries_in_force
from candour.duties.services import fulfil
from candour.kernel.errors import Invalid, WrongState
from candour.reports.anchors import kept_anchors
from candour.reports.composition.briefing_page import BOXES
from candour.reports.models import Briefing, ChronologyRow, Report, Section
from candour.reports.notation import pieces
from candour.reports.sections import SECTIONS
from candour.reviews.selectors import review_of

COMPLETED = ("S6",)
"""Clocks that end when the report is accepted; that of 2018 on ends when it is published."""


@dataclass(frozen=True)
class Front:
    """What stands before the report and beside it in the archive."""

    title: str
    subtitle: str = ""
    abstract: str = ""
    year_text: str = ""
    chronology_grain: str = "month"


@transaction.atomic
def start_report(*, access: Access, title: str, subtitle: str = "") -> Report:
    """Begin the report of this case's review, with every section of an overview report empty.

    WrongState if there is one already; Hidden if no review was commissioned.
    """
    access.may_write(Kind.DRAFT).require()
    review = review_of(access)
    Case.objects.select_for_update().get(pk=access.case.pk)
    if Report.objects.filter(review=review).exists():
        raise WrongState("report_started", "This review already has a report. Open its draft.")
    if not title.strip():
        raise Invalid("title_missing", "Give the report a title.", "title")
    report = Report.objects.create(
        case=access.case, review=review, title=title.strip(), subtitle=subtitle.strip()
    )
    Section.objects.bulk_create(
        Section(case=access.case, report=report, order=order, key=each.key, heading=each.heading)
        for order, each in enumerate(SECTIONS, start=1)
    )
    Briefing.objects.create(case=access.case, report=report)
    record("reports.started", by=access.actor, case_id=access.case.pk, subject=str(report.pk))
    return report


@transaction.atomic
def set_front(*, access: Access, report: Report, seen_version: int, front: Front) -> Report:
    """Save title, abstract and year; EditedElsewhere if somebody else did meanwhile."""
    access.may_write(Kind.DRAFT).require()
    if not front.title.strip():
        raise Invalid("title_missing", "Give the report a title.", "title")
    locked = locked_for_edit(Report.objects.get(pk=report.pk, case=access.case), seen_version)
    locked.title = front.title.strip()
    locked.subtitle = front.subtitle.strip()
    locked.abstract = front.abstract.strip()
    locked.year_text = front.year_text.strip()
    locked.chronology_grain = front.chronology_grain
    locked.save()
    _written(access, "reports.front_written", str(locked.pk), locked.version)
    return locked


@transaction.atomic
def write_section(
    *, access: Access, section: Section, seen_version: int, heading: str, body: str
) -> Section:
    """Save one section; EditedElsewhere if somebody else saved it meanwhile.

    A paragraph that stayed, moved or changed a little keeps its anchor.
    """
    access.may_write(Kind.DRAFT).require()
    if not heading.strip():
        raise Invalid("heading_missing", "Give the section a heading.", "heading")
    locked = locked_for_edit(Section.objects.get(pk=section.pk, case=access.case), seen_version)
    before = [piece.text for piece in pieces(locked.body)]
    after = [piece.text for piece in pieces(body)]
    prefix = locked.key.replace("_", "-")
    locked.anchors, locked.anchors_given = kept_anchors(
        before, locked.anchors, after, prefix, locked.anchors_given
    )
    locked.heading = heading.strip()
    locked.body = body.strip()
    locked.save()
    _written(access, "reports.section_written", str(locked.pk), locked.version)
    return locked


@transaction.atomic
def choose_entries(
    *, access: Access, report: Report, offered: Collection[str], chosen: Collection[str]
) -> int:
    """Of the entries offered on a page, put the chosen into the report's chronology and take the
    others out of it; answers with how many stand there now. Wording given earlier goes with a row
    that is taken out. What is no id of an entry is passed over.
    """
    access.may_write(Kind.DRAFT).require()
    locked = Report.objects.select_for_update().get(pk=report.pk, case=access.case)
    rows = ChronologyRow.objects.filter(report=locked)
    on_page, wanted = _ids(offered), _ids(chosen)
    dropped, _ = rows.filter(entry__pk__in=on_page - wanted).delete()
    standing = {str(pk) for pk in rows.values_list("entry", flat=True)}
    added = [
        ChronologyRow(case=access.case, report=locked, entry=entry)
        for entry in entries_in_force(access).filter(pk__in=on_page & wanted)
        if str(entry.pk) not in standing
    ]
    ChronologyRow.objects.bulk_create(added)
    record(
        "reports.chronology_chosen",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        added=len(added),
        dropped=dropped,
    )
    return rows.count()


def _ids(texts: Collection[str]) -> set[UUID]:
    found: set[UUID] = set()
    for text in texts:
        with suppress(ValueError):
            found.add(UUID(text))
    return found


@transaction.atomic
def reword(*, access: Access, row: ChronologyRow, wording: str) -> ChronologyRow:
    """Say in the report's own words what an entry tells; blank gives the entry's words again."""
    access.may_write(Kind.DRAFT).require()
    locked = ChronologyRow.objects.select_for_update().get(pk=row.pk, case=access.case)
    locked.wording = wording.strip()
    locked.save(update_fields=["wording"])
    record("reports.row_reworded", by=access.actor, case_id=access.case.pk, subject=str(locked.pk))
    return locked


@transaction.atomic
def write_briefing(
    *, access: Access, report: Report, seen_version: int, boxes: Mapping[str, str]
) -> Briefing:
    """Save the boxes of the one-page briefing; EditedElsewhere if somebody else did meanwhile."""
    access.may_write(Kind.DRAFT).require()
    briefing = Briefing.objects.get(report=report, case=access.case)
    locked = locked_for_edit(briefing, seen_version)
    for name, _ in BOXES:
        setattr(locked, name, boxes.get(name, "").strip())
    locked.save()
    _written(access, "reports.briefing_written", str(locked.pk), locked.version)
    return locked


@transaction.atomic
def accept_report(*, access: Access, report: Report, seen_version: int) -> Report:
    """The Chair or a partner accepts the report as it stands, as part of the step of the process
    that says so (process.services.take_step). Later edits stay possible and show in the record.

    WrongState where it was accepted before.
    """
    access.may(Act.DECIDE).require()
    locked = locked_for_edit(Report.objects.get(pk=report.pk, case=access.case), seen_version)
    if locked.state == Report.State.ACCEPTED:
        raise WrongState("report_accepted", "This report has already been accepted.")
    locked.state = Report.State.ACCEPTED
    locked.save()
    for code in COMPLETED:
        fulfil(access=access, code=code, note="Report accepted")
    _written(access, "reports.accepted", str(locked.pk), locked.version)
    return locked


def _written(access: Access, event: str, subject: str, version: int) -> None:
    record(event, by=access.actor, case_id=access.case.pk, subject=subject, version=version)
