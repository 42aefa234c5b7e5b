"""Nine agencies' files, every row of them in the report: no identifier of the key is published.

Only this test reads the answer key; the product never does.
"""

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import etree
from tests import world

from candour.cases.access import Access
from candour.contributions.models import Entry
from candour.disclosure.services import search
from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.identities.services import enter
from candour.people.models import Agency
from candour.people.roles import AgencyKind
from candour.reports.models import ChronologyRow
from candour.reports.publishable import publishable_files
from candour.reports.real_names import publishing_register
from candour.reports.services import choose_entries

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parents[2] / "samples" / "child-r"
KINDS = {
    "person": Identity.Kind.PERSON,
    "family name": Identity.Kind.PERSON,
    "place": Identity.Kind.PLACE,
    "agency": Identity.Kind.ORGANISATION,
    "organisation": Identity.Kind.ORGANISATION,
}
Key = dict[str, Any]


def read_json(name: str) -> Key:
    return dict(json.loads((FOLDER / name).read_text(encoding="utf-8")))


def enter_everybody(manager: Access, key: Key) -> None:
    """The register as the business unit would have it: every form, every day of birth."""
    born = {person["id"]: person["born"] for person in read_json("case.json")["people"]}
    groups: dict[str, list[dict[str, str]]] = {}
    for row in key["identifiers"]:
        if row["kind"] != "date of birth":
            groups.setdefault(row["id"], []).append(row)
    for number, (name, rows) in enumerate(groups.items(), start=1):
        kind = KINDS.get(rows[0]["kind"], Identity.Kind.NUMBER)
        is_person = kind is Identity.Kind.PERSON
        enter(
            access=manager,
            kind=kind,
            relationship=Identity.Relationship.OTHER_PERSON
            if is_person
            else Identity.Relationship.NOT_A_PERSON,
            pseudonym=f"{kind.label} {number}",
            real=RealIdentity(
                forms=tuple(row["string"] for row in rows),
                born=(born.get(name) or "") if is_person else "",
            ),
        )


def send_nine_files(manager: Access) -> None:
    for told in read_json("case.json")["agencies"]:
        request = world.an_asked_agency(manager, told["name"])
        content = (FOLDER / told["file"]).read_bytes()
        world.a_signed_return(world.a_signer(manager, request), request, content, told["file"])
    Agency.objects.filter(name__contains="olice").update(kind=AgencyKind.POLICE.value)


def read_by_somebody_else(name: str, data: bytes) -> str:
    """The words of a file, read without any code of ours."""
    if name.endswith(".pdf"):
        pages = pypdfium2.PdfDocument(data)
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    if name.endswith(".docx"):
        with zipfile.ZipFile(BytesIO(data)) as parts:
            return "\n".join(_words_of(parts.read(part)) for part in parts.namelist())
    return data.decode("utf-8")


def _words_of(part: bytes) -> str:
    """Text and attributes of one part; the names of tags are the format's own."""
    return "\n".join(
        word
        for element in etree.fromstring(part).iter()
        for word in (*element.attrib.values(), element.text or "", element.tail or "")
    )


def holds(text: str, string: str) -> bool:
    """Does the string stand in the text as a word of its own, whatever its case?"""
    text, string = " ".join(text.split()).casefold(), " ".join(string.split()).casefold()
    place = text.find(string)
    while place >= 0:
        around = text[place - 1 : place] + text[place + len(string) : place + len(string) + 1]
        if not any(letter.isalnum() for letter in around):
            return True
        place = text.find(string, place + 1)
    return False


def test_none_of_the_220_identifiers_stands_in_any_published_byte() -> None:
    key = read_json("truth.json")
    strings = [row["string"] for row in key["identifiers"]]
    manager = world.a_case()
    enter_everybody(manager, key)
    send_nine_files(manager)
    report = world.a_report(manager)
    ids = {str(pk) for pk in Entry.objects.filter(in_force=True).values_list("pk", flat=True)}
    choose_entries(access=manager, report=report, offered=ids, chosen=ids)
    files = publishable_files(manager)
    outcome = search(files, publishing_register(manager.case))

    assert len(strings) == 220
    assert ChronologyRow.objects.count() >= 40
    assert not outcome.unread
    assert [found for found in outcome.matches if found["kind"] == "exact"] == []
    for name, data in files.items():
        text = read_by_somebody_else(name, data)
        assert len(text) > 500 or name == "facts.json"
        assert [string for string in strings if holds(text, string)] == [], name
