"""The archive's signature: an Ed25519 key beside the service key, and an outside clock if set."""

import os
import urllib.request
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from candour.platform.config import config
from candour.platform.logs import log

_SECONDS = 20
_MOST = 64 * 1024
# RFC 3161, 2.4.1: version 1, SHA-256, the hash, and "send your certificate with it".
_REQUEST_HEAD = bytes.fromhex("3039020101303130 0d06096086480165030402010500 0420".replace(" ", ""))
_REQUEST_TAIL = bytes.fromhex("0101ff")


def key_path() -> Path:
    """Where the private half is: with the service key, outside the data and its backups."""
    return config().key_file.with_name("archive-signing.key")


def sign(message: bytes) -> bytes:
    """The archive's signature under a message; its key is made when it is first needed."""
    return _private_key().sign(message)


def public_key() -> bytes:
    """The half of the key that anybody may have."""
    return _private_key().public_key().public_bytes_raw()


def time_stamp(root: bytes) -> str:
    """What the configured time-stamping service says of the root, as base64; empty without one.

    A service that does not answer is no reason to leave a day unsigned: that is logged.
    """
    address = config().timestamp_url
    if not address.startswith("https://"):
        return ""
    body = _REQUEST_HEAD + sha256(root).digest() + _REQUEST_TAIL
    headers = {"Content-Type": "application/timestamp-query"}
    request = urllib.request.Request(address, body, headers)  # noqa: S310 - https, as checked
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            return b64encode(answer.read(_MOST)).decode("ascii")
    except OSError as fault:
        log.warning("archive.no_time_stamp", error_type=type(fault).__name__)
        return ""


def _private_key() -> Ed25519PrivateKey:
    path = key_path()
    if not path.exists():
        _make(path)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text(encoding="ascii")))


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return  # another process was quicker
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
