"""The demonstration, played whole: what it publishes names nobody, and every role has somebody."""

import json
import re
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from candour.archive.models import Paragraph, PublishedFile, ReviewRecord, Version
from candour.archive.storage import path_of
from candour.audit.verification import verify
from candour.cases.models import Case, Membership
from candour.contributions.models import AgencyRequest
from candour.duties.states import state_of
from candour.kernel import clock
from candour.oversight.models import Notified
from candour.people.models import Appointment
from candour.people.roles import Role
from candour.publication.models import Publication
from candour.reports.models import ChronologyRow

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

KEY = json.loads(
    (Path(__file__).parents[2] / "samples" / "child-r" / "truth.json").read_text(encoding="utf-8")
)


def test_the_story_ends_in_a_published_report_that_names_nobody() -> None:
    play()

    publication = Publication.objects.get(state=Publication.State.PUBLISHED)
    record = ReviewRecord.objects.get(pk=publication.archive_record_id)
    texts = published_texts(record)
    assert len(texts) >= 5
    assert {name: names_in(text) for name, text in texts.items() if names_in(text)} == {}
    assert ChronologyRow.objects.count() >= 40
    assert "Child R" in texts["report paragraphs"], "the texts read are those of the report"
    assert roles_held() == set(Role)
    case = publication.case
    assert (state_of(case), state_of(case, "actions")) == ("PUBLISHED", "ACTIONS_OPEN")
    assert Case.objects.count() == 5
    assert verify() == []
    desk = list(Notified.objects.order_by("notified_on"))
    assert [each.outcome for each in desk] == ["none", ""]
    assert desk[0].letters.filter(answered_by__isnull=False).count() == 1
    assert desk[0].challenges == 1
    waiting = AgencyRequest.objects.filter(state=AgencyRequest.State.ASKED)
    assert {each.due_on > clock.today() for each in waiting} == {True}


def play() -> None:
    from demo.people import assemble
    from demo.story import STEPS

    with clock.standing_at(datetime(2015, 1, 5, 9, tzinfo=clock.LONDON)):
        company = assemble(checked_on=clock.today())
    for _, step in STEPS:
        step(company)


def roles_held() -> set[Role]:
    held = set(Membership.objects.values_list("role", flat=True))
    return {Role(value) for value in held | set(Appointment.objects.values_list("role", flat=True))}


def published_texts(record: ReviewRecord) -> dict[str, str]:
    """Every word of the record, its paragraphs, its files and their names, as readers get them."""
    version = Version.objects.get(record=record)
    texts = {
        "record": json.dumps(
            {field.name: str(getattr(record, field.attname)) for field in record._meta.fields}
        ),
        "version": json.dumps(
            {field.name: str(getattr(version, field.attname)) for field in version._meta.fields}
        ),
        "report paragraphs": " ".join(
            f"{paragraph.anchor} {paragraph.heading_path} {paragraph.html} {paragraph.text}"
            for paragraph in Paragraph.objects.filter(version=version)
        ),
    }
    for file in PublishedFile.objects.filter(version=version):
        texts[file.name] = f"{file.name} {words_of(path_of(file.sha256).read_bytes())}"
    return texts


def words_of(data: bytes) -> str:
    if data.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(data)
        return " ".join(page.get_textpage().get_text_range() for page in pages) + str(
            pages.get_metadata_dict()
        )
    if data.startswith(b"PK"):
        parts = zipfile.ZipFile(BytesIO(data))
        xml = " ".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())
        return re.sub(r"<[^>]+>", " ", xml)
    return data.decode("utf-8")


def names_in(text: str) -> list[str]:
    """Which strings of the answer key stand in the text as whole words, by the key's own rule."""
    plain = normal(text)
    return [
        each["string"]
        for each in KEY["identifiers"]
        if re.search(rf"(?<!\w){re.escape(normal(each['string']))}(?!\w)", plain)
    ]


def normal(text: str) -> str:
    for typed, straight in (("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-")):
        text = text.replace(typed, straight)
    return re.sub(r"\s+", " ", text.replace("\u00ad", "").replace("\u2011", "-"))


def test_the_key_would_be_found_if_it_were_there() -> None:
    assert len(KEY["identifiers"]) == 220
    for each in KEY["identifiers"]:
        assert each["string"] in names_in(f"seen: {each['string']}, today")
