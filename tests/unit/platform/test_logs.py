"""Nothing that somebody typed can reach a log."""

import json
import logging

import pytest

from candour.platform import logs
from candour.platform.logs import ALLOWED, log, request_id

CANARY = "Canary-77e0 Rowan Smith"


@pytest.fixture(autouse=True)
def configured(monkeypatch: pytest.MonkeyPatch) -> None:
    handlers, level = logging.root.handlers[:], logging.root.level
    logs.configure()
    ours = logging.root.handlers[:]
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    monkeypatch.setattr(logging.root, "handlers", ours)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_only_allowed_fields_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    log.info("job.done", kind="documents.scan", name=CANARY, payload={"text": CANARY})
    (line,) = lines(capsys)
    assert set(line) <= ALLOWED
    assert line["kind"] == "documents.scan"


def test_of_an_exception_only_type_and_place_are_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure()
    try:
        typed = CANARY
        raise ValueError(typed)
    except ValueError as error:
        log.error("job.failed", error=error)
    (line,) = lines(capsys)
    assert line["error_type"] == "ValueError"
    assert str(line["error_place"]).startswith("test_logs.py:")
    assert CANARY not in json.dumps(line)


def test_a_library_s_line_loses_its_message(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    try:
        raise KeyError(CANARY)
    except KeyError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", CANARY)
    (line,) = lines(capsys)
    assert (line["logger"], line["error_type"]) == ("django.request", "KeyError")
    assert CANARY not in json.dumps(line)


def test_a_line_carries_the_reference_of_its_request(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    token = request_id.set("abc123")
    log.info("request.answered", status=200)
    request_id.reset(token)
    log.info("worker.started")
    first, second = lines(capsys)
    assert first["request_id"] == "abc123"
    assert "request_id" not in second
