"""The `candour dates` command: a string a line in, a JSON object a line out."""

import json
from collections.abc import Iterable, Iterator

from candour.engines.dates.reader import read_date
from candour.engines.dates.reading import Context, to_json


def unescaped(line: str) -> str:
    r"""One input line as the text it stands for: `\n` is a line feed, `\\` a backslash."""
    return line.replace("\\\\", "\0").replace("\\n", "\n").replace("\0", "\\")


def run(lines: Iterable[str], context: Context | None = None) -> Iterator[str]:
    """One JSON line for each input line, blank lines too, with the keys of the contract."""
    for line in lines:
        text = unescaped(line.removesuffix("\n").removesuffix("\r"))
        yield json.dumps(to_json(read_date(text, context)), ensure_ascii=False)
