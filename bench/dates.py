"""How the date engine does on the labelled strings, beside other libraries, in one run.

    .venv/bin/python bench/dates.py [LABELS.tsv ...]

"Lost" is a day inside the window though the text was vaguer; "wrong" is outside it, or an answer
where none is possible. Times are the median over strings of the best of three calls.
"""

import csv
import importlib.util
import statistics
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from candour.engines.dates import Context, read_date
from candour.engines.dates.command import unescaped

TESTS = Path(__file__).parents[1] / "tests"
DEFAULT = (
    TESTS / "samples" / "dates-dev.tsv",
    TESTS / "unit" / "dates" / "heldout.tsv",
    TESTS / "samples" / "child-w" / "dates-held-out.tsv",
    TESTS / "samples" / "dates-adversary.tsv",
)
AS_OF = Context(as_of=date(2026, 11, 22))

Window = tuple[date | None, date | None] | None
Reader = Callable[[str], Window]


def candour(raw: str) -> Window:
    reading = read_date(raw, AS_OF)
    return (reading.earliest, reading.latest) if reading.status == "resolved" else None


def dateutil_reader() -> Reader:
    from dateutil import parser

    def read(raw: str) -> Window:
        try:
            found = parser.parse(raw, dayfirst=True, fuzzy=True).date()
        except (ValueError, OverflowError):
            return None
        return found, found

    return read


def dateparser_reader() -> Reader:
    import dateparser

    def read(raw: str) -> Window:
        found = dateparser.parse(raw, languages=["en"], settings={"DATE_ORDER": "DMY"})
        return (found.date(), found.date()) if found else None

    return read


def edtf_reader() -> Reader:
    import edtf

    def read(raw: str) -> Window:
        text = edtf.text_to_edtf(raw)
        if not text:
            return None
        try:
            found = edtf.parse_edtf(text)
            first, last = found.lower_strict(), found.upper_strict()
            return date(*first[:3]), date(*last[:3])
        except (edtf.EDTFParseException, ValueError, TypeError, AttributeError, OverflowError):
            return None

    return read


def pandas_reader() -> Reader:
    import pandas

    warnings.simplefilter("ignore", UserWarning)  # one for each format that it guesses

    def read(raw: str) -> Window:
        found = pandas.to_datetime(raw, dayfirst=True, errors="coerce")
        return None if pandas.isna(found) else (found.date(), found.date())

    return read


RIVALS = {
    "dateutil": dateutil_reader,
    "dateparser": dateparser_reader,
    "edtf": edtf_reader,
    "pandas": pandas_reader,
}


def outcome(row: dict[str, str], got: Window) -> str:
    if row["must_refuse"] == "1":
        return "refused rightly" if got is None else "wrong"
    if got is None:
        return "refused"
    want = tuple(date.fromisoformat(row[key]) if row[key] else None for key in BOUNDS)
    if got == want:
        return "exact"
    inside = (want[0] or date.min) <= (got[0] or date.min) and (got[1] or date.max) <= (
        want[1] or date.max
    )
    return "lost" if inside else "wrong"


BOUNDS = ("earliest", "latest")


def microseconds(read: Reader, raw: str) -> float:
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        read(raw)
        taken.append(time.perf_counter() - start)
    return min(taken) * 1e6


def report(name: str, read: Reader, rows: list[dict[str, str]]) -> None:
    texts = [unescaped(row["raw"]) for row in rows]
    counts = Counter(outcome(row, read(raw)) for row, raw in zip(rows, texts, strict=True))
    median = statistics.median(microseconds(read, raw) for raw in texts)
    shown = "".join(
        f"{counts[key]:>9}" for key in ("exact", "lost", "wrong", "refused", "refused rightly")
    )
    print(f"{name:<12}{shown}{median:>10.1f}")


def main() -> None:
    for path in map(Path, sys.argv[1:] or map(str, DEFAULT)):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        print(f"{path.name}: {len(rows)} strings")
        print(f"{'':<12}{'exact':>9}{'lost':>9}{'wrong':>9}{'refused':>9}{'rightly':>9}{'µs':>10}")
        report("candour", candour, rows)
        for name, reader in RIVALS.items():
            if importlib.util.find_spec(name) is None:
                print(f"{name:<12}not installed, skipped")
            else:
                report(name, reader(), rows)


if __name__ == "__main__":
    main()
