"""Records held on a day: an agency's own rows as far as it held them, and no later word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.models import HeldStatement
from candour.chronology.naming import Showing
from candour.chronology.order import Numbered, Place
from candour.chronology.selectors.entries import Chronology, Line, lines_of
from candour.contributions.models import Entry, EntryQuery
from candour.engines.knowledge import Account, held_for_certain, perhaps_held, words_by
from candour.engines.knowledge.holding import day_held
from candour.kernel.errors import Hidden

Interval = tuple[date | None, date | None]
# Written for the review, later than the day; or days of their own that may be later.
_ADDED_LATER = frozenset({"comment", "recorded_on", "end_date", "date", "time", "event", "agency"})


@dataclass(frozen=True)
class Asked:
    """Whose records, on which day, and how sure: `certain` leaves out what may have come later."""

    agency: str
    on: date
    certain: bool = True
    role: str = ""
    words: str = ""


@dataclass(frozen=True)
class HeldRow:
    """One row of the agency's own as it stood on the day: later words are not in it.

    Its words are cut when they are asked for: a page of a hundred asks for a hundred rows.
    """

    line: Line
    window: Interval
    statement: HeldStatement | None
    on: date
    shown: Showing

    @property
    def certain(self) -> bool:
        """Whether it was held by the day whichever of the uncertain days is right."""
        return held_for_certain(self.window[1], self.on)

    @cached_property
    def words(self) -> str:
        """What the agency wrote of the event, without sentences that name a later day."""
        return self._by_then(self.line.entry.what)

    @cached_property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """The row's other columns likewise, without those written for the review."""
        roles = self.line.entry.roles
        cut = (
            (self.shown(heading), self._by_then(text))
            for heading, text in self.line.entry.text.items()
            if text and roles.get(heading, "other") not in _ADDED_LATER
        )
        return tuple((heading, text) for heading, text in cut if text)

    def _by_then(self, text: str) -> str:
        near = self.line.place.earliest or self.line.place.latest
        return self.shown(words_by(text, self.on, near))


def statements(access: Access) -> QuerySet[HeldStatement]:
    """Every statement of the case; Hidden from agencies' own people, as it tells of others."""
    if not access.may_read(Kind.CHRONOLOGY):
        raise Hidden
    return HeldStatement.objects.filter(case=access.case).select_related(
        "agency", "from_agency", "evidence__agency", "event", "entry__agency"
    )


def confirmed(access: Access) -> QuerySet[HeldStatement]:
    """What a person has confirmed and whose row is still in force: all that any view may use."""
    return statements(access).filter(state=HeldStatement.State.CONFIRMED, evidence__in_force=True)


def proposals(access: Access) -> QuerySet[HeldStatement]:
    """What waits for a person's decision, for those who may decide."""
    access.may_write(Kind.CHRONOLOGY).require()
    waiting = statements(access).filter(state=HeldStatement.State.PROPOSED, evidence__in_force=True)
    return waiting.order_by("evidence__earliest", "evidence__order", "agency__name", "pk")


def statement_of(access: Access, statement_id: UUID) -> HeldStatement:
    """One statement; Hidden if it is of another case, or waits and this person may not decide."""
    found = statements(access).filter(pk=statement_id).first()
    waits = found is not None and found.state != HeldStatement.State.CONFIRMED
    if found is None or (waits and not access.may_write(Kind.CHRONOLOGY)):
        raise Hidden
    return found


def roles_named(access: Access) -> list[str]:
    """The roles that confirmed statements name."""
    named = confirmed(access).exclude(role="").order_by("role")
    return list(named.values_list("role", flat=True).distinct())


def held_on(access: Access, whole: Chronology, asked: Asked, shown: Showing) -> list[HeldRow]:
    """The rows by which an agency held something at the end of a day, in order.

    Its own rows alone. A row whose words say that it was learned later, or that the writer was not
    there, waits for a confirmed statement. Words that name a later day, comments written for the
    review and events' titles are not in the answer, nor can they be searched for.
    """
    if not access.may_read(Kind.CHRONOLOGY):
        raise Hidden
    settled = _settled(access, asked)
    wanted = dict(_wanted(whole, asked, settled))
    lines = lines_of(access, [one for one, _ in wanted.values()])
    slips = _left_as_slips(access)
    rows = (
        HeldRow(line, wanted[line.entry.pk][1], settled.get(line.entry.pk), asked.on, shown)
        for line in lines
    )
    return [
        row
        for row in rows
        if (row.statement or (not asked.role and _dates_itself(row.line, slips)))
        and (not asked.words or asked.words.casefold() in _all_words(row).casefold())
    ]


def _settled(access: Access, asked: Asked) -> dict[UUID, HeldStatement]:
    """The confirmed statement that governs each row: of the fact that the row itself tells of."""
    found = confirmed(access).filter(agency_id=asked.agency, status=HeldStatement.Status.RECORDED)
    if asked.role:
        found = found.filter(role=asked.role)
    grouped = dict(
        Entry.objects.filter(
            case=access.case, agency_id=asked.agency, groupings__ended_at__isnull=True
        ).values_list("pk", "groupings__event_id")
    )
    return {
        one.evidence_id: one
        for one in found
        if asked.role
        or one.entry_id == one.evidence_id
        or (one.event_id and grouped.get(one.evidence_id) == one.event_id)
    }


def _wanted(
    whole: Chronology, asked: Asked, settled: Mapping[UUID, HeldStatement]
) -> Iterator[tuple[UUID, tuple[Numbered | Place, Interval]]]:
    found: list[Numbered | Place] = [*whole.dated, *whole.undated]
    for one in found:
        place = one.place if isinstance(one, Numbered) else one
        if str(place.agency) != asked.agency:
            continue
        statement = settled.get(place.entry)
        by: HeldStatement | Place = statement or place
        sure = held_for_certain(by.latest, asked.on)
        if sure or (not asked.certain and perhaps_held(by.earliest, by.latest, asked.on)):
            yield place.entry, (one, (by.earliest, by.latest))


def _left_as_slips(access: Access) -> frozenset[UUID]:
    left = EntryQuery.objects.filter(
        case=access.case, kind="january_year_slip", state=EntryQuery.State.LEFT
    )
    return frozenset(left.values_list("entry_id", flat=True))


def _dates_itself(line: Line, slips: frozenset[UUID]) -> bool:
    """Whether its own day says from when it was held: no slip, and not learned later."""
    roles = line.entry.roles
    done = (words for heading, words in line.entry.text.items() if roles.get(heading) == "response")
    account = Account(
        ref=line.entry.pk,
        agency="",
        earliest=line.place.earliest,
        latest=line.place.latest,
        event=line.entry.what,
        response="\n".join(done),
    )
    return line.entry.pk not in slips and day_held(account)[1] == "entry date"


def _all_words(row: HeldRow) -> str:
    return "\n".join((row.words, *(text for _, text in row.cells)))
