"""`candour search`: index a file of documents, and run a file of questions over it.

Exit codes: 0 an answer was given, 1 an input was unreadable, 2 the command was not understood.
"""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from candour.kernel.errors import Invalid

if TYPE_CHECKING:
    from candour.engines.search.meaning import Embedder
    from candour.engines.search.searching import Hit

app = typer.Typer(help="Index documents and search them.", no_args_is_help=True)

_UNREADABLE = 1


class Mode(StrEnum):
    """By what a question is answered."""

    WORDS = "words"
    VECTORS = "vectors"
    FUSED = "fused"


@app.command("index")
def index_documents(
    documents: Annotated[Path, typer.Option("--in", help="JSON lines: id, title, text")],
    out: Annotated[Path, typer.Option("--out", help="Folder of the index, made anew")],
    vectors: Annotated[bool, typer.Option("--vectors", help="Add the vector leg")] = False,
) -> None:
    """Index documents, one a line; an index that is there already is replaced."""
    from candour.engines.search.documents import read_documents
    from candour.engines.search.index import index
    from candour.engines.search.vectors import add_vectors

    embedder = _embedder() if vectors else None
    building = _place_to_build(out)
    try:
        count = index(read_documents(documents), building)
        if embedder:
            add_vectors(read_documents(documents), building, embedder)
    except (OSError, UnicodeDecodeError, Invalid) as fault:
        shutil.rmtree(building)
        _unreadable(documents, fault)
    _replace(out, building)
    sys.stdout.write(json.dumps({"documents": count, "index": str(out)}) + "\n")


@app.command("run")
def run_queries(
    index: Annotated[Path, typer.Option("--index", help="Folder of the index")],
    queries: Annotated[Path, typer.Option("--queries", help="Lines of id, tab, question")],
    out: Annotated[Path, typer.Option("--out", help="Results as a TREC run file")],
    k: Annotated[int, typer.Option("--k", min=1, max=10_000, help="Results a question")] = 100,
    mode: Annotated[Mode, typer.Option("--mode", help="Words, meaning, or both")] = Mode.WORDS,
) -> None:
    """Answer every question in plain language: the more of its words a document has, the better."""
    lines: list[str] = []
    ask = _asker(index, mode, k)
    try:
        for query_id, text in _questions(queries):
            lines += [
                f"{query_id} Q0 {hit.id} {rank} {hit.score:.6f} candour-{mode.value}\n"
                for rank, hit in enumerate(ask(text), start=1)
            ]
    except (OSError, UnicodeDecodeError, Invalid) as fault:
        _unreadable(queries, fault)
    out.write_text("".join(lines), encoding="utf-8")


def _asker(index: Path, mode: "Mode", k: int) -> "Callable[[str], tuple[Hit, ...]]":
    from candour.engines.search.fusing import by_both, by_meaning
    from candour.engines.search.query import any_words
    from candour.engines.search.vectors import has_vectors

    if mode is Mode.WORDS:
        return lambda text: _by_words(index, text, k)
    if not has_vectors(index):
        raise typer.BadParameter(f"{index} was indexed without --vectors; index it again with it.")
    embedder = _embedder()
    if mode is Mode.VECTORS:
        return lambda text: by_meaning(index, text, embedder, limit=k)
    # Both lists go deeper than what is asked for: a document low in one may be high in the other.
    return lambda text: by_both(index, any_words(text), text, embedder, limit=max(k, 100))[:k]


def _by_words(index: Path, text: str, k: int) -> "tuple[Hit, ...]":
    from candour.engines.search.query import any_words
    from candour.engines.search.searching import search

    query = any_words(text)
    return search(index, query, limit=k).hits if query.wanted else ()


def _questions(path: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        query_id, tab, text = line.partition("\t")
        if not line.strip():
            continue
        if not tab or not query_id.strip():
            raise Invalid(
                "question_not_readable", f"Line {number} is not an identifier, a tab, a question."
            )
        yield query_id.strip(), text.strip()


def _place_to_build(out: Path) -> Path:
    building = out.with_name(f"{out.name}.building")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    return building


def _replace(out: Path, building: Path) -> None:
    if out.exists() and any(out.iterdir()) and not (out / "meta.json").exists():
        shutil.rmtree(building)
        raise typer.BadParameter(f"{out} is not empty and holds no index; choose another folder.")
    shutil.rmtree(out, ignore_errors=True)
    building.rename(out)


def _unreadable(path: Path, fault: Exception) -> None:
    message = fault.reason if isinstance(fault, Invalid) else str(fault)
    typer.echo(f"{path}: {message}", err=True)
    raise typer.Exit(_UNREADABLE)


def _embedder() -> "Embedder":
    from candour.engines.search.meaning import MeaningAbsent, minilm

    try:
        return minilm()
    except MeaningAbsent as absent:
        raise typer.BadParameter(absent.reason) from absent
