"""Nine agencies' messy files, sent as they are, against the answer key. Only tests read the key."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests import world

from candour.cases.access import Access
from candour.contributions.models import AgencyRequest, Entry, HeldBack
from candour.contributions.selectors import entries_in_force
from candour.identities.models import Identity, NameProposal
from candour.identities.sealed import RealIdentity
from candour.identities.services import enter
from candour.people.models import Agency

pytestmark = [pytest.mark.django_db, pytest.mark.own_process]

FOLDER = Path(__file__).parents[2] / "samples" / "child-r"
_SAID = {
    "subject child": Identity.Relationship.SUBJECT_CHILD,
    "mother": Identity.Relationship.MOTHER,
    "father": Identity.Relationship.FATHER,
}
Shape = dict[str, Any]


@cache
def read_json(name: str) -> Shape:
    return dict(json.loads((FOLDER / name).read_text(encoding="utf-8")))


def enter_family(manager: Access) -> None:
    for number, person in enumerate(read_json("case.json")["people"], start=1):
        said = person["relationship"].lower()
        relationship = next((r for word, r in _SAID.items() if word in said), None)
        enter(
            access=manager,
            kind=Identity.Kind.PERSON,
            relationship=relationship or Identity.Relationship.OTHER_RELATIVE,
            pseudonym=f"Person {number}",
            real=RealIdentity(
                forms=(person["name"], *person.get("nicknames", [])), born=person.get("born") or ""
            ),
        )


def send(manager: Access, told: Shape) -> AgencyRequest:
    request = world.an_asked_agency(manager, told["name"])
    signer = world.a_signer(manager, request)
    content = (FOLDER / told["file"]).read_bytes()
    world.a_signed_return(signer, request, content, told["file"])
    return request


def test_nine_files_come_into_force_as_the_key_has_them() -> None:
    manager = world.a_case()
    enter_family(manager)
    agencies = read_json("case.json")["agencies"]
    codes = {send(manager, told).agency_id: told["code"] for told in agencies}

    held = {}
    for entry in entries_in_force(manager):
        if entry.part == 1:
            held[codes[entry.agency_id], entry.table, entry.row_index] = entry
    wanted = {
        (file["agency"], row["table"], row["row_index"]): row
        for file in read_json("truth.json")["files"]
        for row in file["rows"]
    }
    assert held.keys() == wanted.keys()
    for place, row in wanted.items():
        assert_same(held[place], row)
    assert Entry.objects.filter(in_force=True).exclude(part=1).count() == sum(
        max(0, len(row.get("parts", [])) - 1) for row in wanted.values()
    )
    assert Agency.objects.count() == 9


def filled(text: dict[str, str]) -> dict[str, str]:
    return {heading: words for heading, words in text.items() if words}


def assert_same(entry: Entry, row: Shape) -> None:
    # A blank cell of a hidden column has no word that could be released.
    assert filled(entry.text) == filled(row["text"]), row["entry"]
    assert entry.date_raw == (row["date_raw"] or ""), row["entry"]
    assert bool(entry.refusal) == row["must_refuse"], row["entry"]
    if not row.get("parts"):
        days = [day.isoformat() if day else None for day in (entry.earliest, entry.latest)]
        assert days == [row["earliest"], row["latest"]], row["entry"]


def test_names_in_the_nine_files_are_proposed_to_the_register() -> None:
    manager = world.a_case()
    enter_family(manager)
    for told in read_json("case.json")["agencies"][:2]:
        send(manager, told)
    assert NameProposal.objects.filter(case=manager.case).count() > 20
    assert HeldBack.objects.filter(case=manager.case, kind=HeldBack.Kind.PROPERTY).exists()
