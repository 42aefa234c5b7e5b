"""Search over 20,000 generated paragraphs: tantivy as the archive uses it, beside SQLite FTS5.

    .venv/bin/python bench/search.py [paragraphs]         the two engines
    .venv/bin/python bench/search.py --pages [paragraphs]  the archive's own search page

Times are those of one process, warm, in milliseconds: top 20 and the count of all, over one-word,
many-word, phrase and either-word questions drawn from the text.
"""

import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from candour.engines.search.asking import parse
from candour.engines.search.documents import Document
from candour.engines.search.index import index
from candour.engines.search.query import any_words
from candour.engines.search.searching import search

SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo")
QUESTIONS = 300


def vocabulary(size: int, chance: random.Random) -> list[str]:
    words: set[str] = set()
    while len(words) < size:
        words.add("".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))))
    return sorted(words)


def paragraphs(count: int, words: list[str], chance: random.Random) -> list[str]:
    # Words follow Zipf's law, as those of reports do.
    weights = [1 / (rank + 2.7) for rank in range(len(words))]
    return [" ".join(chance.choices(words, weights, k=90)) for _ in range(count)]


def questions(texts: list[str], chance: random.Random) -> list[tuple[str, str]]:
    made = []
    for number in range(QUESTIONS):
        found = chance.choice(texts).split()
        start = chance.randrange(len(found) - 3)
        kind = ("one word", "three words", "phrase", "either word")[number % 4]
        drawn = {
            "one word": found[start : start + 1],
            "three words": chance.sample(found, 3),
            "phrase": found[start : start + 2],
            "either word": chance.sample(found, 3),
        }[kind]
        made.append((kind, " ".join(drawn)))
    return made


def tantivy_leg(texts: list[str], folder: Path) -> Callable[[str, str], int]:
    index((Document(str(n), "", text) for n, text in enumerate(texts)), folder)

    def ask(kind: str, words: str) -> int:
        query = (
            any_words(words)
            if kind == "either word"
            else parse(f'"{words}"' if kind == "phrase" else words)
        )
        return search(folder, query).total

    return ask


def fts5_leg(texts: list[str], folder: Path) -> Callable[[str, str], int]:
    folder.mkdir()
    database = sqlite3.connect(folder / "fts5.sqlite3")
    database.execute("create virtual table p using fts5(text, content='', tokenize='porter')")
    database.executemany("insert into p(rowid, text) values (?, ?)", enumerate(texts, start=1))
    database.commit()

    def ask(kind: str, words: str) -> int:
        match = f'"{words}"' if kind == "phrase" else words
        match = " OR ".join(words.split()) if kind == "either word" else match
        database.execute(
            "select rowid from p where p match ? order by rank limit 20", (match,)
        ).fetchall()
        return int(
            database.execute("select count(*) from p where p match ?", (match,)).fetchone()[0]
        )

    return ask


def measured(
    ask: Callable[[str, str], int], asked: list[tuple[str, str]]
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {}
    for kind, words in asked:
        start = time.perf_counter()
        ask(kind, words)
        times.setdefault(kind, []).append((time.perf_counter() - start) * 1000)
    return times


def page_leg(texts: list[str], folder: Path) -> Callable[[str, str], int]:
    """The whole answer of the public site: index, rows of the database, snippets, template."""
    folder.mkdir()
    os.environ.update(
        CANDOUR_DATA_DIR=str(folder),
        CANDOUR_SECRET_KEY="bench" * 10,
        CANDOUR_ARCHIVE_HOSTS='["testserver"]',
        DJANGO_SETTINGS_MODULE="candour.sites.archive.settings",
    )
    (folder / "static").mkdir()
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", database="archive", verbosity=0)
    _deposit_reports(texts)
    visitor = Client()

    def ask(kind: str, words: str) -> int:
        typed = f'"{words}"' if kind == "phrase" else words
        typed = typed.replace(" ", " OR ") if kind == "either word" else typed
        return len(visitor.get("/search", {"q": typed}).content)

    return ask


def _deposit_reports(texts: list[str]) -> None:
    from candour.archive.deposits import (
        DepositParagraph,
        DepositPublisher,
        DepositRecord,
        deposit,
    )
    from candour.archive.indexing import index_pending
    from candour.archive.models import PublisherKind, ReviewType

    publisher = DepositPublisher("Bench Board", PublisherKind.BOARD)
    for number, first in enumerate(range(0, len(texts), 200), start=1):
        parts = tuple(
            DepositParagraph(f"p-{n}", ("Findings",), f'<p id="p-{n}">{text}</p>', text)
            for n, text in enumerate(texts[first : first + 200], start=1)
        )
        report = DepositRecord(
            deposit_id=f"bench-{number}",
            publishers=(publisher,),
            label=f"Child {number}",
            title=f"Review {number}",
            year_text="2015",
            review_type=ReviewType.SCR,
            authors=(),
            abstract="",
            published_on=date(2015, 1, 1),
            paragraphs=parts,
            html="".join(part.html for part in parts),
            is_demonstration=True,
        )
        deposit(report)
    index_pending()


def main() -> None:
    arguments = [argument for argument in sys.argv[1:] if argument != "--pages"]
    count = int(arguments[0]) if arguments else 20_000
    chance = random.Random(20150312)
    texts = paragraphs(count, vocabulary(20_000, chance), chance)
    asked = questions(texts, chance)
    with tempfile.TemporaryDirectory() as folder:
        engines = (("tantivy", tantivy_leg), ("SQLite FTS5", fts5_leg))
        for name, leg in (("search page", page_leg),) if "--pages" in sys.argv else engines:
            place = Path(folder) / name.replace(" ", "-")
            start = time.perf_counter()
            ask = leg(texts, place)
            built = time.perf_counter() - start
            size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
            measured(ask, asked[:20])
            times = measured(ask, asked)
            everything = [one for kind in times.values() for one in kind]
            print(f"{name}: {count} paragraphs built in {built:.1f} s, {size / 1e6:.1f} MB")
            for kind, values in [*times.items(), ("all", everything)]:
                p95 = statistics.quantiles(values, n=20)[18]
                print(f"  {kind:12} median {statistics.median(values):7.2f}  p95 {p95:7.2f} ms")


if __name__ == "__main__":
    main()
