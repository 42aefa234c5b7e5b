"""The rows of numbers beside an index, and finding the nearest.

Four files: identifiers, rows as int8, the scale of each row, and the signs of each row as bits.
Up to `_COMPARED_WHOLE` rows every one is compared exactly. Beyond, the bits choose candidates
(how many signs agree) and the rows of those alone are compared, so that four million rows are
searched on two processors without a graph that would have to be built and kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from candour.engines.search.documents import Document
from candour.engines.search.meaning import SIZE, Embedder
from candour.engines.search.searching import Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_IDS, _ROWS, _SCALES, _BITS = "vectors.ids", "vectors.i8", "vectors.scale", "vectors.bits"
_COMPARED_WHOLE = 50_000
_CANDIDATES = 2_000
_AT_ONCE = 1_024
_SLICE = 262_144
_FULL_SCALE = 127


@dataclass(frozen=True, slots=True)
class _Kept:
    """The files of one index, mapped into memory."""

    ids: tuple[str, ...]
    rows: "NDArray[np.int8]"
    scales: "NDArray[np.float32]"
    bits: "NDArray[np.uint64]"


def has_vectors(folder: Path) -> bool:
    """Whether this index can be searched by meaning."""
    return (folder / _IDS).exists()


def vector_ids(folder: Path) -> tuple[str, ...]:
    """The identifiers of all rows, in their order; none where there are no rows."""
    path = folder / _IDS
    return tuple(path.read_text(encoding="utf-8").splitlines()) if path.exists() else ()


def add_vectors(documents: Iterable[Document], folder: Path, embedder: Embedder) -> int:
    """Add a row for each document that has none yet; return how many were added."""
    there = set(vector_ids(folder))
    count = 0
    missing = (document for document in documents if document.id not in there)
    for some in _slices(missing):
        rows = embedder.embed([_said(document) for document in some])
        _append(folder, [document.id for document in some], rows)
        count += len(some)
    return count


def take_over(documents: Iterable[Document], folder: Path, earlier: Path | None) -> set[str]:
    """Copy the rows that an earlier index has of these documents; return the groups that lack some.

    A row is bound to its identifier, which names one text and no later one.
    """
    rows = _Earlier(earlier)
    lacking: set[str] = set()
    for some in _slices(documents):
        known = [document.id for document in some if document.id in rows.places]
        if known:
            _append(folder, known, rows.of(known))
        lacking |= {document.group for document in some if document.id not in rows.places}
    return lacking


def nearest(folder: Path, row: "NDArray[np.float32]", *, limit: int) -> tuple[Hit, ...]:
    """The documents whose rows are nearest to this one, nearest first; the score is the cosine.

    Raises:
        FileNotFoundError: when the index has no rows.
    """
    import numpy as np

    path = folder / _IDS
    kept = _kept(folder, path.stat().st_mtime_ns)
    if len(kept.ids) <= _COMPARED_WHOLE:
        chosen, scores = np.arange(len(kept.ids)), _whole(folder, path.stat().st_mtime_ns) @ row
    else:
        chosen = _candidates(kept, row, max(_CANDIDATES, limit))
        scores = (kept.rows[chosen].astype(np.float32) @ row) * kept.scales[chosen]
    best = np.argsort(-scores, kind="stable")[:limit]
    return tuple(Hit(kept.ids[chosen[n]], float(scores[n])) for n in best)


def _candidates(kept: _Kept, row: "NDArray[np.float32]", most: int) -> "NDArray[np.intp]":
    import numpy as np

    asked = _signs(row[None, :])[0]
    apart = np.empty(len(kept.ids), np.uint16)
    for first in range(0, len(apart), _SLICE):
        unlike = np.bitwise_count(kept.bits[first : first + _SLICE] ^ asked)
        apart[first : first + _SLICE] = unlike.sum(axis=1, dtype=np.uint16)
    return np.sort(np.argpartition(apart, most)[:most])


def _append(folder: Path, ids: list[str], rows: "NDArray[np.float32]") -> None:
    import numpy as np

    scales = (np.abs(rows).max(axis=1) / _FULL_SCALE).astype(np.float32)
    small = np.round(rows / scales[:, None]).astype(np.int8)
    for name, values in ((_ROWS, small), (_SCALES, scales), (_BITS, _signs(rows))):
        with (folder / name).open("ab") as file:
            file.write(values.tobytes())
    # The identifiers come last: a row without one is not read.
    with (folder / _IDS).open("a", encoding="utf-8") as file:
        file.write("".join(f"{id}\n" for id in ids))


def _signs(rows: "NDArray[np.float32]") -> "NDArray[np.uint64]":
    import numpy as np

    return np.packbits(rows > 0, axis=1).view(np.uint64)


@lru_cache(maxsize=2)
def _kept(folder: Path, changed: int) -> _Kept:
    # The time of the last change stands in the key, so that rows added later are seen.
    import numpy as np

    ids = vector_ids(folder)
    count = len(ids)
    return _Kept(
        ids,
        np.memmap(folder / _ROWS, np.int8, "r", shape=(count, SIZE)),
        np.memmap(folder / _SCALES, np.float32, "r", shape=(count,)),
        np.memmap(folder / _BITS, np.uint64, "r", shape=(count, SIZE // 64)),
    )


@lru_cache(maxsize=1)
def _whole(folder: Path, changed: int) -> "NDArray[np.float32]":
    import numpy as np

    kept = _kept(folder, changed)
    return kept.rows.astype(np.float32) * kept.scales[:, None]


class _Earlier:
    """Rows of an earlier index, by identifier."""

    def __init__(self, folder: Path | None) -> None:
        self._kept: _Kept | None = None
        if folder is not None and has_vectors(folder):
            self._kept = _kept(folder, (folder / _IDS).stat().st_mtime_ns)
        self.places = {id: n for n, id in enumerate(self._kept.ids)} if self._kept else {}

    def of(self, ids: list[str]) -> "NDArray[np.float32]":
        import numpy as np

        if self._kept is None:
            return np.zeros((0, SIZE), np.float32)
        places = [self.places[id] for id in ids]
        return self._kept.rows[places].astype(np.float32) * self._kept.scales[places][:, None]


def _said(document: Document) -> str:
    return f"{document.title}. {document.text}" if document.title else document.text


def _slices(documents: Iterable[Document]) -> Iterator[list[Document]]:
    following = iter(documents)
    while some := list(islice(following, _AT_ONCE)):
        yield some
