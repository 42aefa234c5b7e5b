"""Reading a file that somebody sent, in a process that can do nothing else.

The child gets the bytes by a pipe. It has no key, an empty environment, and limits on memory,
processor time, wall time and output; before it looks at the bytes it gives up the right to open
any file or socket. Whatever happens to it, the caller gets an answer or `ReadingFailed`.
"""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from threading import Event, Thread, Timer
from typing import IO, Any, TypeAlias

from candour.kernel.errors import RuleBroken
from candour.platform.logs import log

Json: TypeAlias = Any  # what `json.loads` gives: the callers know the shape of their function

_SAVE_AGAIN = (
    "Open it in the program that made it, save it again in its present format, and send that."
)
_SPLIT = (
    "Split it into smaller files, or take out what is not part of the chronology, and send those."
)
# -I: neither the working folder nor any variable of ours decides what the child imports.
COMMAND = [sys.executable, "-I", "-m", "candour.platform.child_main"]

_REFUSALS = {
    "too_slow": ("Reading this file took too long and was stopped.", _SPLIT),
    "too_much_memory": ("This file needs more memory than any chronology should.", _SPLIT),
    "too_large_inside": ("This file holds more than can be read in one go.", _SPLIT),
    "not_readable": ("This file could not be read to its end.", _SAVE_AGAIN),
}


class ReadingFailed(RuleBroken):
    """A file could not be read; `fix` says what the sender can do. The upload is kept."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(code, f"{message} {fix}")
        self.message = message
        self.fix = fix


@dataclass(frozen=True)
class Limits:
    """What one reading may use: bytes of memory, seconds, bytes of answer."""

    memory: int = 300 * 1024 * 1024
    processor_seconds: int = 60
    seconds: float = 90.0
    output: int = 64 * 1024 * 1024


def run(
    function: str,
    data: bytes,
    options: dict[str, Json] | None = None,
    limits: Limits | None = None,
) -> dict[str, Json]:
    """Run one function of `candour.platform.child_main.FUNCTIONS` over `data`; its JSON answer.

    ReadingFailed with code `too_slow`, `too_much_memory`, `too_large_inside`, `not_readable`,
    or the code with which the engine itself refused.
    """
    limits = limits or Limits()
    head = {"function": function, "options": options or {}, "limits": asdict(limits)}
    process = _start()
    try:
        answer, overtime = _converse(process, json.dumps(head).encode() + b"\n", data, limits)
    finally:
        _kill(process)
    if overtime:
        raise _refusal("too_slow")
    if len(answer) > limits.output:
        raise _refusal("too_large_inside")
    return _result(answer, process.wait())


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 (a fixed command of our own)
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "TZ": "Europe/London"},
        cwd="/",
        start_new_session=True,
    )


def _converse(
    process: subprocess.Popen[bytes], head: bytes, data: bytes, limits: Limits
) -> tuple[bytes, bool]:
    assert process.stdin is not None  # noqa: S101
    assert process.stdout is not None  # noqa: S101
    overtime = Event()
    timer = Timer(limits.seconds, _end, [process, overtime])
    feeder = Thread(target=_feed, args=[process.stdin, head, data], daemon=True)
    timer.start()
    feeder.start()
    answer = process.stdout.read(limits.output + 1)
    if len(answer) > limits.output:
        _kill(process)
    process.wait()
    timer.cancel()
    feeder.join()
    process.stdout.close()
    return answer, overtime.is_set()


def _feed(stdin: IO[bytes], head: bytes, data: bytes) -> None:
    # A child that stopped listening has said, or will be said to have, what was wrong.
    with suppress(BrokenPipeError):
        stdin.write(head)
        stdin.write(data)
    with suppress(BrokenPipeError):
        stdin.close()


def _end(process: subprocess.Popen[bytes], overtime: Event) -> None:
    overtime.set()
    _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _result(answer: bytes, status: int) -> dict[str, Json]:
    try:
        told: dict[str, Json] = json.loads(answer)
    except ValueError:
        log.warning("child.ended", status=status)
        raise _refusal(_code_of(status)) from None
    if "refused" in told:
        raise ReadingFailed(**told["refused"])
    if "failed" in told:
        log.warning("child.failed", error_type=told.get("type"))
        raise _refusal(told["failed"])
    result: dict[str, Json] = told["result"]
    return result


def _code_of(status: int) -> str:
    by_signal = {-signal.SIGXCPU: "too_slow", -signal.SIGKILL: "too_much_memory"}
    return by_signal.get(status, "not_readable")


def _refusal(code: str) -> ReadingFailed:
    message, fix = _REFUSALS[code]
    return ReadingFailed(code, message, fix)
