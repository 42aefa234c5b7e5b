"""What must be kept elsewhere before a withdrawn review's facts leave the archive."""

from collections.abc import Callable

from candour.archive.models import ReviewRecord

Keep = Callable[[ReviewRecord], object]

_KEEPERS: list[Keep] = []


def keeps_before_purge(keep: Keep) -> Keep:
    """Have `keep` called with each withdrawn review before it is purged.

    The keeper's ledger stands in the workspace, of which the archive knows nothing. What `keep`
    raises leaves the purge pending.
    """
    if keep not in _KEEPERS:
        _KEEPERS.append(keep)
    return keep


def keep_before_purge(record: ReviewRecord) -> None:
    """Call everybody who keeps something."""
    for keep in _KEEPERS:
        keep(record)
