"""An installation moves from SQLite to PostgreSQL and back, and is the same on the other side."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from tests.installation import Installation
from tests.integration.platform.test_backup import kept

pytestmark = pytest.mark.postgres

# Everything here is done by the command in processes of its own, on databases of its own.
FILL = """
import os, sys
sys.path.insert(0, os.environ["TESTS_FOLDER"])
from django.core.files.uploadedfile import SimpleUploadedFile
from candour.archive.models import Publisher
from candour.audit.services import seal_heads
from candour.cases.permissions import Kind
from candour.documents.services import receive
from candour.kernel.actor import SYSTEM
from candour.platform.mail import notify
from tests import world
access = world.an_incident()
receive(access=access, upload=SimpleUploadedFile("x.csv", b"Canary"), kind=Kind.REFERRAL)
notify(world.a_user("Zoë O’Brien"), access.case.reference, "/", by=SYSTEM)
Publisher.objects.get_or_create(name="Testshire", defaults={"kind": "board"})
seal_heads()
"""


def _server() -> str:
    return os.environ.get("CANDOUR_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")


@pytest.fixture
def two_databases() -> Iterator[tuple[str, str]]:
    """Two empty databases, dropped afterwards."""
    server = urlsplit(_server())
    names = [f"candour_move_{uuid.uuid4().hex[:8]}_{part}" for part in ("work", "arch")]
    with psycopg.connect(urlunsplit(server._replace(path="/postgres")), autocommit=True) as link:
        for name in names:
            link.execute(f"create database {name}")  # type: ignore[arg-type]
        yield tuple(urlunsplit(server._replace(path=f"/{name}")) for name in names)
        for name in names:
            link.execute(f"drop database {name} with (force)")  # type: ignore[arg-type]


def test_sqlite_to_postgresql_and_back(two_databases: tuple[str, str], tmp_path: Path) -> None:
    installation = Installation(tmp_path / "sqlite")
    installation.run("migrate")
    installation.settings["TESTS_FOLDER"] = str(Path(__file__).resolve().parents[2])
    installation.python(FILL)
    first, second, third = (tmp_path / f"{number}.candour" for number in (1, 2, 3))
    installation.run("backup", str(first))

    workspace, archive = two_databases
    on_postgres = Installation(tmp_path / "postgres")
    on_postgres.settings = {
        "CANDOUR_DATABASE_URL": workspace,
        "CANDOUR_ARCHIVE_DATABASE_URL": archive,
    }
    urls = ["--database-url", workspace, "--archive-database-url", archive]
    said = on_postgres.run("restore", str(first), "--into", str(on_postgres.data), *urls)
    assert "every chain is whole" in said
    assert "every chain is whole" in on_postgres.run("verify")
    on_postgres.run("backup", str(second))
    assert kept(second) == kept(first)

    back = Installation(tmp_path / "back")
    assert "every chain is whole" in back.run("restore", str(second), "--into", str(back.data))
    back.run("backup", str(third))
    assert kept(third) == kept(first)
