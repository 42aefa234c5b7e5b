"""Files are read in the test's own process, unless the test is about the process.

A process for each of some hundred readings would take minutes. What the process adds (limits, no
key, no files) is tested in tests/unit/platform/test_child_readings.py and wherever a test or a
module carries the mark `own_process`.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from candour.platform import child, child_main

IN_A_PROCESS = child.run


def read_here(
    function: str,
    data: bytes,
    options: dict[str, Any] | None = None,
    limits: child.Limits | None = None,
) -> dict[str, Any]:
    """The child's answer by the child's own code, without the child."""
    module, _, name = child_main.FUNCTIONS[function].place.partition(":")
    reading = getattr(child_main.import_module(module), name)
    answer = child_main._answer(reading, data, options or {})
    return child._result(json.dumps(answer).encode(), 0)


@pytest.fixture(scope="session", autouse=True)
def one_process() -> Iterator[None]:
    """Readings of whole worlds, built for a module, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "run", read_here)
        yield


@pytest.fixture(autouse=True)
def process_of_its_own(request: pytest.FixtureRequest) -> Iterator[None]:
    """The real process for what is marked so."""
    if request.node.get_closest_marker("own_process") is None:
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "run", IN_A_PROCESS)
        yield
