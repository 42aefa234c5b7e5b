"""What Candour proposes of entries compared, and what people have decided of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.chronology.models import DifferingAccount, OneSidedContact, SameEvent
from candour.chronology.models.matching import Decided
from candour.chronology.order import Place
from candour.chronology.selectors.entries import Line, chronology, lines_among
from candour.contributions.models import Entry, Submission
from candour.engines.matching import Account, Agency, Case, Person, Silence
from candour.engines.matching.account import about_words, event_words, response_words
from candour.engines.matching.case import part_of
from candour.engines.matching.silences import declared_in_text
from candour.engines.matching.words import plain, tokens
from candour.engines.telling import columns_for_telling
from candour.identities.models import Identity
from candour.identities.selectors import sealed_register
from candour.kernel import clock
from candour.kernel.errors import Hidden
from candour.reviews.selectors import agencies_in_scope

State = Decided.State
_CHILDREN = (Identity.Relationship.SUBJECT_CHILD, Identity.Relationship.SIBLING)


@dataclass(frozen=True)
class Compared:
    """What the engine is given: accounts with their entries in the same places, and the case."""

    accounts: tuple[Account, ...]
    entries: tuple[Entry, ...]
    case: Case
    silences: tuple[Silence, ...]


def row_identity(entry: Entry) -> str:
    """An entry by its content: the same row of a later file has the same. Not its place, which
    moves when a row is added above."""
    words = json.dumps(entry.text, sort_keys=True, ensure_ascii=False)
    content = "\x1f".join((str(entry.agency_id), entry.date_raw, str(entry.part), words))
    return hashlib.sha256(content.encode()).hexdigest()


def signature_of(entries: Iterable[Entry]) -> str:
    """A set of entries by their content."""
    return hashlib.sha256("".join(sorted(map(row_identity, entries))).encode()).hexdigest()


def to_compare(access: Access) -> Compared:
    """Every entry in force as the engine reads it, with the family and the agencies."""
    whole = chronology(access)
    places = {p.entry: p for p in (*(one.place for one in whole.dated), *whole.undated)}
    rows = Entry.objects.filter(case=access.case, in_force=True)
    entries = [
        entry
        for entry in rows.order_by("agency_id", "submission_id", "order", "part")
        if entry.pk in places
    ]
    accounts = tuple(account_at(places[entry.pk], entry) for entry in entries)
    case = Case(tuple(_people(access)), tuple(_agencies(access)))
    return Compared(accounts, tuple(entries), case, tuple(_silences(access)))


def account_at(place: Place, entry: Entry) -> Account:
    """One entry as an account, with the days that an agency's answer supplies."""
    text, roles = entry.text, entry.roles
    columns = columns_for_telling(text, roles)
    return Account(
        ref=entry.pk,
        agency=str(entry.agency_id),
        earliest=place.earliest,
        latest=place.latest,
        event=event_words(text, roles) or entry.what,
        response=response_words(text, roles),
        source=columns["source"] or entry.source_of_information,
        comment="\n".join(words for name, words in text.items() if roles.get(name) == "comment"),
        told=columns["told"],
        told_by=columns["told_by"],
        about=about_words(text, roles),
        time_from=place.time_from,
        time_to=place.time_to,
        order=entry.order,
    )


def _people(access: Access) -> Iterator[Person]:
    rows = {str(row.pk): row for row in Identity.objects.filter(case=access.case).order_by("pk")}
    persons = [one for one in sealed_register(access.case).identities if one.kind == "person"]
    words = {
        one.id: {word for form in one.forms for word in tokens(plain(form)) if len(word) > 2}
        for one in persons
    }
    counted: dict[str, int] = {}
    for mine in words.values():
        for word in mine:
            counted[word] = counted.get(word, 0) + 1
    for one in persons:
        row = rows[one.id]
        if row.relationship == Identity.Relationship.PROFESSIONAL:
            continue
        yield Person(
            id=one.id,
            names=frozenset(word for word in words[one.id] if counted[word] == 1),
            all_names=frozenset(words[one.id]),
            part=part_of(f"{row.get_relationship_display()} {row.pseudonym}"),
            is_child=row.relationship in _CHILDREN,
        )


def _agencies(access: Access) -> Iterator[Agency]:
    for scoped in agencies_in_scope(access):
        yield Agency(str(scoped.agency_id), scoped.agency.name)


def _silences(access: Access) -> Iterator[Silence]:
    """What titles and guidance of the files in force say of gaps."""
    sent = Submission.objects.filter(case=access.case, state=Submission.State.SIGNED_OFF)
    for submission in sent.select_related("request").order_by("pk"):
        for words in (*submission.around_tables, *submission.non_entry_rows):
            agency = str(submission.request.agency_id)
            yield from declared_in_text(agency, words.get("text", ""), clock.today())


def same_events(access: Access, state: str = State.PROPOSED) -> QuerySet[SameEvent]:
    """Proposals of one event, strongest first; Hidden but for those who may decide on them."""
    _readable(access, State.PROPOSED)
    return SameEvent.objects.filter(case=access.case, state=state).order_by("-score", "pk")


def same_event_of(access: Access, proposal_id: UUID) -> SameEvent:
    """One proposal; Hidden if it is of another case or not for these eyes."""
    _readable(access, State.PROPOSED)
    found = SameEvent.objects.filter(case=access.case, pk=proposal_id).first()
    if found is None:
        raise Hidden
    return found


def register(access: Access, state: str = State.CONFIRMED) -> QuerySet[DifferingAccount]:
    """The register of differing accounts; `state` asks for what waits or was declined."""
    _readable(access, state)
    rows = DifferingAccount.objects.filter(case=access.case, state=state)
    related = ("event", "relied_on__agency", "decided_by")
    return rows.select_related(*related).order_by("event__title", "type", "pk")


def differing_of(access: Access, difference_id: UUID) -> DifferingAccount:
    """One difference; Hidden if it is of another case or not for these eyes."""
    rows = DifferingAccount.objects.filter(case=access.case, pk=difference_id)
    found = rows.select_related("event", "relied_on__agency", "decided_by").first()
    if found is None:
        raise Hidden
    _readable(access, found.state)
    return found


def one_sided(access: Access, state: str = State.CONFIRMED) -> QuerySet[OneSidedContact]:
    """Contacts recorded by one agency only; `state` asks for what waits or was declined."""
    _readable(access, state)
    rows = OneSidedContact.objects.filter(case=access.case, state=state, entry__in_force=True)
    related = ("entry__agency", "other_agency", "decided_by")
    return rows.select_related(*related).order_by("entry__earliest", "entry__order", "pk")


def one_sided_of(access: Access, contact_id: UUID) -> OneSidedContact:
    """One contact; Hidden if it is of another case or not for these eyes."""
    rows = OneSidedContact.objects.filter(case=access.case, pk=contact_id)
    found = rows.select_related("entry__agency", "other_agency", "decided_by").first()
    if found is None:
        raise Hidden
    _readable(access, found.state)
    return found


def lines_of_rows(access: Access, rows: Sequence[UUID]) -> list[Line]:
    """The entries of a proposal that are in force, in order."""
    return lines_among(access, chronology(access), map(str, rows))


def entries_in(found: SameEvent | DifferingAccount) -> list[UUID]:
    """The ids of the entries that a proposal is about."""
    return list(found.rows.order_by("pk").values_list("entry_id", flat=True))


def _readable(access: Access, state: str) -> None:
    """What is confirmed is for whoever reads the chronology; the rest for those who decide."""
    reads = access.may_read(Kind.CHRONOLOGY)
    if not reads or (state != State.CONFIRMED and not access.may_write(Kind.CHRONOLOGY)):
        raise Hidden
