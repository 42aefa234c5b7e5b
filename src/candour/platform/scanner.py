"""The virus scanner's port: clamd over its socket, or the plain fact that there is none."""

import socket
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from candour.kernel.errors import RuleBroken
from candour.platform.config import config

_SECONDS = 60.0
_CHUNK = 64 * 1024


class Verdict(StrEnum):
    """What is known of a file after it was offered to the scanner."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"


@dataclass(frozen=True)
class ScanResult:
    """The verdict, and in the scanner's words what it found."""

    verdict: Verdict
    found: str = ""


class ScannerDown(RuleBroken):
    """A scanner is configured and gave no answer: the file waits, and is not served meanwhile."""

    def __init__(self, why: str) -> None:
        super().__init__(
            "scanner_down",
            f"The virus scanner does not answer ({why}). Received files wait until it does.",
        )


class Scanner(Protocol):
    """Looks for malware in a stream of bytes."""

    def scan(self, chunks: Iterable[bytes]) -> ScanResult:
        """The verdict; ScannerDown where none could be had."""
        ...


class NoScanner:
    """None is configured. What passes here is "not scanned", never "clean"."""

    def scan(self, chunks: Iterable[bytes]) -> ScanResult:
        """Looks at nothing and says so."""
        return ScanResult(Verdict.NOT_SCANNED)


class Clamd:
    """clamd's INSTREAM command, on a socket path or host:port."""

    def __init__(self, address: str) -> None:
        self._address = address

    def scan(self, chunks: Iterable[bytes]) -> ScanResult:
        """Stream the bytes; ScannerDown on any fault and on any answer that is not a verdict."""
        try:
            with self._connected() as connection:
                _stream(connection, chunks)
                answer = _answer(connection)
        except OSError as error:
            raise ScannerDown(type(error).__name__) from error
        return _result(answer)

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        host, colon, port = self._address.rpartition(":")
        if colon and port.isdigit():
            connection = socket.create_connection((host.strip("[]"), int(port)), _SECONDS)
        else:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(_SECONDS)
            connection.connect(self._address)
        with connection:
            yield connection


def scanner() -> Scanner:
    """The scanner of this installation."""
    address = config().clamd_socket
    return Clamd(address) if address else NoScanner()


def _stream(connection: socket.socket, chunks: Iterable[bytes]) -> None:
    connection.sendall(b"zINSTREAM\0")
    for chunk in chunks:
        for start in range(0, len(chunk), _CHUNK):
            part = chunk[start : start + _CHUNK]
            connection.sendall(struct.pack("!I", len(part)) + part)
    connection.sendall(struct.pack("!I", 0))


def _answer(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < 4096:
        received = connection.recv(1024)
        if not received:
            break
        answer += received
    return answer.rstrip(b"\0").decode("utf-8", "replace")


def _result(answer: str) -> ScanResult:
    verdict = answer.removeprefix("stream: ")
    if verdict == "OK":
        return ScanResult(Verdict.CLEAN)
    if verdict.endswith(" FOUND"):
        return ScanResult(Verdict.INFECTED, verdict.removesuffix(" FOUND"))
    raise ScannerDown("it answered with an error")
