"""`candour search`: index a file of documents, and run a file of questions over it.

Exit codes: 0 an answer was given, 1 an input was unreadable, 2 the command was not understood.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from candour.kernel.errors import Invalid

app = typer.Typer(help="Index documents and search them.", no_args_is_help=True)

_UNREADABLE = 1


@app.command("index")
def index_documents(
    documents: Annotated[Path, typer.Option("--in", help="JSON lines: id, title, text")],
    out: Annotated[Path, typer.Option("--out", help="Folder of the index, made anew")],
    vectors: Annotated[bool, typer.Option("--vectors", help="Add the vector leg")] = False,
) -> None:
    """Index documents, one a line; an index that is there already is replaced."""
    from candour.engines.search.documents import read_documents
    from candour.engines.search.index import index

    if vectors:
        _refuse_vectors("--vectors")
    building = _place_to_build(out)
    try:
        count = index(read_documents(documents), building)
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
    mode: Annotated[str, typer.Option("--mode", help="words")] = "words",
) -> None:
    """Answer every question in plain language: the more of its words a document has, the better."""
    from candour.engines.search.query import any_words
    from candour.engines.search.searching import search

    if mode != "words":
        _refuse_vectors(f"--mode {mode}")
    lines: list[str] = []
    try:
        for query_id, text in _questions(queries):
            query = any_words(text)
            hits = search(index, query, limit=k).hits if query.wanted else ()
            lines += [
                f"{query_id} Q0 {hit.id} {rank} {hit.score:.6f} candour-words\n"
                for rank, hit in enumerate(hits, start=1)
            ]
    except (OSError, UnicodeDecodeError, Invalid) as fault:
        _unreadable(queries, fault)
    out.write_text("".join(lines), encoding="utf-8")


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


def _refuse_vectors(option: str) -> None:
    raise typer.BadParameter(
        f"{option} needs the vector leg, which this release does not have. Use --mode words."
    )
