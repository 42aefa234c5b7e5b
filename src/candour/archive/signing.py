"""The archive's signature: an Ed25519 key beside the service key."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from candour.platform.config import config


def key_path() -> Path:
    """Where the private half is: with the service key, outside the data and its backups."""
    return config().key_file.with_name("archive-signing.key")


def sign(message: bytes) -> bytes:
    """The archive's signature under a message; its key is made when it is first needed."""
    return _private_key().sign(message)


def public_key() -> bytes:
    """The half of the key that anybody may have."""
    return _private_key().public_key().public_bytes_raw()


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
