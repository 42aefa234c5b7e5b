"""What a harvester asks for: dates, a set, a format, and where it left off."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from candour.archive.exchange.reading_rows import changed_at

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_PARTS = 6


class BadRequest(Exception):
    """A request that the protocol does not allow, with the protocol's code for it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Asked:
    """Changes from `since` to before `until` in a set, after the place where a page ended."""

    prefix: str
    set: str = ""
    since: datetime | None = None
    until: datetime | None = None
    after: datetime | None = None
    after_id: str = ""

    @property
    def is_resumed(self) -> bool:
        """Whether this goes on with a list."""
        return self.after is not None


def asked_in(arguments: Mapping[str, str]) -> Asked:
    """Read the arguments of a list.

    Raises:
        BadRequest: when a date or a token is none.
    """
    if "resumptionToken" in arguments:
        return _resumed(arguments["resumptionToken"])
    since, until = arguments.get("from", ""), arguments.get("until", "")
    if since and until and (len(since) != len(until)):
        raise BadRequest("badArgument", "from and until are not given to the same exactness.")
    asked = Asked(
        prefix=arguments["metadataPrefix"],
        set=arguments.get("set", ""),
        since=_instant(since),
        until=_end(until),
    )
    if asked.since and asked.until and asked.since >= asked.until:
        raise BadRequest("badArgument", "from is later than until.")
    return asked


def next_token(asked: Asked, last: object) -> str:
    """Where to go on: everything that was asked, and the last thing given."""
    parts = (
        asked.prefix,
        asked.set,
        _written(asked.since),
        _written(asked.until),
        changed_at(last).isoformat(),  # type: ignore[arg-type]
        str(last.pk),  # type: ignore[attr-defined]
    )
    return urlsafe_b64encode("\n".join(parts).encode()).decode("ascii")


def _resumed(token: str) -> Asked:
    try:
        parts = urlsafe_b64decode(token.encode("ascii")).decode().split("\n")
        prefix, of_set, since, until, after, after_id = parts
        return Asked(
            prefix, of_set, _read(since), _read(until), datetime.fromisoformat(after), after_id
        )
    except (ValueError, UnicodeError):
        raise BadRequest(
            "badResumptionToken", "This token was not given here. Begin the list again."
        ) from None


def _instant(given: str) -> datetime | None:
    if not given:
        return None
    try:
        if _DAY.fullmatch(given):
            return datetime.strptime(given, "%Y-%m-%d").replace(tzinfo=UTC)
        if _SECOND.fullmatch(given):
            return datetime.strptime(given, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        pass
    raise BadRequest(
        "badArgument", f"{given} is no day (YYYY-MM-DD) and no instant (YYYY-MM-DDThh:mm:ssZ)."
    )


def _end(given: str) -> datetime | None:
    """`until` includes its day or its second."""
    at = _instant(given)
    step = timedelta(days=1) if _DAY.fullmatch(given) else timedelta(seconds=1)
    return at + step if at else None


def _written(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _read(given: str) -> datetime | None:
    return datetime.fromisoformat(given) if given else None
