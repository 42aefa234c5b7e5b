"""Every example on the page about the command line, run."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest

from candour.engines.statute.command import main

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "statute-on-the-command-line.md"
BLOCK = re.compile(r"```(assess|due|independence|transition)\n(.*?)```", re.DOTALL)


def examples() -> list[tuple[str, str, str]]:
    found = []
    for command, lines in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        pairs = re.findall(r"> (.*)\n< (.*)", lines)
        assert len(pairs) == lines.count("> {")
        found += [(command, given, expected) for given, expected in pairs]
    return found


@pytest.mark.parametrize(("command", "given", "expected"), examples())
def test_the_example_gives_what_the_page_says(command: str, given: str, expected: str) -> None:
    out = StringIO()
    main([command], [given], out)
    answer, wanted = json.loads(out.getvalue()), json.loads(expected)
    assert {key: answer.get(key) for key in wanted} == wanted


def test_every_command_of_lines_has_examples() -> None:
    assert {command for command, _, _ in examples()} == {
        "assess",
        "due",
        "independence",
        "transition",
    }
