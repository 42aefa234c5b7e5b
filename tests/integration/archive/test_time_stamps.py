"""An outside clock is believed only when its answer is verified; without it the day is signed."""

import subprocess
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.integration.archive.deposited import record

from candour.archive import fixity, signing, time_stamping
from candour.archive.deposits import deposit
from candour.archive.models import DailyRoot
from candour.platform.config import config

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

SETTINGS = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/clock.pem
signer_key = {folder}/clock.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
Service = Callable[[bytes], bytes]


def openssl(*words: str, given: bytes = b"") -> bytes:
    done = subprocess.run(["openssl", *words], input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


class Clock:
    """A time-stamping service of OpenSSL's own making: its root, its certificate, its answers."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.roots = folder, folder / "root.pem"
        folder.mkdir()
        (folder / "serial").write_text("01\n", encoding="ascii")
        (folder / "settings").write_text(SETTINGS.format(folder=folder), encoding="ascii")
        (folder / "usage").write_text(
            "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n",
            encoding="ascii",
        )
        at = str(folder)
        made = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj")
        root = ("-keyout", f"{at}/root.key", "-out", f"{at}/root.pem", "-days", "9")
        openssl("req", "-x509", *made, "/O=Example/CN=Root", *root)
        clock = ("-keyout", f"{at}/clock.key", "-out", f"{at}/clock.csr")
        openssl("req", *made, "/O=Example/CN=Clock", *clock)
        by = ("-CA", f"{at}/root.pem", "-CAkey", f"{at}/root.key", "-CAcreateserial")
        out = ("-extfile", f"{at}/usage", "-out", f"{at}/clock.pem", "-days", "9")
        openssl("x509", "-req", "-in", f"{at}/clock.csr", *by, *out)

    def __call__(self, asked: bytes) -> bytes:
        question = self.folder / "asked"
        question.write_bytes(asked)
        settings = str(self.folder / "settings")
        return openssl("ts", "-reply", "-config", settings, "-queryfile", str(question))

    def vouches(self, answer: bytes, root: bytes) -> bool:
        """Whether OpenSSL itself finds that this is an answer about this root."""
        (self.folder / "answer").write_bytes(answer)
        (self.folder / "data").write_bytes(root)
        done = subprocess.run(
            [
                *("openssl", "ts", "-verify", "-data", str(self.folder / "data")),
                *("-in", str(self.folder / "answer"), "-CAfile", str(self.roots)),
            ],
            capture_output=True,
            check=False,
        )
        return done.returncode == 0


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Clock:
    return Clock(tmp_path_factory.mktemp("clock") / "service")


@pytest.fixture(autouse=True)
def signed_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DailyRoot:
    """A root that was signed today and not yet time-stamped."""
    monkeypatch.setattr(signing, "key_path", lambda: tmp_path / "archive-signing.key")
    deposit(record())
    root = fixity.sign_root()
    assert root is not None and not root.timestamp_token
    return root


@contextmanager
def configured(
    monkeypatch: pytest.MonkeyPatch, clock: Clock, service: Service, roots: Path | None = None
) -> Iterator[None]:
    """The service answers at its address, and its root is trusted."""

    def urlopen(request: Any, timeout: float) -> BytesIO:
        assert request.full_url == "https://clock.example" and timeout < 60
        return BytesIO(service(request.data))

    set_up = config().model_copy(
        update={"timestamp_url": "https://clock.example", "timestamp_roots": roots or clock.roots}
    )
    with monkeypatch.context() as patch:
        patch.setattr(time_stamping, "config", lambda: set_up)
        patch.setattr("urllib.request.urlopen", urlopen)
        yield


def test_a_true_stamp_is_kept_and_openssl_itself_verifies_it(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, signed_root: DailyRoot, visitor: Client
) -> None:
    with configured(monkeypatch, clock, clock):
        assert time_stamping.stamp_latest_root()
        assert not time_stamping.stamp_latest_root(), "asked once"
    signed_root.refresh_from_db()
    answer = b64decode(signed_root.timestamp_token)
    assert clock.vouches(answer, bytes.fromhex(signed_root.root))
    assert not clock.vouches(answer, b"another root")
    assert "not time-stamped" not in visitor.get("/proof").content.decode()
    assert visitor.get(f"/proof/stamps/{signed_root.day}.tsr").content == answer
    assert visitor.get("/proof/stamps/2015-03-26.tsr").status_code == 404
    assert visitor.get("/proof/stamps/never.tsr").status_code == 404


def _away(asked: bytes) -> bytes:
    raise ConnectionRefusedError


def test_while_the_service_is_away_the_root_stands_and_is_stamped_when_it_is_back(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, signed_root: DailyRoot
) -> None:
    with configured(monkeypatch, clock, _away):
        assert not time_stamping.stamp_latest_root()
    assert DailyRoot.objects.get().signature
    with configured(monkeypatch, clock, clock):
        assert time_stamping.stamp_latest_root()


def test_an_answer_about_something_else_or_an_older_one_is_refused(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, signed_root: DailyRoot
) -> None:
    other = openssl("ts", "-query", "-sha256", "-digest", "00" * 32, "-cert")
    earlier: list[bytes] = []

    def remembered(asked: bytes) -> bytes:
        earlier.append(clock(asked))
        return earlier[0]

    with configured(monkeypatch, clock, lambda _: clock(other)):
        assert not time_stamping.stamp_latest_root()
    with configured(monkeypatch, clock, remembered):
        assert time_stamping.time_stamp(b"root"), "the first answer is to its own question"
        assert not time_stamping.time_stamp(b"root"), "the same root, but an answer played again"
    assert not DailyRoot.objects.get().timestamp_token


@pytest.mark.parametrize("wrong", [b"", b"<html>", b"\x30\x03\x02\x01\x02"])
def test_what_is_no_stamp_is_refused(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, wrong: bytes
) -> None:
    with configured(monkeypatch, clock, lambda _: wrong):
        assert not time_stamping.stamp_latest_root()


def test_a_clock_for_which_nobody_vouches_is_refused(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stranger = Clock(tmp_path / "stranger")
    with configured(monkeypatch, clock, stranger):
        assert not time_stamping.stamp_latest_root()
    with configured(monkeypatch, clock, clock, roots=tmp_path / "missing.pem"):
        assert not time_stamping.stamp_latest_root()
