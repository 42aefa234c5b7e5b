"""Reading the draft, its chronology and its briefing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.duties.states import state_of
from candour.engines.hindsight.language import Prompt, find
from candour.kernel.errors import Hidden
from candour.reports.composition.chronology_table import ChosenRow, chosen_rows
from candour.reports.models import Briefing, ChronologyRow, Report, Section

_ACCEPTING = {"FACT_CHECK": "board_accepted", "REPORT_SUBMITTED": "accepted"}


@dataclass(frozen=True)
class Prompted:
    """Words of one section that judge by hindsight or blame, with the question they raise."""

    section: Section
    prompt: Prompt


def report_or_none(access: Access) -> Report | None:
    """The report of this case, if one was begun; for those who may read the draft."""
    access.may_read(Kind.DRAFT).require()
    return Report.objects.filter(case=access.case).select_related("review").first()


def report_of(access: Access) -> Report:
    """The report of this case; Hidden if none was begun."""
    report = report_or_none(access)
    if report is None:
        raise Hidden
    return report


def accepting_step(access: Access) -> str:
    """The step by which the report is accepted where the case stands; blank before it came there.

    Accepting is a step of the process and taken on its page: report and case move together.
    """
    return _ACCEPTING.get(state_of(access.case), "")


def sections_of(access: Access) -> QuerySet[Section]:
    """The sections of the report in order."""
    return Section.objects.filter(report=report_of(access))


def section_of(access: Access, key: str) -> Section:
    """One section; Hidden if the report has none of this key."""
    section = sections_of(access).filter(key=key).first()
    if section is None:
        raise Hidden
    return section


def briefing_of(access: Access) -> Briefing:
    """The briefing that goes with the report."""
    return Briefing.objects.get(report=report_of(access))


def chosen_of(access: Access) -> list[ChosenRow]:
    """The entries chosen for the report's chronology, in order, with their own words.

    Reading them is an event, since entries hold names.
    """
    access.may_read(Kind.CHRONOLOGY).require()
    rows = chosen_rows(report_of(access))
    record("reports.chronology_read", by=access.actor, case_id=access.case.pk, count=len(rows))
    return rows


def chosen_ids(access: Access) -> set[str]:
    """Which entries stand in the report's chronology."""
    rows = ChronologyRow.objects.filter(report=report_of(access))
    return {str(pk) for pk in rows.values_list("entry", flat=True)}


def row_of(access: Access, row_id: str) -> ChronologyRow:
    """One row of the report's chronology with its entry; Hidden if it is of another report."""
    access.may_read(Kind.CHRONOLOGY).require()
    rows = ChronologyRow.objects.select_related("entry__agency").prefetch_related("entry__queries")
    found = rows.filter(report=report_of(access), pk=row_id).first()
    if found is None:
        raise Hidden
    return found


def hindsight_in(sections: Iterable[Section]) -> list[Prompted]:
    """Advice on the draft: words of blame or hindsight, in reading order. Never a gate."""
    return [Prompted(section, prompt) for section in sections for prompt in find(section.body)]
