"""Reading a whole document in a child: its facts, its problems and its text ready to publish."""

from typing import Any

from candour.engines.reading import read_document as document_of
from candour.engines.reading.plain_form import as_json


def read_document(data: bytes, options: dict[str, Any]) -> object:
    """One document in the shape of `candour reading`; `options`: {name}."""
    return as_json(document_of(data, options["name"]))
