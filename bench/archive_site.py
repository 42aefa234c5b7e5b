"""The public site over a generated archive; called by `archive_scale.py site` and `load`."""

import http.client
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from archive_scale import Texts

PORT = 8166
# Both processes have to make each page once before they can keep it.
SECONDS, WARMING, THREADS = 20, 90, 8
MIX = (("report", 40), ("review", 20), ("list", 15), ("search", 20), ("home", 5))


def run(what: str, texts: "Texts", folder: Path | None) -> None:
    if folder is None:
        with tempfile.TemporaryDirectory() as place:
            run(what, texts, Path(place))
        return
    there = (folder / "archive.sqlite3").exists()
    _prepare(folder)
    if not there:
        _fill(texts)
    (_site if what == "site" else _load)(texts, folder)


def _prepare(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "static").mkdir(exist_ok=True)
    os.environ.update(
        CANDOUR_DATA_DIR=str(folder),
        CANDOUR_SECRET_KEY="bench" * 10,
        CANDOUR_ARCHIVE_HOSTS='["testserver", "127.0.0.1"]',
        DJANGO_SETTINGS_MODULE="candour.sites.archive.settings",
    )
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", database="archive", verbosity=0)


def _record(texts: "Texts", number: int, paragraphs: list[str]) -> object:
    from candour.archive.deposits import DepositParagraph, DepositPublisher, DepositRecord
    from candour.archive.models import PublisherKind, ReviewType

    parts, body = [], []
    for place, text in enumerate(paragraphs, start=1):
        if place % 25 == 1:
            body.append(f'<h2 id="c-{place}">Chapter {place // 25 + 1}</h2>')
        html = f'<p id="p-{place}">{text}</p>'
        body.append(html)
        parts.append(DepositParagraph(f"p-{place}", (f"Chapter {place // 25 + 1}",), html, text))
    year = 2000 + number % 26
    return DepositRecord(
        deposit_id=f"bench-{number}",
        publishers=(DepositPublisher(f"Bench Board {number % 150}", PublisherKind.BOARD),),
        label=f"Child {number % 300}",
        title=f"Review {number}",
        year_text=str(year),
        review_type=ReviewType.SCR if year < 2019 else ReviewType.LCSPR,
        authors=(),
        abstract="",
        published_on=date(year, 1, 1),
        paragraphs=tuple(parts),
        html="".join(body),
        is_demonstration=False,
    )


def _fill(texts: "Texts") -> None:
    from candour.archive.deposits import deposit
    from candour.archive.indexing import index_pending
    from candour.archive.storage import index_folder

    started, spent = time.perf_counter(), time.process_time()
    for number in range(texts.reports):
        deposit(_record(texts, number, texts.report(number)))  # type: ignore[arg-type]
    told = f"{time.perf_counter() - started:.0f} s, {time.process_time() - spent:.0f} s processor"
    print(f"{texts.reports} reports deposited: {told}", flush=True)
    started, spent = time.perf_counter(), time.process_time()
    index_pending()
    told = f"{time.perf_counter() - started:.0f} s, {time.process_time() - spent:.0f} s processor"
    size = sum(path.stat().st_size for path in index_folder().rglob("*") if path.is_file())
    print(
        f"index built from the database: {told}; {size / 1e6:.0f} MB, "
        f"{size / texts.size():.2f} times the text",
        flush=True,
    )


def _site(texts: "Texts", folder: Path) -> None:
    from archive_scale import spread, typed
    from django.test import Client

    from candour.archive.models import ReviewRecord

    ids = list(ReviewRecord.objects.values_list("pk", flat=True)[:300])
    visitor = Client()
    searches = [f"/search?{urlencode({'q': typed(k, w)})}" for k, w in texts.questions()]
    pages = {
        "search page, with filters": searches,
        "report, made anew": [f"/review/{id}/v1" for id in ids[:100]],
        "report, kept": [f"/review/{id}/v1" for id in ids[:100]],
        "review, made anew": [f"/review/{id}" for id in ids[-200:]],
        "list of reviews, a page": [f"/reviews?page={n}" for n in range(1, 60)],
    }
    for name, addresses in pages.items():
        processor: list[float] = []
        sizes: list[int] = []
        for address in addresses:
            spent = time.process_time()
            answer = visitor.get(address, headers={"Accept-Encoding": "gzip"})
            processor.append((time.process_time() - spent) * 1000)
            sizes.append(len(answer.content))
        most = max(sizes) / 1000
        print(f"{name:28} {spread(processor)} ms of processor; largest {most:.0f} kB compressed")
    _changes(texts, visitor)


def _changes(texts: "Texts", visitor: object) -> None:
    from candour.archive.deposits import deposit, withdraw
    from candour.archive.indexing import index_pending
    from candour.archive.models import ReasonClass, TombstoneKind

    get = visitor.get  # type: ignore[attr-defined]
    number = random.randrange(10**6, 10**7)
    paragraphs = [f"zyx{number} {text}" for text in texts.report(number)]
    frozen = _record(texts, number, paragraphs)
    started = time.perf_counter()
    record = deposit(frozen)  # type: ignore[arg-type]
    index_pending()
    found = record.pk in get(f"/search?q=zyx{number}").content.decode()
    print(f"published to searchable: {time.perf_counter() - started:.2f} s (found: {found})")
    address = f"/review/{record.pk}/v1"
    get(address)
    started = time.perf_counter()
    withdraw(record.pk, tombstone=TombstoneKind.BARE, reason_class=ReasonClass.ERROR)
    gone = get(address).status_code == 410
    gone &= record.pk not in get(f"/search?q=zyx{number}").content.decode()
    print(f"withdrawn to gone from page and search: {time.perf_counter() - started:.2f} s ({gone})")


def _load(texts: "Texts", folder: Path) -> None:
    """Two server processes, mixed traffic, and how much of the processors each side took."""
    from candour.archive.models import ReviewRecord

    ids = list(ReviewRecord.objects.exclude(status="withdrawn").values_list("pk", flat=True))
    addresses, hits = _addresses(texts, ids)
    (folder / "addresses.txt").write_text("\n".join(addresses) + "\n", encoding="utf-8")
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "--workers", "2", "--threads", "4"),
            *("--worker-class", "gthread", "--keep-alive", "5"),
            *("--bind", f"127.0.0.1:{PORT}", "--log-level", "warning"),
            "candour.sites.archive.wsgi:application",
        ]
    )
    try:
        _wait()
        _drive(folder, WARMING)
        before, spent = _processor_of(server.pid), _own_processor()
        told = _drive(folder, SECONDS)
        own, theirs = _own_processor() - spent, _processor_of(server.pid) - before
    finally:
        server.terminate()
        server.wait()
    _tell_load(told, own, theirs, hits)


def _tell_load(told: dict[str, float], own: float, theirs: float, hits: float) -> None:
    requests = told["requests"]
    kind = (
        "compiled: wrk" if shutil.which("wrk") else "this program; apt-get install wrk is lighter"
    )
    print(f"mix {dict(MIX)}; at most {hits:.0%} of requests are answered from kept pages")
    print(
        f"{requests / told['seconds']:.0f} requests a second by the clock, median "
        f"{told['median']:.1f} ms, p95 {told['p95']:.1f} ms, worst {told['worst']:.0f} ms; "
        f"not 200: {told['refused']:.0f}, broken off: {told['broken']:.0f}"
    )
    print(
        f"server {theirs / requests * 1000:.2f} ms of processor a request "
        f"({2 * requests / theirs:.0f} a second would fill two), load generator ({kind}) "
        f"{own / requests * 1000:.2f} ms, {own / (own + theirs):.0%} of both"
    )


def _own_processor() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _addresses(texts: "Texts", ids: list[str]) -> tuple[list[str], float]:
    """What is asked, in order, and which part of it is no search and was asked before."""
    from archive_scale import typed

    chance = random.Random(11)
    popular = [1 / (n + 5) for n in range(len(ids))]
    searches = [urlencode({"q": typed(kind, words)}) for kind, words in texts.questions()]
    made, kinds = [], chance.choices([k for k, _ in MIX], [w for _, w in MIX], k=30_000)
    for kind in kinds:
        one = chance.choices(ids, popular)[0]
        made.append(
            {
                "report": f"/review/{one}/v1",
                "review": f"/review/{one}",
                "list": f"/reviews?page={chance.randint(1, 8)}",
                "search": f"/search?{chance.choice(searches)}",
                "home": "/",
            }[kind]
        )
    first = len({a for a, k in zip(made, kinds, strict=True) if k != "search"})
    return made, (len(made) - first - kinds.count("search")) / len(made)


def _drive(folder: Path, seconds: int) -> dict[str, float]:
    """Visitors for so many seconds, and what they met."""
    addresses = folder / "addresses.txt"
    if not shutil.which("wrk"):
        return _drive_ourselves(addresses.read_text().split(), seconds)
    script = Path(__file__).with_name("archive_traffic.lua")
    given = ["wrk", "-t", "2", "-c", str(THREADS), "-d", f"{seconds}s", "-s", str(script)]
    place = f"http://127.0.0.1:{PORT}"
    ran = subprocess.run([*given, place, "--", str(addresses)], capture_output=True, check=True)
    return dict(json.loads(ran.stdout.decode().strip().splitlines()[-1]))


def _drive_ourselves(addresses: list[str], seconds: int) -> dict[str, float]:
    times: list[float] = []
    refused: list[int] = []
    until = time.perf_counter() + seconds

    def visit(first: int) -> None:
        link = http.client.HTTPConnection("127.0.0.1", PORT)
        for address in addresses[first::THREADS]:
            if time.perf_counter() > until:
                break
            started = time.perf_counter()
            link.request("GET", address, headers={"Accept-Encoding": "gzip"})
            answer = link.getresponse()
            answer.read()
            times.append((time.perf_counter() - started) * 1000)
            if answer.status != 200:
                refused.append(answer.status)

    started = time.perf_counter()
    visitors = [threading.Thread(target=visit, args=(n,)) for n in range(THREADS)]
    for one in visitors:
        one.start()
    for one in visitors:
        one.join()
    return {
        "requests": len(times),
        "seconds": time.perf_counter() - started,
        "median": statistics.median(times),
        "p95": statistics.quantiles(times, n=20)[18],
        "worst": max(times),
        "refused": len(refused),
        "broken": 0,
    }


def _wait() -> None:
    for _ in range(200):
        try:
            link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=2)
            link.request("GET", "/health")
            link.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the site did not start")


def _processor_of(pid: int) -> float:
    """Seconds of processor of a process and its children."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(folder.name) == pid or int(fields[1]) == pid:
            total += (int(fields[11]) + int(fields[12])) / ticks
    return total
