"""A file is sealed as it arrives, scanned before it is served, and every opening is an event."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from tests import world

from candour.audit.models import Event
from candour.audit.verification import verify
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.documents import jobs, services
from candour.documents.models import Document
from candour.documents.selectors import document_for, documents_visible
from candour.documents.services import open_document, receive, refuse
from candour.kernel.errors import Hidden, Invalid, NotPermitted, WrongState
from candour.people.roles import Role
from candour.platform import files, scanner, worker
from candour.platform.config import Environment, config
from candour.platform.files import FileGone, StorageFull
from candour.platform.models import Job
from candour.platform.scanner import Clamd, ScannerDown, ScanResult, Verdict

pytestmark = pytest.mark.django_db

CONTENT = b"Date,Event\n12/3/2010,Canary-5f1c visited\n"


class Answers:
    """A scanner with a fixed answer."""

    def __init__(self, verdict: Verdict | None, found: str = "") -> None:
        self._verdict, self._found = verdict, found
        self.seen = b""

    def scan(self, chunks: Iterator[bytes]) -> ScanResult:
        if self._verdict is None:
            raise ScannerDown("ConnectionRefusedError")
        self.seen = b"".join(chunks)
        return ScanResult(self._verdict, self._found)


@pytest.fixture
def manager() -> Access:
    return world.a_case()


def upload(
    content: bytes = CONTENT, name: str = "Surname_DOB chronology.csv"
) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def use(monkeypatch: pytest.MonkeyPatch, answers: Answers) -> Answers:
    monkeypatch.setattr(services, "scanner", lambda: answers)
    return answers


def received(access: Access, **fields: object) -> Document:
    given = {"upload": upload(), "kind": Kind.AGENCY_RETURN, **fields}
    return receive(access=access, **given)


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_what_was_received_is_what_is_opened(manager: Access) -> None:
    document = received(manager)
    assert open_document(manager, document, "download") == CONTENT


def test_no_byte_of_a_file_stands_plain_on_disk(manager: Access) -> None:
    document = received(manager)
    stored = files.stored_path(manager.case.pk, document.sha256)
    assert stored.stat().st_mode & 0o777 == 0o600
    assert b"Canary-5f1c" not in all_bytes(config().data_dir)


def test_without_a_scanner_a_file_is_not_scanned_and_never_called_clean(manager: Access) -> None:
    assert received(manager).state == Document.State.NOT_SCANNED


def test_a_file_not_scanned_is_served_in_production_only_where_that_is_accepted(
    manager: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = received(manager)
    monkeypatch.setattr(config(), "env", Environment.PRODUCTION)
    with pytest.raises(WrongState, match="not been scanned"):
        open_document(manager, document, "download")
    monkeypatch.setattr(config(), "allow_no_scanner", True)
    assert open_document(manager, document, "download") == CONTENT


def test_a_clean_file_is_clean_and_the_scanner_saw_all_of_it(
    manager: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = use(monkeypatch, Answers(Verdict.CLEAN))
    assert received(manager).state == Document.State.CLEAN
    assert answers.seen == CONTENT


def test_malware_is_refused_kept_sealed_and_never_opened(
    manager: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Answers(Verdict.INFECTED, "Eicar-Test"))
    document = received(manager)
    assert (document.state, document.scan_result) == (Document.State.REFUSED, "Eicar-Test")
    with pytest.raises(WrongState):
        open_document(manager, document, "download")
    assert files.waiting_path(document.quarantine_name).exists()


def test_while_the_scanner_is_down_a_file_waits_unserved_and_is_scanned_later(
    manager: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Answers(None))
    document = received(manager)
    worker.run_due()
    document.refresh_from_db()
    assert document.state == Document.State.QUARANTINED
    with pytest.raises(WrongState, match="waiting for the virus scanner"):
        open_document(manager, document, "download")

    answers = use(monkeypatch, Answers(Verdict.CLEAN))
    Job.objects.update(run_after=document.recorded_at)
    worker.run_due()
    document.refresh_from_db()
    assert document.state == Document.State.CLEAN
    assert answers.seen == CONTENT
    assert open_document(manager, document, "download") == CONTENT


def test_opening_is_an_event_and_an_opening_undone_leaves_none(manager: Access) -> None:
    document = received(manager)
    open_document(manager, document, "download")
    event = Event.objects.get(name="documents.read")
    assert (event.actor, event.subject) == (manager.actor.reference, str(document.pk))
    assert event.payload == {"purpose": "download"}
    with pytest.raises(RuntimeError), transaction.atomic():
        open_document(manager, document, "download")
        raise RuntimeError
    assert Event.objects.filter(name="documents.read").count() == 1
    assert verify() == []


def test_no_event_carries_the_name_of_the_file(manager: Access) -> None:
    received(manager)
    assert not any("Surname" in str(event.payload) for event in Event.objects.all())


def test_an_author_reaches_their_own_agency_s_documents_and_no_other(manager: Access) -> None:
    police, school = world.an_agency(name="Police"), world.an_agency(name="School")
    author = world.a_member(manager, Role.AGENCY_AUTHOR, agency=police)
    own = received(author, agency=police)
    other = received(manager, agency=school)
    assert list(documents_visible(author)) == [own]
    assert document_for(author, own.pk) == own
    with pytest.raises(Hidden):
        document_for(author, other.pk)
    with pytest.raises(Hidden):
        open_document(author, other, "download")
    with pytest.raises(NotPermitted):
        received(author, agency=school)


def opens(member: Access, document: Document) -> bool:
    try:
        return open_document(member, document, "download") == CONTENT
    except Hidden:
        return False


def test_the_list_and_the_opening_follow_one_rule(manager: Access) -> None:
    agency = world.an_agency()
    documents = [
        received(manager, kind=kind, agency=agency) for kind in Kind if manager.may_write(kind)
    ]
    for role in Role:
        if role in (Role.LIBRARIAN, Role.ADMINISTRATOR):
            continue
        member = world.a_member(manager, role, agency=agency)
        listed = set(documents_visible(member))
        assert listed == {document for document in documents if opens(member, document)}, role
        assert listed <= {d for d in documents if member.may_read(Kind(d.kind), d.agency_id)}, role


def test_a_document_of_another_case_does_not_exist(manager: Access) -> None:
    document = received(manager)
    stranger = world.a_case(by=world.an_appointment(Role.BUSINESS_MANAGER))
    with pytest.raises(Hidden):
        open_document(stranger, document, "download")


def test_the_same_content_is_kept_once_in_a_case_and_apart_between_cases(manager: Access) -> None:
    first, second = received(manager), received(manager)
    other = received(world.a_case())
    assert first.sha256 == second.sha256 == other.sha256
    folder = files.stored_path(manager.case.pk, first.sha256).parent
    assert len(list(folder.iterdir())) == 1
    assert files.stored_path(other.case_id, other.sha256).exists()


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "file_empty"), (b"x" * (1024 * 1024 + 1), "file_too_large")]
)
def test_an_empty_or_too_large_file_is_refused_and_leaves_nothing(
    manager: Access, monkeypatch: pytest.MonkeyPatch, content: bytes, code: str
) -> None:
    monkeypatch.setattr(config(), "max_upload_mb", 1)
    before = set(config().data_dir.rglob("*.age"))
    with pytest.raises(Invalid) as caught:
        received(manager, upload=upload(content))
    assert caught.value.code == code
    assert not Document.objects.exists()
    assert set(config().data_dir.rglob("*.age")) == before


def test_a_full_disk_stores_nothing_half_made_and_says_what_to_do(
    manager: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: files.FaultKeeper, chunk: bytes) -> int:
        self.fault = OSError(28, "No space left on device")
        raise self.fault

    before = set(files.quarantine_folder().iterdir())
    monkeypatch.setattr(files.FaultKeeper, "write", full)
    with pytest.raises(StorageFull, match="send it again"):
        received(manager)
    assert set(files.quarantine_folder().iterdir()) == before
    assert not Document.objects.exists()


def test_a_flipped_bit_on_disk_is_noticed_and_not_served(manager: Access) -> None:
    document = received(manager)
    place = files.stored_path(manager.case.pk, document.sha256)
    damaged = bytearray(place.read_bytes())
    damaged[-1] ^= 1
    place.write_bytes(damaged)
    with pytest.raises(FileGone, match="backup"):
        open_document(manager, document, "download")


def test_a_file_lost_from_disk_is_said_to_be_lost(manager: Access) -> None:
    document = received(manager)
    files.stored_path(manager.case.pk, document.sha256).unlink()
    with pytest.raises(FileGone, match="backup"):
        open_document(manager, document, "download")


def test_a_refused_document_stays_and_is_never_opened_again(manager: Access) -> None:
    document = received(manager)
    with pytest.raises(Invalid):
        refuse(access=manager, document=document, reason=" ")
    refuse(access=manager, document=document, reason="Sent by mistake")
    with pytest.raises(WrongState, match="Sent by mistake"):
        open_document(manager, document, "download")
    with pytest.raises(WrongState):
        refuse(access=manager, document=document, reason="Again")


def test_a_later_version_supersedes_and_the_earlier_stays(manager: Access) -> None:
    first = received(manager)
    second = received(manager, upload=upload(b"Date,Event\n"), supersedes=first)
    assert list(first.superseded_by.all()) == [second]
    assert open_document(manager, first, "download") == CONTENT
    with pytest.raises(Hidden):
        received(world.a_case(), supersedes=first)


def test_a_neutral_name_tells_nothing_but_reference_and_kind_of_file(manager: Access) -> None:
    document = received(manager)
    assert document.neutral_name.startswith(manager.case.reference)
    assert document.neutral_name.endswith(".csv")
    assert "Surname" not in document.neutral_name


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[tuple[str, dict[str, bytes]]]:
    """A stand-in that speaks INSTREAM and finds malware in anything that says so."""
    heard = {"stream": b""}
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        address = str(tmp_path / "clamd")
        listening.bind(address)
        listening.listen(1)

        def serve() -> None:
            connection, _ = listening.accept()
            with connection, connection.makefile("rb") as wire:
                assert wire.read(10) == b"zINSTREAM\0"
                while length := int.from_bytes(wire.read(4), "big"):
                    heard["stream"] += wire.read(length)
                bad = b"MALWARE" in heard["stream"]
                connection.sendall(b"stream: Test.Sig FOUND\0" if bad else b"stream: OK\0")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield address, heard
        thread.join(5)


@pytest.mark.parametrize(
    ("content", "verdict"), [(b"x" * 200_000, Verdict.CLEAN), (b"MALWARE", Verdict.INFECTED)]
)
def test_clamd_is_asked_in_its_own_protocol(
    clamd: tuple[str, dict[str, bytes]], content: bytes, verdict: Verdict
) -> None:
    address, heard = clamd
    assert Clamd(address).scan([content]).verdict is verdict
    assert heard["stream"] == content


def test_a_scanner_that_is_not_there_is_down_and_never_clean(tmp_path: Path) -> None:
    with pytest.raises(ScannerDown):
        Clamd(str(tmp_path / "nobody")).scan([b"x"])
    with pytest.raises(ScannerDown):
        scanner._result("INSTREAM size limit exceeded. ERROR")


def test_a_crash_between_moving_a_file_and_saying_so_is_made_good(
    manager: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Answers(None))
    document = received(manager)
    files.release(document.quarantine_name, manager.case.pk, document.sha256)
    use(monkeypatch, Answers(Verdict.CLEAN))
    assert services.scan(UUID(str(document.pk))).state == Document.State.CLEAN


def test_what_an_undone_act_left_in_quarantine_is_swept_and_nothing_else(
    manager: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Answers(None))
    waiting = files.waiting_path(received(manager).quarantine_name)
    left, recent = files.waiting_path("left.age"), files.waiting_path("recent.age")
    for path in (left, recent):
        path.write_bytes(b"sealed")
    for path in (left, waiting):
        os.utime(path, (1, 1))
    jobs.sweep()
    assert (left.exists(), recent.exists(), waiting.exists()) == (False, True, True)
    recent.unlink()
