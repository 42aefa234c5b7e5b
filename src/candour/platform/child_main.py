"""What runs in the child: take the question, give up every right, answer, end.

Started by `candour.platform.child` as `python -I -m candour.platform.child_main`. The first line
of standard input is the question as JSON, the rest is the file; the answer is JSON.
"""

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any


@dataclass(frozen=True)
class Offered:
    """A function that a parent may ask for, and what it imports only on its way.

    A child that can open no file cannot import either, so all of it is loaded beforehand.
    """

    place: str
    packages: tuple[str, ...]
    late: tuple[str, ...]


_TABLES = ("candour.engines.tables", "candour.engines.dates")
_LATE_IN_TABLES = ("python_calamine", "csv", "string")

FUNCTIONS = {
    "tables.read_tables": Offered(
        "candour.platform.child_tables:read_tables", _TABLES, _LATE_IN_TABLES
    ),
    "tables.read_chronology": Offered(
        "candour.platform.child_tables:read_chronology", _TABLES, _LATE_IN_TABLES
    ),
    "reading.read_document": Offered(
        "candour.platform.child_reading:read_document",
        ("candour.engines.reading", "candour.engines.tables"),
        ("pypdfium2", "lxml.html", "string", "html.entities", "heapq"),
    ),
    "anonymise.check": Offered(
        "candour.platform.child_anonymise:check_for_leaks",
        ("candour.engines.anonymise", "candour.engines.anonymise.channels"),
        ("pikepdf", "pypdfium2", "lxml.html", "rapidfuzz.process", "rapidfuzz.distance"),
    ),
    "letters.read_email": Offered(
        "candour.platform.child_letters:read_email",
        ("candour.engines.letters",),
        (
            "email.parser",
            "email.feedparser",
            "email.mime.text",
            "email.headerregistry",
            "email.contentmanager",
            "email.charset",
            "email.base64mime",
            "email.quoprimime",
            "html.entities",
            "encodings.iso8859_1",
            "encodings.idna",
            "encodings.ascii",
            "encodings.utf_8",
        ),
    ),
}

_ENCODINGS = ("cp1252", "cp437", "latin_1", "utf_8_sig", "utf_16", "utf_16_be", "utf_16_le")
_OF_THE_STANDARD_LIBRARY = (
    "_strptime",
    *(f"encodings.{name}" for name in _ENCODINGS),
)

# Modules of an engine that write files or speak on the command line; nothing to a reading.
_NOT_FOR_READING = ("command", "export_")

Reading = Callable[[bytes, dict[str, Any]], object]


def main() -> int:
    """Answer one question; exit status 0 whenever an answer could be written."""
    question = json.loads(sys.stdin.buffer.readline())
    _limit(question["limits"])
    reading = _reading(question["function"])
    data = sys.stdin.buffer.read()
    _give_up_files()
    sys.stdout.write(json.dumps(_answer(reading, data, question["options"])))
    sys.stdout.flush()
    return 0


def _limit(limits: dict[str, Any]) -> None:
    seconds = limits["processor_seconds"]
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _reading(name: str) -> Reading:
    offered = FUNCTIONS[name]
    for late in (*_OF_THE_STANDARD_LIBRARY, *offered.late):
        import_module(late)
    for package in offered.packages:
        for part in iter_modules(import_module(package).__path__):
            if not part.name.startswith(_NOT_FOR_READING):
                import_module(f"{package}.{part.name}")
    module, _, function = offered.place.partition(":")
    found: Reading = getattr(import_module(module), function)
    return found


def _give_up_files() -> None:
    # No descriptor may be opened from here on: no file, no key, no socket, no further process.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _answer(reading: Reading, data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"result": reading(data, options)}
    except MemoryError:
        return {"failed": "too_much_memory"}
    except Exception as error:
        code, message = getattr(error, "code", None), getattr(error, "message", None)
        if isinstance(code, str) and isinstance(message, str):
            return {"refused": {"code": code, "message": message, "fix": getattr(error, "fix", "")}}
        return {"failed": "not_readable", "type": type(error).__name__}


if __name__ == "__main__":
    sys.exit(main())
