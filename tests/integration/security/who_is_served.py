"""Whom a page serves, by the table of who may see what alone, and what it answers."""

from django.http import HttpResponse
from docs.addresses import Address
from tests.integration.security.built_case import Holder
from tests.integration.security.ways import Way

from candour.cases.permissions import ACTS, RECORDS, Kind, Reach
from candour.people.roles import Role

NOT_FOUND = 404
# What a page answers to somebody whom it serves: itself, a way on, a refusal of the act that says
# why, or that it takes another method.
SERVED = {200, 204, 302, 303, 403, 405, 409, 422}
OWN_AGENCY = (Reach.OWN_READ, Reach.OWN_WRITE)

# The desk of one agency: its people alone, and the business unit where it has nobody of its own.
AGENCY_ALONE = frozenset(
    f"contributions:{page}"
    for page in (
        *("upload", "nothing_held", "file", "headings", "rows", "held_back", "decide_kind"),
        *("word_form", "excel_form"),
        *("decide_part", "queries", "query", "sign_off"),
    )
)
# Pages that do not exist for those who only read that kind of record, with the reason.
WRITERS_ALONE = {
    "chronology:take_out": "it holds nothing but a button that changes the chronology",
    "chronology:held": "a proposal is nowhere but before those who may decide on it",
    "chronology:decline": "a proposal is nowhere but before those who may decide on it",
} | dict.fromkeys(
    (
        *("chronology:same_events", "chronology:same_event", "chronology:decline_same_event"),
        *("chronology:difference", "chronology:decline_difference"),
        *("chronology:one_sided", "chronology:decline_contact"),
    ),
    "a proposal is nowhere but before those who may decide on it",
)
# Pages of one agency's record that tell what other agencies held: its own people see none of them.
OF_OTHERS_TOO = frozenset(
    f"chronology:{page}"
    for page in (
        "undo",
        "spread_of_entry",
        "state_held",
        "available",
        "one_sided",
        "decline_contact",
    )
)
# Pages of what a person asked for or saved for themselves: nobody else finds them.
ONES_OWN = frozenset(
    f"chronology:{page}" for page in ("export_asked", "export_written", "forget_filter")
)
# Pages of a file that has been in force: one that its agency has not signed off has none yet.
OF_A_SIGNED_FILE = frozenset(("chronology:changes", "chronology:carry_over"))
_READING = (Reach.READ, Reach.OWN_READ)


def reach_of(holder: Holder, kind: str) -> Reach | None:
    """How far somebody reaches into a kind of record."""
    reach = RECORDS[holder.role].get(Kind(kind))
    if reach is Reach.ON_GRANT:
        return Reach.READ if Kind(kind) in holder.granted else None
    return reach


def _agency_alone(address: Address, way: Way) -> bool:
    """Its desk, and its file as it was sent: that still holds what it kept out of the review."""
    file = address.name == "documents:download" and way.kind == Kind.AGENCY_RETURN
    return file or address.name in AGENCY_ALONE


def expected(holder: Holder, address: Address, way: Way) -> set[int]:
    """The answers that the table allows on this person's own case."""
    reach = reach_of(holder, way.kind)
    if reach is None:
        return {NOT_FOUND}
    if _agency_alone(address, way) and reach not in OWN_AGENCY:
        return SERVED | {NOT_FOUND} if holder.role is Role.BUSINESS_MANAGER else {NOT_FOUND}
    narrower = {NOT_FOUND} if address.name in WRITERS_ALONE and reach in _READING else set()
    narrower |= {NOT_FOUND} if address.name in ONES_OWN | OF_A_SIGNED_FILE else set()
    if reach not in OWN_AGENCY:
        return SERVED | narrower
    if way.agency is None:
        # Not one agency's record: the page shows them nothing, or what is everybody's.
        return SERVED | {NOT_FOUND}
    own = holder.agency is not None and holder.agency.pk == way.agency
    own = own and address.name not in OF_OTHERS_TOO
    return SERVED | narrower if own else {NOT_FOUND}


def may_change(holder: Holder, kind: str) -> bool:
    """May this person write this kind of record, or does any act of a case belong to them?"""
    writes = reach_of(holder, kind) in (Reach.WRITE, Reach.OWN_WRITE)
    return writes or any(holder.role in roles for roles in ACTS.values())


def require(answer: HttpResponse, wanted: set[int], who: str) -> None:
    """Fail with a sentence unless the answer is one of those wanted."""
    assert answer.status_code in wanted, f"{who}: {answer.status_code}, not one of {sorted(wanted)}"
