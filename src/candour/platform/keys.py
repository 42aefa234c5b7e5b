"""The service key: an age identity in a file of mode 0600, kept away from data and backups.

It opens the private half of every case's sealing key; whoever has it and the database can read
everything (docs/explanation/threat-model.md says so plainly).
"""

import os
from functools import cache
from pathlib import Path

import pyrage

from candour.kernel.errors import RuleBroken
from candour.platform.config import config


class KeyMissing(RuleBroken):
    """There is no service key where the settings say it is."""


def make_service_key(path: Path) -> str:
    """Make a new service key file (refuses to overwrite one) and return its public half."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    identity = pyrage.x25519.Identity.generate()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{identity}\n")
    return str(identity.to_public())


def seal_to_service(plain: bytes) -> bytes:
    """Seal to the service key and, where one is set, to the offline recovery recipient."""
    recipients = [_service_identity().to_public()]
    if config().recovery_recipient:
        recipients.append(pyrage.x25519.Recipient.from_str(config().recovery_recipient))
    return bytes(pyrage.encrypt(plain, recipients))


def service_recipient() -> pyrage.x25519.Recipient:
    """The public half of the service key."""
    return _service_identity().to_public()


def service_identity() -> pyrage.x25519.Identity:
    """The service key itself, to open a backup with."""
    return _service_identity()


def open_with_service(sealed: bytes) -> bytes:
    """Open what was sealed to the service key; KeyMissing where there is no key file."""
    return bytes(pyrage.decrypt(sealed, [_service_identity()]))


def _service_identity() -> pyrage.x25519.Identity:
    return _read_identity(config().key_file)


@cache
def _read_identity(path: Path) -> pyrage.x25519.Identity:
    if not path.exists():
        raise KeyMissing(
            "service_key_missing",
            f"There is no service key at {path}. Run `candour setup`, or put the key back from "
            "the safe and set CANDOUR_KEY_FILE to its place.",
        )
    return pyrage.x25519.Identity.from_str(path.read_text(encoding="ascii").strip())
