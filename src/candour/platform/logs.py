"""Logs: JSON lines of allow-listed fields, so that nothing of a case can reach one.

Of an exception only its type and place are kept: its message and the local variables may hold
what somebody typed.
"""

import logging
import sys
from collections.abc import MutableMapping
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

request_id: ContextVar[str] = ContextVar("candour_request_id", default="")

ALLOWED = frozenset(
    {
        "at",
        "level",
        "event",
        "logger",
        "request_id",
        "method",
        "route",
        "status",
        "milliseconds",
        "job",
        "kind",
        "task",
        "error_type",
        "error_code",
        "error_place",
    }
)

_SOURCE = Path(__file__).resolve().parent.parent

Fields = MutableMapping[str, Any]

log: structlog.stdlib.BoundLogger = structlog.get_logger("candour")


def configure(settings: object = None) -> None:
    """Send every log line of this process, ours and the libraries', through the allow-list.

    Django calls it as LOGGING_CONFIG; there is nothing to set.
    """
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            _only_allowed,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=_to_standard_error,
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [_ForeignHandler(logging.WARNING)]
    root.setLevel(logging.WARNING)


def _to_standard_error(*names: object) -> structlog.WriteLogger:
    return structlog.WriteLogger(sys.stderr)


def place_of(trace: TracebackType | None) -> str:
    """`room/module.py:line` of the innermost frame of ours, otherwise `module.py:line`."""
    ours = foreign = ""
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(_SOURCE):
            ours = f"{file.relative_to(_SOURCE).as_posix()}:{trace.tb_lineno}"
        foreign = f"{file.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return ours or foreign


def _only_allowed(logger: object, method: str, fields: Fields) -> Fields:
    error = fields.pop("error", None)
    if isinstance(error, BaseException):
        fields["error_type"] = type(error).__name__
        fields["error_code"] = getattr(error, "code", None)
        fields["error_place"] = place_of(error.__traceback__)
    kept = {key: value for key, value in fields.items() if key in ALLOWED and value is not None}
    kept["at"] = _now()
    if request_id.get():
        kept["request_id"] = request_id.get()
    return kept


def _now() -> str:
    # The clock on the wall, not the kernel's: a log of the demonstration tells when it ran.
    return structlog.processors.TimeStamper(fmt="iso", utc=True)(None, "", {})["timestamp"]  # type: ignore[no-any-return]


class _ForeignHandler(logging.Handler):
    """A library's line: that it spoke, how loudly, and the type and place of an exception."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        log.log(record.levelno, "library.spoke", logger=record.name, error=error)
