"""A backup is one sealed file, and a restored copy is the same installation, told to be quiet."""

import io
import json
import tarfile
from pathlib import Path

import pyrage
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import world
from tests.installation import Installation

from candour.archive.models import Publisher
from candour.audit.services import seal_heads
from candour.cases.permissions import Kind
from candour.documents.services import receive
from candour.kernel.actor import SYSTEM
from candour.kernel.errors import Invalid, WrongState
from candour.platform import files
from candour.platform.backup import make_backup
from candour.platform.config import config
from candour.platform.files import StorageFull
from candour.platform.keys import service_identity
from candour.platform.mail import notify
from candour.platform.restore import restore_backup

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

CANARY = b"Canary-9a17 was seen at home"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of a case with a document, a message and a publisher in the archive."""
    access = world.an_incident()
    upload = SimpleUploadedFile("x.csv", CANARY)
    receive(access=access, upload=upload, kind=Kind.REFERRAL)
    notify(world.a_user("Zoë O’Brien"), access.case.reference, "/", by=SYSTEM)
    seal_heads()
    Publisher.objects.get_or_create(name="Testshire", defaults={"kind": "board"})
    out = tmp_path / "one.candour"
    make_backup(out)
    return out


def contents(backup: Path) -> dict[str, bytes]:
    plain = pyrage.decrypt(backup.read_bytes(), [service_identity()])
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}


def kept(backup: Path) -> dict[str, object]:
    """What must come through a restore: every file, and every row but the jobs' leases.

    Rows are compared as what they say: PostgreSQL keeps no order of keys inside a JSON field.
    """
    held = contents(backup)
    files = {name: data for name, data in held.items() if name.startswith("files/")}
    rows = {
        name: [json.loads(line) for line in data.splitlines()]
        for name, data in held.items()
        if name.startswith("rows/") and "platform.job" not in name
    }
    return {**files, **rows}


def test_a_backup_shows_nothing_to_whoever_has_no_key(backup: Path) -> None:
    sealed = backup.read_bytes()
    for plain in (CANARY, b"Testshire", b"example.org", b"rows/", b"manifest"):
        assert plain not in sealed
    assert backup.stat().st_mode & 0o777 == 0o600


def test_a_backup_holds_rows_and_files_and_never_the_key_or_a_session(backup: Path) -> None:
    held = contents(backup)
    everything = b"".join(held.values())
    assert any(name.startswith("rows/default/cases.case/") for name in held)
    assert any(name.startswith("rows/archive/archive.publisher/") for name in held)
    assert any(name.startswith("files/") for name in held)
    assert b"AGE-SECRET-KEY" not in everything
    assert config().key_file.read_bytes().strip() not in everything
    assert not any("session" in name for name in held)


def test_a_backup_can_be_sealed_to_another_recipient(tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    make_backup(tmp_path / "b", str(identity.to_public()))
    pyrage.decrypt((tmp_path / "b").read_bytes(), [identity])
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt((tmp_path / "b").read_bytes(), [service_identity()])
    with pytest.raises(Invalid, match="age1"):
        make_backup(tmp_path / "c", "not-a-key")
    assert not (tmp_path / "c").exists()


def test_a_backup_never_overwrites_a_file(backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(Invalid, match="already exists"):
        make_backup(backup)
    assert backup.read_bytes() == before


def test_a_full_disk_leaves_no_half_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: files.FaultKeeper, chunk: bytes) -> int:
        self.fault = OSError(28, "No space left on device")
        raise self.fault

    monkeypatch.setattr(files.FaultKeeper, "write", full)
    with pytest.raises(StorageFull):
        make_backup(tmp_path / "full")
    assert list(tmp_path.iterdir()) == []


def test_a_restore_never_touches_an_installation_that_is_in_use(backup: Path) -> None:
    with pytest.raises(WrongState, match="already"):
        restore_backup(backup, service_identity())


def test_a_restored_copy_is_the_same_and_verifies_and_writes_to_nobody(
    backup: Path, installation: Installation, tmp_path: Path
) -> None:
    said = installation.run("restore", str(backup), "--into", str(installation.data))
    assert "every chain is whole" in said
    installation.run("backup", str(tmp_path / "two.candour"))
    assert kept(tmp_path / "two.candour") == kept(backup)
    held = installation.python(
        "from candour.platform.mail import mail_is_held; print(mail_is_held())"
    )
    assert held.strip() == "True"
    installation.run("release-mail")
    refused = installation.run("restore", str(backup), "--into", str(installation.data), status=1)
    assert "empty folder" in refused


@pytest.mark.parametrize("harm", ["truncate", "flip", "other key"])
def test_a_damaged_backup_restores_nothing(
    backup: Path, installation: Installation, harm: str, tmp_path: Path
) -> None:
    data = bytearray(backup.read_bytes())
    if harm == "truncate":
        data = data[: len(data) // 2]
    elif harm == "flip":
        data[-200] ^= 1
    else:
        key = tmp_path / "other.key"
        key.write_text(str(pyrage.x25519.Identity.generate()))
    backup.write_bytes(data)
    options = ["--identity", str(key)] if harm == "other key" else []
    said = installation.run(
        "restore", str(backup), "--into", str(installation.data), *options, status=1
    )
    assert ("another key" if harm == "other key" else "nothing has been restored") in said
    counted = installation.python(
        "from candour.people.models import User; print(User.objects.count())"
    )
    assert counted.strip() == "0"
    assert not list(installation.data.glob("files/*/*"))


def test_a_part_swapped_inside_the_seal_is_noticed(
    backup: Path, installation: Installation
) -> None:
    altered = io.BytesIO()
    with tarfile.open(fileobj=altered, mode="w") as tar:
        for name, data in contents(backup).items():
            if name.startswith("rows/default/people.user/"):
                row = json.loads(data.splitlines()[0])
                data = json.dumps({**row, "email": "intruder@example.org"}).encode() + b"\n"
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    backup.write_bytes(pyrage.encrypt(altered.getvalue(), [service_identity().to_public()]))
    said = installation.run("restore", str(backup), "--into", str(installation.data), status=1)
    assert "altered" in said
