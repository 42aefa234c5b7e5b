"""Who held what and from when: the answer keys of the two sample cases, and the speed of asking.

For each event of a key and each agency the key says *knew* (with the day), *claimed* (only the
sender says so) or *never*. Printed: how often each was proposed, and how often *knew* came with the
right day; with the rows grouped as the key groups them, and as Candour's own matching does. Then
the seconds that "records held on" takes over 8,000 and 100,000 rows, beside a plain script's way,
which asks only whether the row's own date is past.
"""

import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from candour.engines.knowledge import Account, Fact, Held, How, Status, facts_of, known
from candour.engines.knowledge.command import accounts_in, directory_for, facts_in
from candour.engines.matching import Ref
from candour.engines.matching.command import compare_files
from candour.engines.tables import ChronologyFile, read_chronology

SAMPLES = Path(__file__).parent.parent / "tests" / "samples"
CASES = ("child-r", "child-w")
AS_OF = date(2022, 6, 1)
SAID = {Status.RECORDED: "knew", Status.SENDER_ONLY: "claimed", Status.NO_RECORD: "never"}
BETTER = {Status.NO_RECORD: 0, Status.SENDER_ONLY: 1, Status.RECORDED: 2}
Key = dict[str, dict[str, dict[str, str]]]


def read(folder: Path) -> tuple[dict[str, object], list[ChronologyFile]]:
    """The case as it starts, and its files."""
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    names = dict.fromkeys(agency["file"] for agency in case["agencies"])
    files = [
        read_chronology((folder / name).read_bytes(), name, case=case, as_of=AS_OF)
        for name in names
    ]
    return case, files


def rows_of_events(key: dict[str, list[dict[str, object]]]) -> dict[str, set[tuple[object, ...]]]:
    """Each event's rows by file, table and row."""
    found: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    for file in key["files"]:
        for row in file["rows"]:
            for event in row["events"]:
                found[event].add((file["file"], row["table"], row["row_index"]))
    return found


def place(ref: Hashable) -> tuple[object, ...]:
    """A row's place, as the key gives it."""
    assert isinstance(ref, Ref)
    return ref.file, ref.table, ref.row_index


def held_of(event: set[tuple[object, ...]], facts: Sequence[Fact], agency: str) -> Held:
    """What the fact that fits an event's rows best says of an agency; the best, where two do."""
    rows = [{place(account.ref) for account in fact.accounts} for fact in facts]
    fit = [len(event & mine) / len(event | mine) for mine in rows]
    best = [fact for fact, size in zip(facts, fit, strict=True) if size == max(fit)]
    return max((fact.held_by(agency) for fact in best), key=lambda held: BETTER[held.status])


def confusion(key: Key, events: dict[str, set[tuple[object, ...]]], facts: Sequence[Fact]) -> None:
    """Print the table of what the key says against what is proposed."""
    table: Counter[tuple[str, str]] = Counter()
    right = 0
    for event, agencies in key.items():
        for agency, truth in agencies.items():
            held = held_of(events[event], facts, agency)
            table[truth["status"], SAID[held.status]] += 1
            days = (str(held.earliest), str(held.latest))
            right += held.status is Status.RECORDED and days == (
                truth.get("earliest"),
                truth.get("latest"),
            )
    knew = sum(n for (said, _), n in table.items() if said == "knew")
    for said in SAID.values():
        row = "  ".join(f"{found} {table[said, found]:4}" for found in SAID.values())
        print(f"    key says {said:8} proposed: {row}")
    print(f"    knew with the right day: {right} of {knew} ({right / knew:.1%})")


def groups_of_key(
    case: dict[str, object], files: list[ChronologyFile], key: dict[str, list[dict[str, object]]]
) -> Sequence[Fact]:
    """The facts proposed where the rows are grouped as the key groups them."""
    compared = compare_files(files, case, AS_OF)
    whose = {one.ref: one.agency for one in compared.accounts if isinstance(one.ref, Ref)}
    accounts = [account for file in files for account in accounts_in(file, whose)]
    refs = {place(account.ref): account.ref for account in accounts}
    events = rows_of_events(key).values()
    groups = [[refs[at] for at in rows if at in refs] for rows in events]
    return facts_of(accounts, groups, directory_for(case, accounts))


def measure(folder: Path) -> None:
    """Print both tables of one case."""
    case, files = read(folder)
    key = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    events = rows_of_events(key)
    print(f"  {folder.name}, rows grouped as the key groups them")
    confusion(key["knowledge"], events, groups_of_key(case, files, key))
    print(f"  {folder.name}, rows grouped as matching proposes")
    confusion(key["knowledge"], events, facts_in(files, case, AS_OF))


def made_up(rows: int, chance: random.Random) -> list[Fact]:
    """Facts of fifteen agencies, about one row in three held by a second agency some days later."""
    facts = []
    for number in range(rows):
        day = date(2008, 1, 1) + timedelta(days=chance.randrange(3000))
        first = f"A{number % 15}"
        account = Account(number, first, day, day, "")
        held = [Held(first, Status.RECORDED, day, day, How.SAW, "", number)]
        for other in range(15):
            if other != number % 15:
                held.append(_held(f"A{other}", day, number, chance))
        facts.append(Fact((account,), tuple(held)))
    return facts


def _held(agency: str, day: date, number: int, chance: random.Random) -> Held:
    if chance.random() > 0.03:
        return Held(agency, Status.NO_RECORD)
    later = day + timedelta(days=chance.randrange(60))
    return Held(agency, Status.RECORDED, later, later, How.TOLD, f"A{number % 15}", -number)


def seconds(facts: Iterable[Fact]) -> tuple[float, float]:
    """Processor seconds of asking once, ours and the plain way; the median of five."""
    listed = list(facts)
    ours, plain = [], []
    for _ in range(5):
        start = time.process_time()
        known(listed, "A3", date(2012, 6, 1))
        ours.append(time.process_time() - start)
        start = time.process_time()
        [a for f in listed for a in f.accounts if a.earliest and a.earliest <= date(2012, 6, 1)]
        plain.append(time.process_time() - start)
    return sorted(ours)[2], sorted(plain)[2]


def main() -> None:
    """Print the tables, then the speed."""
    for name in sys.argv[1:] or CASES:
        measure(SAMPLES / name)
    for rows in (8_000, 100_000):
        ours, plain = seconds(made_up(rows, random.Random(rows)))
        print(
            f"  records held on a day, {rows:7,} rows: {ours * 1000:6.1f} ms"
            f" (by the rows' own dates alone, which shows what nobody held: {plain * 1000:.1f} ms)"
        )


if __name__ == "__main__":
    main()
