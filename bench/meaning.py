"""What the vector leg adds to BM25, as nDCG@10, on any collection; beside it each leg alone.

    .venv/bin/python bench/meaning.py                      known items (see below)
    .venv/bin/python bench/meaning.py FOLDER               docs.jsonl, queries.tsv, qrels.txt (TREC)
    .venv/bin/python bench/meaning.py --lee FOLDER         50 news texts judged by people (below)

No judged retrieval collection can be had from a package registry, so without a folder known items
are sought in public text that every installation holds: the docstrings of its Python packages. The
question is the summary line of one, the document its remaining text, and one document is right for
each. Such a test favours words (authors repeat themselves), so a gain here is not flattered; it
does not replace a judged collection, for which the folder is.

The nearest to one in a registry: the wheel of gensim 4.4.0 carries Lee, Pincombe and Welsh's 50
short news texts, of which people judged every pair for likeness (`gensim/test/test_data`, unpacked
into FOLDER; nothing of it is kept here). Each text is a question, the others are graded 0 to 4 by
their mean judgement: what “more like this paragraph” does.
"""

import inspect
import json
import math
import pkgutil
import random
import re
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from candour.engines.search.documents import Document, read_documents
from candour.engines.search.fusing import by_both, by_meaning
from candour.engines.search.index import index
from candour.engines.search.meaning import minilm
from candour.engines.search.query import any_words
from candour.engines.search.searching import Hit, search
from candour.engines.search.vectors import add_vectors

PACKAGES = (
    "numpy",
    "asyncio",
    "email",
    "logging",
    "unittest",
    "http",
    "xml",
    "lxml",
    "rich",
    "PIL",
)
DOCUMENTS, QUESTIONS = 2_000, 200

Judged = dict[str, dict[str, int]]


def docstrings() -> dict[str, tuple[str, str]]:
    """Summary line and remaining text of everything documented in some packages."""
    found: dict[str, tuple[str, str]] = {}
    for package in PACKAGES:
        root = import_module(package)
        names = [
            module.name
            for module in pkgutil.walk_packages(root.__path__, f"{package}.", lambda _: None)
        ]
        for name in [package, *(n for n in names if "test" not in n and "__main__" not in n)]:
            try:
                members = inspect.getmembers(import_module(name))
            except BaseException:  # noqa: S112 (a package may refuse to be imported)
                continue
            for member, value in members:
                split = _split(value)
                if split and not member.startswith("_"):
                    found.setdefault(split[1][:100], split)
    return dict(enumerate_named(found.values()))


def enumerate_named(pairs: object) -> list[tuple[str, tuple[str, str]]]:
    return [(f"d{number}", pair) for number, pair in enumerate(sorted(pairs))]  # type: ignore[call-overload]


def _split(value: object) -> tuple[str, str] | None:
    try:
        text = inspect.getdoc(value) or ""
    except Exception:
        return None
    summary, _, rest = text.partition("\n\n")
    words = re.sub(r"[^A-Za-z0-9.,()' ]+", " ", rest)
    words = re.sub(r"\s+", " ", words).strip()
    summary = re.sub(r"\s+", " ", summary).strip()
    if 4 <= len(summary.split()) <= 25 and len(words.split()) >= 30:
        return summary, " ".join(words.split()[:120])
    return None


def known_items() -> tuple[list[Document], list[tuple[str, str]], Judged]:
    pairs = docstrings()
    chance = random.Random(20150312)
    chosen = chance.sample(sorted(pairs), min(DOCUMENTS, len(pairs)))
    documents = [Document(name, "", pairs[name][1]) for name in chosen]
    asked = chosen[:QUESTIONS]
    return documents, [(name, pairs[name][0]) for name in asked], {n: {n: 1} for n in asked}


def collection(folder: Path) -> tuple[list[Document], list[tuple[str, str]], Judged]:
    documents = list(read_documents(folder / "docs.jsonl"))
    lines = (folder / "queries.tsv").read_text(encoding="utf-8").splitlines()
    questions = [(line.split("\t", 1)[0], line.split("\t", 1)[1]) for line in lines]
    judged: Judged = {}
    for line in (folder / "qrels.txt").read_text(encoding="utf-8").splitlines():
        question, _, document, grade = line.split()
        judged.setdefault(question, {})[document] = int(grade)
    return documents, [pair for pair in questions if pair[0] in judged], judged


def judged_by_people(folder: Path) -> tuple[list[Document], list[tuple[str, str]], Judged]:
    """Lee's texts: each is asked with, the others graded by how alike people found them."""
    texts = (folder / "lee.cor").read_text(encoding="latin-1").splitlines()
    rows = (folder / "similarities0-1.txt").read_text(encoding="ascii").splitlines()
    likeness = [[float(cell) for cell in row.split()] for row in rows]
    named = [(f"t{number}", text) for number, text in enumerate(texts)]
    # Half of the table is filled; 0.2 is the lowest judgement of five.
    judged = {
        f"t{n}": {
            f"t{m}": round(5 * max(likeness[n][m], likeness[m][n])) - 1
            for m in range(len(texts))
            if m != n
        }
        for n in range(len(texts))
    }
    asked = [(name, text) for name, text in named if any(judged[name].values())]
    return [Document(name, "", text) for name, text in named], asked, judged


def given_by(words: list[str]) -> tuple[list[Document], list[tuple[str, str]], Judged]:
    if not words:
        return known_items()
    if words[0] == "--lee":
        return judged_by_people(Path(words[1]))
    return collection(Path(words[0]))


def ndcg(ids: list[str], grades: dict[str, int]) -> float:
    gained = sum(grades.get(id, 0) / math.log2(n + 2) for n, id in enumerate(ids[:10]))
    best = sorted(grades.values(), reverse=True)[:10]
    ideal = sum(grade / math.log2(n + 2) for n, grade in enumerate(best))
    return gained / ideal if ideal else 0.0


def main() -> None:
    warnings.simplefilter("ignore")
    documents, questions, judged = given_by(sys.argv[1:])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "index"
        index(documents, folder)
        model = minilm()
        start = time.process_time()
        add_vectors(documents, folder, model)
        spent = time.process_time() - start
        rate = len(documents) / spent
        print(json.dumps({"documents": len(documents), "questions": len(questions)}))
        print(f"embedded {rate:.1f} documents for each second of processor time")
        legs: dict[str, Callable[[str], tuple[Hit, ...]]] = {
            "BM25 (words)": lambda text: search(folder, any_words(text), limit=100).hits,
            "meaning": lambda text: by_meaning(folder, text, model, limit=100),
            "words and meaning": lambda text: by_both(
                folder, any_words(text), text, model, limit=100
            ),
        }
        for name, ask in legs.items():
            found = {
                id: [hit.id for hit in ask(text) if hit.id != id or id in judged[id]]
                for id, text in questions
            }
            mean = sum(ndcg(found[id], judged[id]) for id, _ in questions) / len(questions)
            recall = sum(
                len(set(found[id]) & set(judged[id])) / len(judged[id]) for id, _ in questions
            ) / len(questions)
            print(f"{name:18} nDCG@10 {mean:.4f}  recall@100 {recall:.4f}")


if __name__ == "__main__":
    main()
