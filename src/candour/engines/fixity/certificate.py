"""A certificate about one object: everything that is needed to check it without this archive."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the archive states: hashes and keys in hexadecimal, `path` from the leaf upwards."""

    reference: str
    version: int
    kind: str
    sha256: str
    salt: str
    position: int
    size: int
    path: tuple[str, ...]
    root: str
    previous: str
    day: str
    signature: str
    key: str
    deposited: str = ""
    timestamp_token: str = ""

    def to_json(self) -> dict[str, Any]:
        """The certificate as JSON can hold it."""
        return {**asdict(self), "path": list(self.path), "format": "candour-certificate-1"}


def signed_words(day: str, size: int, root: str, previous: str) -> bytes:
    """What is signed each day: the root, how many leaves it covers, and the root before it."""
    return f"candour-root-1\n{day}\n{size}\n{root}\n{previous}\n".encode("ascii")
