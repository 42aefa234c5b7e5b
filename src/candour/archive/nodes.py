"""Nodes: servers of the public site that read a copy of the archive's database.

A node writes nothing and keeps a search index of its own. What it may show depends on how old its
copy is: the worker of the main archive writes the time every two seconds, and the age of that line
in the copy is how far behind the node is. A node that is too far behind, or cannot tell, shows
nothing at all, since what it holds may have been withdrawn.
"""

from dataclasses import dataclass

from django.db import connections

from candour.archive import generations, publication_log
from candour.archive.models import Pulse
from candour.kernel import clock
from candour.platform.config import config
from candour.platform.databases import ARCHIVE


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a server is: lines of the log it can read, lines in its index, seconds behind.

    `seconds_behind` is none on the main archive, and on a node that cannot tell.
    """

    lines: int
    lines_indexed: int
    seconds_behind: float | None
    may_serve: bool


def is_node() -> bool:
    """Whether this server reads a copy."""
    return bool(config().archive_follows)


def beat() -> None:
    """Write down the time for the nodes, on the main archive; an embedded one has no nodes."""
    if connections[ARCHIVE].vendor == "postgresql" and not is_node():
        Pulse.objects.update_or_create(pk=1, defaults={"at": clock.now()})


def seconds_behind() -> float | None:
    """How old this server's copy is, or none when that cannot be told."""
    at = Pulse.objects.values_list("at", flat=True).first()
    return None if at is None else (clock.now() - at).total_seconds()


def may_serve() -> bool:
    """Whether this server knows well enough what was withdrawn to show anything."""
    return not is_node() or _is_near(seconds_behind())


def standing() -> Standing:
    """Where this server stands, for whoever watches it."""
    present = generations.present()
    behind = seconds_behind() if is_node() else None
    return Standing(
        lines=publication_log.last_sequence(),
        lines_indexed=present.sequence if present else 0,
        seconds_behind=behind,
        may_serve=not is_node() or _is_near(behind),
    )


def _is_near(behind: float | None) -> bool:
    # A copy from the future means that a clock is wrong, and then its age is not known either.
    most = config().archive_most_behind
    return behind is not None and -most <= behind <= most
