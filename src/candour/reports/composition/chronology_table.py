"""The chronology of the report: the entries chosen for it, in the words the report gives them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from candour.contributions.models import Entry, EntryQuery
from candour.people.roles import AgencyKind
from candour.reports.grain import to_months, when
from candour.reports.models import ChronologyRow, Report
from candour.reports.tree import Block, Heading, Table, plain


@dataclass(frozen=True)
class ChosenRow:
    """A chosen entry in its place, with the interval its agency's answer gives it, if any."""

    row: ChronologyRow
    earliest: date | None
    latest: date | None

    def words(self, grain: str) -> str:
        """The report's own wording; else the entry's words, their dates at the report's grain."""
        if self.row.wording:
            return self.row.wording
        own = self.row.entry.what.strip()
        return to_months(own) if grain == "month" else own


def chosen_rows(report: Report) -> list[ChosenRow]:
    """The chosen entries that are still in force, in order; an answer supplies the interval."""
    answers = EntryQuery.objects.filter(
        entry=OuterRef("entry"), state=EntryQuery.State.ANSWERED
    ).exclude(edtf="")
    last = answers.order_by("-answered_at", "-pk")
    rows = (
        ChronologyRow.objects.filter(report=report, entry__in_force=True)
        .select_related("entry__agency")
        .annotate(
            answer=Subquery(last.values("edtf")[:1]),
            answer_from=Subquery(last.values("earliest")[:1]),
            answer_to=Subquery(last.values("latest")[:1]),
        )
    )
    placed = (
        ChosenRow(row, row.answer_from, row.answer_to)
        if row.answer
        else ChosenRow(row, row.entry.earliest, row.entry.latest)
        for row in rows
    )
    return sorted(placed, key=_order)


def _order(chosen: ChosenRow) -> tuple[bool, date, date, str, int]:
    entry: Entry = chosen.row.entry
    undated = chosen.earliest is None and chosen.latest is None
    first = chosen.earliest or chosen.latest or date.max
    return undated, first, chosen.latest or date.max, entry.agency.name, entry.order


def chronology(report: Report, chosen_entries: list[ChosenRow]) -> Iterator[Block]:
    """The heading and the one table; nothing where no entry was chosen."""
    rows = [chosen for chosen in chosen_entries if chosen.words(report.chronology_grain)]
    if not rows:
        return
    yield Heading(2, "Chronology of key events", "chronology-title")
    header = (plain("When"), plain("Recorded by"), plain("What the records say"))
    yield Table(
        "What agencies recorded, in order. Names and places have been replaced.",
        header,
        tuple(
            (
                plain(when(chosen.earliest, chosen.latest, report.chronology_grain)),
                plain(AgencyKind(chosen.row.entry.agency.kind).label),
                plain(chosen.words(report.chronology_grain)),
            )
            for chosen in rows
        ),
        "chronology",
    )
