"""Same events, differing accounts and one-sided contacts, beside a plain rapidfuzz threshold.

    .venv/bin/python bench/same_event.py [rows]

Both get the same rows: the case that was at hand when the engine was written (child-r), the case
kept back (child-w), and a large review made of copies of child-r, each moved 160 days on, so that
every event has near twins. The rival joins rows of different agencies whose texts reach a
token-set ratio within 14 days; its threshold is the one that does best on child-r, and it may not
compare all rows with all, which at 8,000 rows takes minutes. Seconds are processor time.
"""

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from rapidfuzz.fuzz import token_set_ratio

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.unit.matching import measured

from candour.engines.matching import Account, Case, case_of, compare

Pairs = set[frozenset[str]]
NEAR = timedelta(days=14)
APART = timedelta(days=160)


def rows_of(case: str) -> tuple[list[Account], list[str], Pairs, Case]:
    found, key = measured.compared(case), measured.key_of(case)
    wanted = {frozenset(p) for d in key["duplicates"] for p in combinations(d["entries"], 2)}
    described = measured.files_of(case)[1]
    return list(found.accounts), measured.ids(found, key), wanted, case_of(described)


def many(
    rows: list[Account], names: list[str], wanted: Pairs, count: int
) -> tuple[list[Account], list[str], Pairs]:
    copies = -(-count // len(rows))
    made = [moved(row, APART * copy) for copy in range(copies) for row in rows]
    called = [f"{copy}/{name}" for copy in range(copies) for name in names]
    pairs = {
        frozenset(f"{copy}/{name}" for name in pair) for copy in range(copies) for pair in wanted
    }
    return made[:count], called[:count], pairs


def moved(row: Account, by: timedelta) -> Account:
    return replace(
        row,
        earliest=row.earliest + by if row.earliest else None,
        latest=row.latest + by if row.latest else None,
    )


def ours(rows: list[Account], names: list[str], case: Case) -> Pairs:
    return {
        frozenset((names[one], names[other]))
        for group in compare(rows, case).groups
        for one, other in combinations(group.places, 2)
    }


def rival(rows: list[Account], names: list[str], threshold: float) -> Pairs:
    dated = sorted(
        (place for place, row in enumerate(rows) if row.dated), key=lambda place: first(rows[place])
    )
    found: Pairs = set()
    for at, one in enumerate(dated):
        for other in dated[at + 1 :]:
            if first(rows[other]) - last(rows[one]) > NEAR:
                break
            if rows[one].agency != rows[other].agency and (
                token_set_ratio(rows[one].event, rows[other].event) >= threshold
            ):
                found.add(frozenset((names[one], names[other])))
    return found


def first(row: Account) -> date:
    return row.earliest or row.latest or date.min


def last(row: Account) -> date:
    return row.latest or row.earliest or date.max


def best_threshold(rows: list[Account], names: list[str], wanted: Pairs) -> float:
    def quality(threshold: float) -> float:
        found = rival(rows, names, threshold)
        right = len(found & wanted)
        return 2 * right / (len(found) + len(wanted))

    return max(range(40, 96, 5), key=quality)


def shown(what: str, work: Callable[[], Pairs], wanted: Pairs, names: Iterable[str]) -> None:
    among = set(names)
    reachable = {pair for pair in wanted if pair <= among}
    start = time.process_time()
    found = work()
    spent = time.process_time() - start
    right = len(found & reachable)
    precision = right / len(found) if found else 1.0
    print(f"  {what:<34} {precision:9.3f} {right / len(reachable):9.3f} {spent:9.2f} s")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    rows, names, wanted, case = rows_of("child-r")
    threshold = best_threshold(rows, names, wanted)
    print(f"{'same event':<36} precision    recall  processor")
    for label in ("child-r", "child-w"):
        some, called, pairs, its_case = rows_of(label)
        report(f"{label}, {len(some)} rows", some, called, pairs, its_case, threshold)
    made, called, pairs = many(rows, names, wanted, count)
    report(f"copies of child-r, {len(made)} rows", made, called, pairs, case, threshold)
    others()


def report(
    label: str, rows: list[Account], names: list[str], wanted: Pairs, case: Case, threshold: float
) -> None:
    print(label)
    shown("candour", lambda: ours(rows, names, case), wanted, names)
    shown(
        f"rapidfuzz token set >= {threshold:g}",
        lambda: rival(rows, names, threshold),
        wanted,
        names,
    )


def others() -> None:
    for case in ("child-r", "child-w"):
        found, key = measured.compared(case), measured.key_of(case)
        print(f"{case}: differing, type and rows: {measured.differing(found, key)}")
        print(f"{case}: differing, rows only: {measured.differing(found, key, rows_only=True)}")
        print(f"{case}: one agency only: {measured.one_sided(found, key)}")


if __name__ == "__main__":
    main()
