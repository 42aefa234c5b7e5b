"""Bad files through the real upload page: a clear message, the file kept, nothing else harmed."""

import errno
import io
import zipfile
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests import world
from tests.integration.contributions.agency_files import PLAIN, with_parts, word_file

from candour.audit.verification import verify
from candour.cases.access import Access
from candour.contributions.models import AgencyRequest, Entry, Submission
from candour.contributions.sender import sender_for
from candour.contributions.services.receiving import read_submission
from candour.documents.models import Document
from candour.documents.services import contents_for_reading
from candour.platform import files
from candour.platform.config import config

pytestmark = [pytest.mark.django_db, pytest.mark.own_process]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
GOOD = word_file(("12/3/2013", "Home visit"), ("13/3/2013", "Clinic"))
CONTENT_TYPES = "[Content_Types].xml"


def zipped(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return held.getvalue()


def encrypted_office_file() -> bytes:
    name = "EncryptedPackage".encode("utf-16-le")
    return OLE + name + b"\0" * 512


def with_entity() -> bytes:
    xml = (
        b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY stolen SYSTEM "file:///etc/passwd">]>'
        b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        b"<w:body><w:p><w:r><w:t>&stolen;</w:t></w:r></w:p></w:body></w:document>"
    )
    return with_parts(GOOD, {"word/document.xml": xml})


def with_macro() -> bytes:
    types = zipfile.ZipFile(io.BytesIO(GOOD)).read(CONTENT_TYPES)
    macro = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    return with_parts(GOOD, {CONTENT_TYPES: macro, "word/vbaProject.bin": b"Sub AutoOpen()"})


def zip_bomb() -> bytes:
    return with_parts(GOOD, {"word/media/a.bin": b"\0" * (400 * 1024 * 1024)})


UNREADABLE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "wrong type": ("chronology.docx", lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 50, "PDF"),
    "picture": ("chronology.docx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "picture"),
    "renamed old Word file": ("chronology.docx", lambda: OLE + b"W\0o\0r\0d\0", "Word"),
    "password": ("chronology.docx", encrypted_office_file, "password"),
    "truncated": ("chronology.docx", lambda: GOOD[: len(GOOD) // 2], "damaged"),
    "zip bomb": ("chronology.docx", zip_bomb, "unpack"),
    "entity": ("chronology.docx", with_entity, ""),
    "macro": ("chronology.docm", with_macro, "macro"),
    "other zip": ("chronology.docx", lambda: zipped({"photo.txt": b"hello"}), ""),
    "prose": ("chronology.csv", lambda: b"Dear colleague\nIt will follow\n", ""),
}


@pytest.fixture
def manager() -> Access:
    return world.a_case()


@pytest.fixture
def asked(manager: Access) -> AgencyRequest:
    return world.an_asked_agency(manager)


@pytest.fixture
def signer(manager: Access, asked: AgencyRequest) -> Access:
    return world.a_signer(manager, asked)


@pytest.fixture
def agency(signer: Access) -> Client:
    return world.a_browser(signer)


def place(asked: AgencyRequest, path: str = "") -> str:
    return f"/cases/{asked.case.reference}/agencies/{asked.pk}/{path}"


def send(agency: Client, asked: AgencyRequest, content: bytes, name: str) -> HttpResponse:
    sent = {"file": SimpleUploadedFile(name, content), "submission": str(uuid4())}
    return agency.post(place(asked, "upload/"), sent)


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_file_that_cannot_be_read_is_kept_with_a_reason_and_a_remedy(
    agency: Client, asked: AgencyRequest, what: str
) -> None:
    name, make, word = UNREADABLE[what]
    content = make()
    assert send(agency, asked, content, name).status_code == 302

    held = Submission.objects.get()
    problem = held.problems[0]
    page = agency.get(place(asked, f"files/{held.pk}/")).content.decode()
    assert held.state == Submission.State.UNREADABLE
    assert problem["message"] and problem["fix"]
    assert word.casefold() in (problem["message"] + problem["fix"]).casefold()
    assert "Could not be read" in page
    assert contents_for_reading(held.document) == content
    assert not Entry.objects.exists()
    assert verify() == []


def test_a_disk_that_fills_during_an_upload_says_so_and_takes_the_file_once_there_is_room(
    agency: Client, asked: AgencyRequest
) -> None:
    def full(self: files.FaultKeeper, chunk: bytes) -> int:
        self.fault = OSError(errno.ENOSPC, "No space left on device")
        raise self.fault

    before = set(files.quarantine_folder().iterdir())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files.FaultKeeper, "write", full)
        answer = send(agency, asked, PLAIN, "chronology.csv")
    assert answer.status_code == 422
    assert "disk is full" in answer.content.decode()
    assert not Submission.objects.exists() and not Document.objects.exists()
    assert set(files.quarantine_folder().iterdir()) == before
    asked.refresh_from_db()
    assert asked.state == AgencyRequest.State.ASKED

    assert send(agency, asked, PLAIN, "chronology.csv").status_code == 302
    assert Submission.objects.get().entries.count() == 2


def test_after_a_bad_file_a_good_one_goes_through(agency: Client, asked: AgencyRequest) -> None:
    send(agency, asked, GOOD[: len(GOOD) // 2], "chronology.docx")
    assert send(agency, asked, GOOD, "chronology.docx").status_code == 302
    states = Submission.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == [Submission.State.REPLACED, Submission.State.HEADINGS]


def test_a_bad_file_leaves_the_signed_off_one_in_force(
    agency: Client, asked: AgencyRequest, signer: Access
) -> None:
    world.a_signed_return(signer, asked, PLAIN)
    send(agency, asked, GOOD[: len(GOOD) // 2], "chronology.docx")
    assert Entry.objects.filter(in_force=True).count() == 2


def test_an_external_template_is_said_and_never_fetched(
    agency: Client, asked: AgencyRequest
) -> None:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/attachedTemplate" Target="http://192.0.2.1/canary.dotm" '
        b'TargetMode="External"/></Relationships>'
    )
    content = with_parts(GOOD, {"word/_rels/settings.xml.rels": rels})
    send(agency, asked, content, "chronology.docx")
    held = Submission.objects.get()
    assert held.entries.count() == 2
    assert [problem["code"] for problem in held.problems] == ["external_template"]
    page = agency.get(place(asked, f"files/{held.pk}/")).content.decode()
    assert held.problems[0]["message"] in page.replace("&#39;", "'")


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_that_begins_like_a_formula_stays_the_words_it_is(
    agency: Client, asked: AgencyRequest, start: str
) -> None:
    words = start + 'HYPERLINK("http://192.0.2.1","x")'
    quoted = words.replace('"', '""')
    content = f'Date,Event\n12/3/2013,"{quoted}"\n13/3/2013,Visit\n'.encode()
    send(agency, asked, content, "chronology.csv")
    held = Submission.objects.get()
    assert held.entries.get(row_index=2).what == words
    page = agency.get(place(asked, f"files/{held.pk}/rows/")).content.decode()
    assert '<a href="http://192.0.2.1' not in page


def test_words_of_a_file_are_never_html_on_a_page(agency: Client, asked: AgencyRequest) -> None:
    content = b"Date,Event\n12/3/2013,<script>alert(1)</script>\n<b>unclear</b>,Call\n"
    send(agency, asked, content, "chronology.csv")
    held = Submission.objects.get()
    for path in ("", "rows/", "unclear/", "hidden/", "headings/"):
        page = agency.get(place(asked, f"files/{held.pk}/{path}")).content.decode()
        assert "<script>alert" not in page and "<b>unclear" not in page, path


def test_a_hostile_file_name_stays_a_name(agency: Client, asked: AgencyRequest) -> None:
    send(agency, asked, PLAIN, "../../<script>x</script>.csv")
    held = Submission.objects.get()
    page = agency.get(place(asked, f"files/{held.pk}/hidden/")).content.decode()
    assert "<script>x" not in page
    assert held.document.neutral_name.startswith(asked.case.reference)


def test_an_empty_file_is_refused_beside_its_field(agency: Client, asked: AgencyRequest) -> None:
    answer = send(agency, asked, b"", "chronology.csv")
    assert "The file is empty" in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_file_over_the_limit_is_refused_and_nothing_is_kept(
    agency: Client, asked: AgencyRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = config().model_copy(update={"max_upload_mb": 1})
    monkeypatch.setattr(files, "config", lambda: small)
    answer = send(agency, asked, b"Date,Event\n" + b"x" * (2 * 1024 * 1024), "chronology.csv")
    assert answer.status_code == 422
    assert "larger than 1 megabytes" in answer.content.decode()
    assert not Submission.objects.exists() and not Document.objects.exists()


def test_a_full_disk_says_what_to_do_and_leaves_nothing_half_made(
    agency: Client, asked: AgencyRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: files.FaultKeeper, chunk: bytes) -> int:
        self.fault = OSError(28, "No space left on device")
        raise self.fault

    before = set(files.quarantine_folder().iterdir())
    with monkeypatch.context() as patched:
        patched.setattr(files.FaultKeeper, "write", full)
        answer = send(agency, asked, PLAIN, "chronology.csv")
    assert answer.status_code == 422
    assert "disk is full" in answer.content.decode()
    assert set(files.quarantine_folder().iterdir()) == before
    asked.refresh_from_db()
    assert asked.state == AgencyRequest.State.ASKED
    assert not Submission.objects.exists() and not Document.objects.exists()

    assert send(agency, asked, PLAIN, "chronology.csv").status_code == 302


def test_an_answer_the_reader_never_finished_is_a_clear_refusal(
    signer: Access, asked: AgencyRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    from candour.platform import child

    held = world.a_return(signer, asked, PLAIN)
    monkeypatch.setattr(child, "COMMAND", ["/bin/sh", "-c", "kill -9 $$"])
    read = read_submission(held)
    assert read.state == Submission.State.UNREADABLE
    assert read.problems[0]["fix"]
    assert sender_for(signer, asked).may_check(read)
