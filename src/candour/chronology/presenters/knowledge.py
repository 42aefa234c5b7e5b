"""What the pages of records held show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from candour.cases.access import Access
from candour.chronology.models import Availability, HeldStatement
from candour.chronology.naming import Showing
from candour.chronology.presenters.lines import entry_address, interval, row_reference
from candour.chronology.presenters.places import room_address
from candour.chronology.selectors import Line
from candour.chronology.selectors.facts import FactOf
from candour.chronology.selectors.knowledge import HeldRow
from candour.chronology.selectors.spread import Delay, Spread
from candour.ui.wording import day

ERROR_RATE = (
    "Measured on two made-up cases whose answers are known. With events grouped rightly, 303 of "
    "327 holdings were proposed with the right day, 22 of 23 tellings that only the sender records "
    "were found, and nothing was proposed that the records do not show. With events grouped "
    "wrongly, more goes wrong. Read the rows before you decide."
)
"""Beside every proposal. The figures are of bench/records_held.py; see docs/measured.md."""


@dataclass(frozen=True)
class ShownRow:
    """One row of an agency's own, as it stood on the day."""

    row: str
    held_from: str
    certain: bool
    words: str
    cells: tuple[tuple[str, str], ...]
    note: str
    href: str


def held_rows(access: Access, rows: Iterable[HeldRow], shown: Showing) -> list[ShownRow]:
    """Rows as the page shows them."""
    return [
        ShownRow(
            row=_row_named(row.line),
            held_from=interval(*row.window),
            certain=row.certain,
            words=row.words,
            cells=row.cells,
            note=_how(row.statement) if row.statement else "",
            href=entry_address(access, str(row.line.entry.pk), shown),
        )
        for row in rows
    ]


def _how(statement: HeldStatement) -> str:
    return " ".join(filter(None, (statement.get_how_display(), _from(statement), _by(statement))))


def _from(statement: HeldStatement) -> str:
    whom = statement.from_agency.name if statement.from_agency else statement.from_other
    told = statement.how == HeldStatement.How.TOLD
    return f"{'by' if told else 'from'} {whom}" if whom else ""


def _by(statement: HeldStatement) -> str:
    return f"({statement.role})" if statement.role else ""


@dataclass(frozen=True)
class ShownSpread:
    """One agency's line in the spread of a fact."""

    agency: str
    colour: int
    wording: str
    held_from: str
    how: str
    row: str
    row_href: str
    href: str


def spread_rows(
    access: Access, found: Iterable[Spread], colours: Mapping[str, int], shown: Showing
) -> list[ShownSpread]:
    """The spread of a fact as the page shows it."""
    return [
        ShownSpread(
            agency=one.agency.name,
            colour=colours.get(str(one.agency.pk), 12),
            wording=one.wording,
            held_from=interval(*one.window),
            how=_how(one.statement) if one.statement else "",
            row=_row_named(one.line) if one.line else "",
            row_href=entry_address(access, str(one.line.entry.pk), shown) if one.line else "",
            href=statement_address(access, one.statement) if one.statement else "",
        )
        for one in found
    ]


def _row_named(line: Line) -> str:
    number = f"Entry {line.numbered.number}" if line.numbered else row_reference(line)
    return f"{number}, {line.place.agency_name}"


@dataclass(frozen=True)
class ShownDelay:
    """One sharing with both its sources."""

    sender: str
    sent: str
    sent_href: str
    receiver: str
    received: str
    received_href: str
    days: str


def delay_rows(access: Access, found: Iterable[Delay], shown: Showing) -> list[ShownDelay]:
    """Each sharing singly, in the order of the rows."""
    return [
        ShownDelay(
            sender=_row_named(one.sender),
            sent=interval(one.sender.place.earliest, one.sender.place.latest),
            sent_href=entry_address(access, str(one.sender.entry.pk), shown),
            receiver=_row_named(one.receiver),
            received=interval(one.statement.earliest, one.statement.latest),
            received_href=entry_address(access, str(one.receiver.entry.pk), shown),
            days=days_between(one.fewest, one.most),
        )
        for one in found
    ]


def days_between(fewest: int | None, most: int | None) -> str:
    """So many days, with the uncertainty of both dates."""
    if fewest is None and most is None:
        return "Cannot be told from the dates"
    if fewest is None:
        return f"At most {_days(most)}"
    if most is None:
        return f"At least {_days(max(fewest, 0))}"
    return _days(most) if fewest == most else f"Between {max(fewest, 0)} and {_days(most)}"


def _days(count: int | None) -> str:
    return "1 day" if count == 1 else f"{count} days"


def available_rows(found: Iterable[Availability], shown: Showing) -> list[dict[str, str]]:
    """What was open under the procedure then in force, each with who entered it."""
    return [
        {
            "agency": one.agency.name,
            "words": shown(one.words),
            "procedure": one.procedure,
            "from": day(one.available_on) if one.available_on else "",
            "by": one.by.name,
        }
        for one in found
    ]


def proposal_rows(
    access: Access, found: Iterable[HeldStatement], first: int
) -> list[list[dict[str, str]]]:
    """Proposals as a list leads to each of them; nothing can be decided from the list."""
    return [
        [
            {"text": f"Proposal {number}", "href": statement_address(access, one)},
            {"text": one.agency.name},
            {"text": one.get_status_display()},
            {"text": interval(one.earliest, one.latest) or "No day"},
            {"text": f"Row {one.evidence.row_index}, {one.evidence.agency.name}"},
        ]
        for number, one in enumerate(found, start=first)
    ]


def statement_rows(statement: HeldStatement, shown: Showing) -> list[dict[str, str]]:
    """What a statement says and what it rests on."""
    facts = [
        ("Agency", statement.agency.name),
        ("What the files submitted show", statement.get_status_display()),
        ("Held from", interval(statement.earliest, statement.latest) or "No day"),
        ("How", _how(statement)),
        ("How the day was read", shown(_with_agencies(statement))),
        ("State", statement.get_state_display()),
        ("Reason", shown(statement.reason)),
    ]
    return [{"key": key, "value": value} for key, value in facts if value]


def _with_agencies(statement: HeldStatement) -> str:
    """The basis with agencies by name: Candour knows them by their ids."""
    basis = statement.basis
    for agency in (statement.agency, statement.from_agency, statement.evidence.agency):
        if agency is not None:
            basis = basis.replace(str(agency.pk), agency.name)
    return basis


def statement_address(access: Access, statement: HeldStatement) -> str:
    """The page of one statement."""
    return room_address("held", access, statement_id=statement.pk)


def fact_address(access: Access, fact: FactOf) -> str:
    """The page of a fact's spread."""
    if fact.event:
        return room_address("spread", access, event_id=fact.event.pk)
    if fact.entry is None:
        raise ValueError("a fact is an event or an entry")
    return room_address("spread_of_entry", access, entry_id=fact.entry.pk)
