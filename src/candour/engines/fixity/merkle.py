"""A tree of hashes in which one leaf can be proved without showing the others (RFC 6962, 2.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

_LEAF, _NODE = b"\x00", b"\x01"


def leaf_of(salt: bytes, sha256: bytes) -> bytes:
    """The leaf of an object: its salt keeps its hash from being guessed once both are gone."""
    return hashlib.sha256(_LEAF + salt + sha256).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaves in their order; of no leaves, the hash of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = _largest_power_below(len(leaves))
    return _node(root_of(leaves[:half]), root_of(leaves[half:]))


def path_to(position: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes that lead from the leaf at `position` to the root, the nearest first.

    Raises:
        IndexError: when there is no such leaf.
    """
    if not 0 <= position < len(leaves):
        raise IndexError(f"no leaf {position} among {len(leaves)}")
    if len(leaves) == 1:
        return []
    half = _largest_power_below(len(leaves))
    if position < half:
        return [*path_to(position, leaves[:half]), root_of(leaves[half:])]
    return [*path_to(position - half, leaves[half:]), root_of(leaves[:half])]


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()


def _largest_power_below(count: int) -> int:
    return 1 << ((count - 1).bit_length() - 1)
