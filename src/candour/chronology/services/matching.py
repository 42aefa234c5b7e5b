"""Looking for the same event, differing accounts and one-sided contacts; deciding each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.chronology.models import (
    DifferingAccount,
    DifferingEntry,
    Event,
    OneSidedContact,
    SameEvent,
    SameEventEntry,
)
from candour.chronology.selectors.facts import groups_of
from candour.chronology.selectors.matching import Compared, signature_of, to_compare
from candour.chronology.services.deciding import decide, locked_proposal
from candour.chronology.services.grouping import group
from candour.chronology.services.resubmission import carry_all_unchanged
from candour.contributions.models import Entry
from candour.engines.matching import Comparison, compare
from candour.engines.matching.compare import Tell
from candour.kernel.errors import Invalid, WrongState

State = SameEvent.State


def propose_matches(*, access: Access, tell: Tell = lambda done, of: None) -> int:
    """Compare all entries in force; answer with how many proposals are new.

    What a person has decided is never proposed again, and entries that a person has grouped are
    proposed only with others. Differing accounts are looked for within events that a person has
    confirmed, never within a proposal. `tell` is told how far the comparison is.
    """
    access.may_write(Kind.CHRONOLOGY).require()
    with transaction.atomic():
        carry_all_unchanged(access.case)
    # Outside the transaction that keeps what was found: nobody waits while entries are compared.
    compared = to_compare(access)
    found = compare(compared.accounts, compared.case, compared.silences, tell)
    return _keep(access, compared, found)


@transaction.atomic
def _keep(access: Access, compared: Compared, found: Comparison) -> int:
    # One at a time for a case, so that two people asking at once get each proposal once.
    Case.objects.select_for_update().get(pk=access.case.pk)
    events = {event: set(entries) for event, entries in groups_of(access).items()}
    counted = _keep_events(access, compared, found, events)
    counted += _keep_differences(access, compared, found, events)
    counted += _keep_one_sided(access, compared, found)
    record(
        "chronology.matches_proposed",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(access.case.pk),
        proposed=counted,
    )
    return counted


def _keep_events(
    access: Access, compared: Compared, found: Comparison, events: Mapping[UUID, set[UUID]]
) -> int:
    open_rows = SameEvent.objects.filter(case=access.case, state=State.PROPOSED)
    known = set(SameEvent.objects.filter(case=access.case).values_list("signature", flat=True))
    wanted = {}
    for one in found.groups:
        entries = [compared.entries[place] for place in one.places]
        pks = {entry.pk for entry in entries}
        if not any(pks <= grouped for grouped in events.values()):
            wanted[signature_of(entries)] = (one, entries)
    # A proposal that nobody has decided gives way to what the entries now suggest.
    open_rows.exclude(signature__in=wanted).delete()
    fresh = {key: value for key, value in wanted.items() if key not in known}
    for signature, (one, entries) in fresh.items():
        proposal = SameEvent.objects.create(
            case=access.case,
            signature=signature,
            score=one.score,
            reasons=[_without_names(reason) for reason in one.reasons],
        )
        SameEventEntry.objects.bulk_create(
            SameEventEntry(case=access.case, proposal=proposal, entry=entry) for entry in entries
        )
    return len(fresh)


def _without_names(reason: str) -> str:
    # A name cut into small letters might not be known again when the page hides names.
    return "both name the same people or places" if reason.startswith("both name") else reason


def _keep_differences(
    access: Access, compared: Compared, found: Comparison, events: Mapping[UUID, set[UUID]]
) -> int:
    place_of = {entry.pk: place for place, entry in enumerate(compared.entries)}
    groups: list[list[int]] = []
    owners: dict[int, UUID] = {}
    for event, entries in events.items():
        places = sorted(place_of[entry] for entry in entries if entry in place_of)
        if len(places) > 1:
            groups.append(places)
            owners |= dict.fromkeys(places, event)
    known = {_known_as(one.event_id, one.type, one.signature) for one in _differences(access)}
    counted = 0
    for one in found.differences_in(groups):
        rows = [compared.entries[place] for place in one.places]
        key = (owners[one.places[0]], one.type, signature_of(rows))
        if _known_as(*key) not in known:
            counted += 1
            reasons = _named(compared, one.reasons)
            if one.type == DifferingAccount.Type.ORDER:
                reasons = _of_events(reasons, {owners[place] for place in one.places})
            _difference(access, *key, reasons=reasons, entries=rows)
    return counted


def _of_events(reasons: list[str], events: set[UUID]) -> list[str]:
    titles = Event.objects.filter(pk__in=events).order_by("title", "pk")
    named = " and ".join(f"“{title}”" for title in titles.values_list("title", flat=True))
    return [f"{named}. {reasons[0]}", *reasons[1:]]


def _differences(access: Access) -> QuerySet[DifferingAccount]:
    return DifferingAccount.objects.filter(case=access.case)


def _known_as(event: UUID, type_: str, signature: str) -> tuple[UUID | None, str, str]:
    """A difference by what makes it the same; one of order is of both its events alike."""
    return (None if type_ == DifferingAccount.Type.ORDER else event, type_, signature)


def _difference(
    access: Access, event: UUID, type_: str, signature: str, *, reasons: list[str],
    entries: Sequence[Entry],
) -> DifferingAccount:  # fmt: skip
    difference = DifferingAccount.objects.create(
        case=access.case, event_id=event, type=type_, signature=signature, reasons=reasons
    )
    DifferingEntry.objects.bulk_create(
        DifferingEntry(case=access.case, difference=difference, entry=entry) for entry in entries
    )
    return difference


def _named(compared: Compared, reasons: Iterable[str]) -> list[str]:
    """Reasons with agencies by name: the engine knows them by their ids."""
    found = []
    for reason in reasons:
        for agency in compared.case.agencies:
            reason = reason.replace(agency.code, agency.name)
        found.append(reason)
    return found


def _keep_one_sided(access: Access, compared: Compared, found: Comparison) -> int:
    rows = OneSidedContact.objects.filter(case=access.case)
    known = {(str(a), w, s) for a, w, s in rows.values_list("other_agency_id", "way", "signature")}
    fresh = {key: one for key, one in _contacts(access, compared, found) if key not in known}
    OneSidedContact.objects.bulk_create(fresh.values())
    return len(fresh)


def _contacts(
    access: Access, compared: Compared, found: Comparison
) -> Iterator[tuple[tuple[str, str, str], OneSidedContact]]:
    for one in found.one_sided:
        entry = compared.entries[one.place]
        words, *gaps = one.reasons[1:]
        signature = signature_of([entry])
        yield (
            (one.other, one.way.value, signature),
            OneSidedContact(
                case=access.case,
                entry=entry,
                way=one.way.value,
                other_agency_id=one.other,
                signature=signature,
                reasons=[words],
                declared_gap="\n".join(gaps),
            ),
        )


@transaction.atomic
def confirm_same_event(
    *,
    access: Access,
    proposal: SameEvent,
    seen_version: int,
    entries: Sequence[Entry],
    title: str = "",
    event: Event | None = None,
) -> Event:
    """Group those entries of one proposal that the person chose. There is no confirming of all.

    Invalid where an entry is not of the proposal, or fewer than two make a new event.
    """
    access.may_write(Kind.CHRONOLOGY).require()
    locked = locked_proposal(access, SameEvent, proposal, seen_version)
    among = set(locked.rows.values_list("entry_id", flat=True))
    if not entries or not {entry.pk for entry in entries} <= among:
        raise Invalid("not_of_the_proposal", "Choose entries of this proposal.", "entry")
    if locked.state != State.PROPOSED:
        raise WrongState("already_decided", "Somebody has decided this already.")
    made = group(access=access, entries=entries, title=title, event=event)
    locked.event = made
    decide(access, locked, State.CONFIRMED, "", "chronology.same_event_confirmed")
    return made


@transaction.atomic
def decline_same_event(
    *, access: Access, proposal: SameEvent, seen_version: int, why: str
) -> SameEvent:
    """Say that these entries are not one event; it is remembered and not asked again."""
    access.may_write(Kind.CHRONOLOGY).require()
    if not why.strip():
        raise Invalid("reason_missing", "Say why these are not one event.", "why")
    locked = locked_proposal(access, SameEvent, proposal, seen_version)
    if locked.state != State.PROPOSED:
        raise WrongState("already_decided", "Somebody has decided this already.")
    return decide(access, locked, State.DECLINED, why.strip(), "chronology.same_event_declined")
