"""What is indexed: small documents, one a paragraph, that know which larger work they belong to."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from candour.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Document:
    """One unit that a search finds.

    `group` is the work it belongs to (a review), `kind` tells apart what is searched separately,
    `tags` are exact labels (`name:value`) of that work to filter and count by, the same for all its
    documents; `order` is what it can be sorted by (a year; 0 when not known). The index keeps none
    of the text, only where words stand.
    """

    id: str
    title: str
    text: str
    group: str = ""
    kind: str = ""
    tags: tuple[str, ...] = ()
    order: int = 0


def read_documents(path: Path) -> Iterator[Document]:
    """The documents of a file of JSON lines with the keys `id`, `title` and `text`.

    Raises:
        Invalid: for a line that is not such an object, with its number.
        OSError, UnicodeDecodeError: when the file cannot be read.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _document(line, number)


def _document(line: str, number: int) -> Document:
    try:
        given = json.loads(line)
        return Document(str(given["id"]), str(given.get("title") or ""), str(given["text"]))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Invalid(
            "document_not_readable",
            f"Line {number} is not an object with “id”, “title” and “text”. Correct the line and "
            "index the file again.",
        ) from error
