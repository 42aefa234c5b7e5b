"""What the pages of proposals, of the register and of one-sided contacts show."""

from collections.abc import Iterable, Sequence

from candour.cases.access import Access
from candour.chronology.models import DifferingAccount, OneSidedContact, SameEvent
from candour.chronology.models.matching import Decided
from candour.chronology.naming import Showing
from candour.chronology.presenters.lines import entry_address, event_address, interval
from candour.chronology.presenters.places import room_address
from candour.chronology.selectors import Line
from candour.contributions.models import Entry
from candour.ui.wording import day, plural

Cells = list[str | dict[str, str | bool]]

SAME_EVENT_RATE = (
    "Measured on two made-up cases whose answers are known: on the one at hand while this was "
    "made, every pair of rows proposed was one event and 6 in 100 were missed. On the one kept "
    "back, at first, 15 of 100 pairs proposed were wrong and 41 of 100 were missed; since its "
    "faults were looked at, 3 are wrong and 10 are missed. Read the rows before you decide."
)
DIFFERING_RATE = (
    "Measured on two made-up cases whose answers are known: what was proposed was a difference "
    "each time. On the case kept back 75 of 100 were missed at first, and 6 of 100 now. How often "
    "a proposed difference of order is wrong was not measured. Look for others yourself."
)
ONE_SIDED_RATE = (
    "Measured on two made-up cases whose answers are known: 8 in 100 were missed on the one at "
    "hand. On the one kept back, at first, 2 of 3 proposed were wrong and 82 of 100 were missed; "
    "since its faults were looked at, 1 in 11 is wrong and 1 in 11 is missed. Read the row before "
    "you decide."
)
"""Beside every proposal. The figures are of bench/same_event.py; see docs/measured.md."""


def same_event_rows(
    access: Access, found: Iterable[SameEvent], lines: dict[str, list[Line]]
) -> list[Cells]:
    """Proposals as a list leads to each; nothing can be decided from the list."""
    return [
        [
            {"text": _days_of(lines[str(one.pk)]), "href": same_event_address(access, one)},
            plural(len(lines[str(one.pk)]), "entry", "entries"),
            ", ".join(sorted({line.place.agency_name for line in lines[str(one.pk)]})),
            {"text": f"{one.score:g}", "numeric": True},
        ]
        for one in found
    ]


def _days_of(lines: Sequence[Line]) -> str:
    dated = [line.place for line in lines if line.place.dated]
    if not dated:
        return "Entries without a date"
    first = min(dated, key=lambda place: place.first_moment)
    return interval(first.earliest, first.latest)


def difference_rows(
    access: Access, found: Iterable[DifferingAccount], shown: Showing
) -> list[Cells]:
    """The register, or what waits to enter it."""
    return [
        [
            {"text": shown(_first(one.reasons)), "href": difference_address(access, one)},
            one.get_type_display(),
            {"text": one.event.title, "href": event_address(access, one.event)},
            disposition(one),
            shown(one.why),
        ]
        for one in found
    ]


def disposition(one: DifferingAccount) -> str:
    """The disposition in words, with the account relied on."""
    if one.relied_on:
        return f"Relied on: {one.relied_on.agency.name}"
    return one.get_disposition_display() or "To be decided"


def contact_rows(access: Access, found: Iterable[OneSidedContact], shown: Showing) -> list[Cells]:
    """Contacts that one agency records, each with the row it stands in."""
    return [
        [
            {"text": contact_named(one), "href": contact_address(access, one)},
            interval(one.entry.earliest, one.entry.latest) or "No date",
            one.get_way_display(),
            shown(one.declared_gap) or "None declared",
            shown(one.why),
        ]
        for one in found
    ]


def contact_named(one: OneSidedContact) -> str:
    """A contact by its two agencies, sender first."""
    mine, theirs = one.entry.agency.name, one.other_agency.name
    return f"{mine} to {theirs}" if one.way == OneSidedContact.Way.SENT else f"{theirs} to {mine}"


def contact_facts(one: OneSidedContact, shown: Showing) -> list[dict[str, str]]:
    """What a contact is and what was decided of it."""
    facts = [
        ("Contact", contact_named(one)),
        ("What the files submitted show", one.get_way_display()),
        ("Words it was read from", shown(_first(one.reasons))),
        ("Gap declared by the other agency", shown(one.declared_gap)),
        *_decision(one, shown),
    ]
    return [{"key": key, "value": value} for key, value in facts if value]


def difference_facts(one: DifferingAccount, shown: Showing) -> list[dict[str, str]]:
    """What differs and what was decided of it."""
    facts = [
        ("In what", one.get_type_display()),
        ("What the accounts say", "; ".join(map(shown, one.reasons))),
        ("Disposition", disposition(one)),
        *_decision(one, shown),
    ]
    return [{"key": key, "value": value} for key, value in facts if value]


def _decision(one: Decided, shown: Showing) -> list[tuple[str, str]]:
    decided = one.decided_by
    by = f"{decided.name}, {day(one.decided_at.date())}" if decided and one.decided_at else ""
    return [
        ("State", Decided.State(one.state).label),
        ("Why", shown(one.why)),
        ("Decided by", by),
    ]


def _first(reasons: Sequence[str]) -> str:
    return reasons[0] if reasons else "Without words"


def named_accounts(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """Accounts as a choice calls them: the agency, the number and the days."""
    return [(str(line.entry.pk), account_named(line)) for line in lines]


def account_named(line: Line) -> str:
    """An account in one line, without its words."""
    number = f"entry {line.numbered.number}" if line.numbered else "an entry without a date"
    days = interval(line.place.earliest, line.place.latest)
    return ", ".join(filter(None, (line.place.agency_name, number, days)))


def same_event_address(access: Access, one: SameEvent) -> str:
    """The page of one proposal."""
    return room_address("same_event", access, same_event_id=one.pk)


def difference_address(access: Access, one: DifferingAccount) -> str:
    """The page of one difference."""
    return room_address("difference", access, difference_id=one.pk)


def contact_address(access: Access, one: OneSidedContact) -> str:
    """The page of one contact."""
    return room_address("one_sided", access, contact_id=one.pk)


def row_address(access: Access, entry: Entry, shown: Showing) -> str:
    """The page of the row a contact stands in."""
    return entry_address(access, str(entry.pk), shown)
