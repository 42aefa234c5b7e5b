"""The leak check in a child, for files that somebody sent rather than Candour built."""

from dataclasses import asdict
from typing import Any

from candour.engines.anonymise.leaks import check
from candour.engines.anonymise.register import register_from_json

_NOBODY = '{"identities": [{"id": "0", "kind": "person", "pseudonym": "x", "forms": ["Nobody"]}]}'
# A rehearsal reads the word lists from disk, which the child could not open later.
check(b"A rehearsal for Nobodey.", "rehearsal.txt", register_from_json(_NOBODY))


def check_for_leaks(data: bytes, options: dict[str, Any]) -> object:
    """What of the register stands in the file, what was checked and what was not.

    `options`: {name, register: the register as JSON text}.
    """
    return asdict(check(data, options["name"], register_from_json(options["register"])))
