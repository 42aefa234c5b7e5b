"""The archive at the size of every review ever published in England: 400,000 paragraphs.

    .venv/bin/python bench/archive_scale.py engines [reports]   ours, tantivy bare, FTS5, PostgreSQL
    .venv/bin/python bench/archive_scale.py curve [reports]     one index growing, to 20,000 reports
    .venv/bin/python bench/archive_scale.py vectors [rows]      nearest rows among generated ones
    .venv/bin/python bench/archive_scale.py site [reports] [DIR]  deposits, index, pages, withdrawal
    .venv/bin/python bench/archive_scale.py load [reports] [DIR]  mixed traffic on a served archive

Without a number 100 reports are made; 2,000 is the size of the name. Text is generated: 200
paragraphs of 90 words a report, words by Zipf's law. Times are of the processor where they say so
(other work may be running), else of the clock; milliseconds. PostgreSQL is asked for on 127.0.0.1
and left out, with a word, where it does not answer.
"""

import json
import os
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from candour.engines.search.asking import parse
from candour.engines.search.documents import Document
from candour.engines.search.index import extend, index
from candour.engines.search.query import any_words
from candour.engines.search.searching import EVERYWHERE, Within, counts_by_tag, search
from candour.engines.search.synonyms import with_synonyms

sys.path.insert(0, str(Path(__file__).parent))
from search import vocabulary

PARAGRAPHS, WORDS, QUESTIONS = 200, 90, 200
KINDS = ("one word", "two words", "three words", "phrase", "either word")
Asking = Callable[[str, str], object]


class Texts:
    """Generated paragraphs, the same for the same number, and questions drawn from them."""

    def __init__(self, reports: int) -> None:
        self.reports = reports
        self.words = np.array(vocabulary(20_000, random.Random(20150312)))
        weights = 1 / (np.arange(len(self.words)) + 2.7)
        self.weights = weights / weights.sum()

    def report(self, number: int) -> list[str]:
        drawn = np.random.default_rng(number).choice(
            self.words, (PARAGRAPHS, WORDS), p=self.weights
        )
        return [" ".join(row) for row in drawn]

    def documents(self, first: int = 0) -> Iterator[Document]:
        for number in range(first, self.reports):
            tags = (
                f"board:board-{number % 150}",
                f"year:{2000 + number % 26}",
                f"type:{('scr', 'lcspr', 'national')[number % 3]}",
                *(f"theme:theme-{(number * step) % 40}" for step in (1, 7, 11)),
                f"age:{number % 5}",
                "status:published",
            )
            for place, text in enumerate(self.report(number), start=1):
                name = f"R-{number:04}-0000/v1#p-{place}"
                yield Document(name, "Findings", text, f"r{number}", "paragraph", tags, number % 26)

    def size(self) -> int:
        return sum(len(text) for n in range(0, self.reports, 50) for text in self.report(n)) * 50

    def questions(self) -> list[tuple[str, str]]:
        chance = random.Random(7)
        asked = []
        for number in range(QUESTIONS):
            found = chance.choice(self.report(chance.randrange(self.reports))).split()
            start = chance.randrange(len(found) - 3)
            kind = KINDS[number % len(KINDS)]
            drawn = {
                "one word": found[start : start + 1],
                "two words": chance.sample(found, 2),
                "three words": chance.sample(found, 3),
                "phrase": found[start : start + 2],
                "either word": chance.sample(found, 3),
            }[kind]
            asked.append((kind, " ".join(drawn)))
        return asked


def typed(kind: str, words: str) -> str:
    return {"phrase": f'"{words}"', "either word": words.replace(" ", " OR ")}.get(kind, words)


def ours(texts: Texts, folder: Path) -> dict[str, Asking]:
    index(texts.documents(), folder)
    return asking(folder)


def asking(folder: Path) -> dict[str, Asking]:
    """Search and facets as the archive asks them, three withdrawn reviews still in the index."""
    outside = Within(kind="paragraph", not_groups=frozenset({"r1", "r2", "r3"}))

    def ask(kind: str, words: str) -> object:
        return search(folder, with_synonyms(parse(typed(kind, words))), within=outside)

    def facets(kind: str, words: str) -> object:
        return counts_by_tag(folder, with_synonyms(parse(typed(kind, words))), within=outside)

    return {"search": ask, "facets": facets}


def bare(texts: Texts, folder: Path) -> dict[str, Asking]:
    import tantivy

    folder.mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("board", tokenizer_name="raw", fast=True)
    made = tantivy.Index(builder.build(), path=str(folder))
    writer = made.writer(heap_size=60_000_000, num_threads=1)
    for document in texts.documents():
        writer.add_document(tantivy.Document(text=document.text, board=document.tags[0]))
    writer.commit()
    writer.wait_merging_threads()
    made.reload()
    searcher = made.searcher()
    wanted = {"b": {"terms": {"field": "board", "size": 200}}}

    def query(kind: str, words: str) -> object:
        text = words if kind == "either word" else " AND ".join(words.split())
        return made.parse_query(f'"{words}"' if kind == "phrase" else text, ["text"])

    return {
        "search": lambda kind, words: searcher.search(query(kind, words), limit=20, count=True),
        "facets": lambda kind, words: searcher.aggregate(query(kind, words), wanted),
    }


def fts5(texts: Texts, folder: Path) -> dict[str, Asking]:
    folder.mkdir()
    database = sqlite3.connect(folder / "fts5.sqlite3")
    database.execute("create virtual table p using fts5(text, content='', tokenize='porter')")
    database.execute("create table facts(id integer primary key, board text)")
    numbered = list(enumerate(texts.documents(), start=1))
    texts_of = ((n, d.text) for n, d in numbered)
    database.executemany("insert into p(rowid, text) values (?, ?)", texts_of)
    database.executemany("insert into facts values (?, ?)", ((n, d.tags[0]) for n, d in numbered))
    database.commit()

    def match(kind: str, words: str) -> str:
        joined = " OR ".join(words.split()) if kind == "either word" else words
        return f'"{words}"' if kind == "phrase" else joined

    def ask(kind: str, words: str) -> object:
        given = (match(kind, words),)
        best = database.execute(
            "select rowid from p where p match ? order by rank limit 20", given
        ).fetchall()
        return best, database.execute("select count(*) from p where p match ?", given).fetchone()

    def facets(kind: str, words: str) -> object:
        return database.execute(
            "select board, count(*) from p join facts on facts.id = p.rowid where p match ? "
            "group by board",
            (match(kind, words),),
        ).fetchall()

    return {"search": ask, "facets": facets}


def postgresql(texts: Texts, folder: Path) -> dict[str, Asking]:
    import psycopg

    folder.mkdir()
    link = psycopg.connect("host=127.0.0.1 user=postgres dbname=postgres", autocommit=True)
    link.execute("drop table if exists candour_bench")
    link.execute("create table candour_bench(text text, board text)")
    with link.cursor() as cursor, cursor.copy("copy candour_bench from stdin") as copy:
        for document in texts.documents():
            copy.write_row((document.text, document.tags[0]))
    link.execute(
        "alter table candour_bench add column t tsvector generated always as "
        "(to_tsvector('english', text)) stored"
    )
    link.execute("create index on candour_bench using gin(t)")
    link.execute("analyze candour_bench")
    size = link.execute("select pg_total_relation_size('candour_bench')").fetchone()
    (folder / "size.json").write_text(json.dumps(size))
    how = {"phrase": "phraseto_tsquery", "either word": "to_tsquery"}

    def query(kind: str, words: str) -> tuple[str, str]:
        joined = " | ".join(words.split()) if kind == "either word" else words
        return f"{how.get(kind, 'plainto_tsquery')}('english', %s)", joined

    def ask(kind: str, words: str) -> object:
        made, given = query(kind, words)
        best = link.execute(
            f"select ctid from candour_bench, {made} q where t @@ q "  # noqa: S608
            "order by ts_rank(t, q) desc limit 20",
            (given,),
        ).fetchall()
        count = f"select count(*) from candour_bench where t @@ {made}"  # noqa: S608
        return best, link.execute(count, (given,)).fetchone()

    def facets(kind: str, words: str) -> object:
        made, given = query(kind, words)
        counted = f"select board, count(*) from candour_bench where t @@ {made} group by 1"  # noqa: S608
        return link.execute(counted, (given,)).fetchall()

    return {"search": ask, "facets": facets}


def spread(times: list[float]) -> str:
    p95 = statistics.quantiles(times, n=20)[18]
    return f"median {statistics.median(times):8.2f}  p95 {p95:8.2f}  worst {max(times):8.2f}"


def timed(ask: Asking, asked: list[tuple[str, str]]) -> tuple[list[float], list[float]]:
    for kind, words in asked[:10]:
        ask(kind, words)
    clock, processor = [], []
    for kind, words in asked:
        started, spent = time.perf_counter(), time.thread_time()
        ask(kind, words)
        clock.append((time.perf_counter() - started) * 1000)
        processor.append((time.thread_time() - spent) * 1000)
    return clock, processor


def folder_size(folder: Path) -> int:
    told = folder / "size.json"
    if told.exists():
        return int(json.loads(told.read_text())[0])
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def engines(reports: int) -> None:
    texts = Texts(reports)
    asked, letters = texts.questions(), texts.size()
    print(f"{reports} reports, {reports * PARAGRAPHS:,} paragraphs, {letters / 1e6:.0f} MB of text")
    legs = (
        ("ours", ours),
        ("tantivy bare", bare),
        ("SQLite FTS5", fts5),
        ("PostgreSQL", postgresql),
    )
    with tempfile.TemporaryDirectory() as place:
        for name, leg in legs:
            folder = Path(place) / name.replace(" ", "-")
            started, spent = time.perf_counter(), time.process_time()
            try:
                asks = leg(texts, folder)
            except Exception as fault:
                print(f"{name}: left out ({fault.__class__.__name__}: {str(fault)[:80]})")
                continue
            built, processor = time.perf_counter() - started, time.process_time() - spent
            size = folder_size(folder)
            print(
                f"{name}: built in {built:.0f} s ({processor:.0f} s of this process), "
                f"{size / 1e6:.0f} MB, {size / letters:.2f} times the text"
            )
            for what, ask in asks.items():
                clock, alone = timed(ask, asked)
                print(f"  {what:7} {spread(clock)}  (processor of this thread: {spread(alone)})")
            if name == "ours":
                _later_report(texts, folder)
            shutil.rmtree(folder)


def _later_report(texts: Texts, folder: Path) -> None:
    more = [
        Document(f"R-new/v1#p-{n}", "Findings", f"zzyzx {text}", "new", "paragraph", ("year:2026",))
        for n, text in enumerate(texts.report(10**6), start=1)
    ]
    started = time.perf_counter()
    extend(more, folder)
    found = search(folder, any_words("zzyzx"), within=EVERYWHERE).total
    print(f"  one more report searchable after {time.perf_counter() - started:.2f} s ({found})")


def curve(reports: int) -> None:
    """One index that grows, asked the same questions at each size; drawn with its table."""
    from archive_growth import Size, draw, told

    sizes: list[Size] = []
    with tempfile.TemporaryDirectory() as place:
        folder, before, built = Path(place) / "index", 0, 0.0
        for size in sorted({reports // 40, reports // 10, reports * 2 // 5, reports}):
            texts, spent = Texts(size), time.process_time()
            (extend if before else index)(texts.documents(before), folder)
            built, before = built + time.process_time() - spent, size
            asked = texts.questions()
            asks = asking(folder)
            legs = [timed(asks[what], asked)[1] for what in ("search", "facets")]
            sizes.append(
                Size(
                    paragraphs=size * PARAGRAPHS,
                    seconds=built,
                    index_mb=folder_size(folder) / 1e6,
                    text_mb=texts.size() / 1e6,
                    medians=tuple(statistics.median(leg) for leg in legs),
                    p95=tuple(statistics.quantiles(leg, n=20)[18] for leg in legs),
                )
            )
            print(told(sizes[-1]), flush=True)
    draw(sizes)


def vectors(rows: int) -> None:
    from candour.engines.search import vectors as kept
    from candour.engines.search.meaning import SIZE

    chance = np.random.default_rng(7)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for first in range(0, rows, 50_000):
            some = chance.standard_normal((min(50_000, rows - first), SIZE)).astype(np.float32)
            some /= np.linalg.norm(some, axis=1, keepdims=True)
            kept._append(folder, [f"p{first + n}" for n in range(len(some))], some)
        asked = chance.standard_normal((60, SIZE)).astype(np.float32)
        asked /= np.linalg.norm(asked, axis=1, keepdims=True)
        kept.nearest(folder, asked[0], limit=100)
        clock, processor = [], []
        for row in asked:
            started, spent = time.perf_counter(), time.process_time()
            kept.nearest(folder, row, limit=100)
            clock.append((time.perf_counter() - started) * 1000)
            processor.append((time.process_time() - spent) * 1000)
        size = folder_size(folder) / 1e6
        print(f"{rows:,} rows generated by chance, {size:.0f} MB")
        print(f"  nearest {spread(clock)}  (processor: {spread(processor)})")


def main() -> None:
    what = sys.argv[1] if len(sys.argv) > 1 else "engines"
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    folder = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    if what == "engines":
        engines(number or int(os.environ.get("CANDOUR_BENCH_REPORTS", "100")))
    elif what == "curve":
        curve(number or 20_000)
    elif what == "vectors":
        vectors(number or 400_000)
    else:
        import archive_site

        archive_site.run(what, Texts(number or 100), folder)


if __name__ == "__main__":
    main()
