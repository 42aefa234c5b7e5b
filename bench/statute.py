"""Assessing a case and counting clocks: the bars are 1 ms a case and 1 s for 10,000 clocks.

Run: .venv/bin/python bench/statute.py
Processor time of one core, so that a busy machine does not count against the code. Beside ours:
working days counted by the `holidays` library's own get_nth_working_day; it answers with the day
alone, ours with every step of the count.
"""

import csv
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from holidays import country_holidays

from candour.engines.statute import assess, due, rule_book, rule_sets
from candour.engines.statute.records import case_facts

SAMPLES = Path(__file__).parents[1] / "tests" / "samples" / "statutory"
CLOCKS = 10_000


def seconds(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started


def cases() -> list[dict[str, str]]:
    with (SAMPLES / "criteria.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def assess_all() -> None:
    for facts in FACTS * 20:
        assess(facts)


def count_all() -> None:
    for number in range(CLOCKS):
        rules, clock = COUNTED[number % len(COUNTED)]
        due(clock, rules, FIRST + timedelta(days=number % 8000))


def count_with_the_rival() -> None:
    known = country_holidays("GB", subdiv="ENG", years=range(2006, 2030))
    for number in range(CLOCKS):
        known.get_nth_working_day(FIRST + timedelta(days=number % 8000), 5)


FACTS = [case_facts(row, rule_book()) for row in cases()]
COUNTED = [
    (rules, clock.code)
    for rules in rule_sets()
    for clock in rules.clocks
    if clock.quantity and clock.unit != "hours"
]
FIRST = date(2006, 1, 2)

assess_all()
count_all()
assessed = min(seconds(assess_all) for _ in range(3)) / (len(FACTS) * 20)
counted = min(seconds(count_all) for _ in range(3))
print(f"assessment of a case       {1000 * assessed:8.3f} ms (bar 1 ms)")
print(f"10,000 clocks recomputed   {counted:8.3f} s  (bar 1 s), with every step of the count")
rival = min(seconds(count_with_the_rival) for _ in range(3))
print(f"holidays, nth working day  {rival:8.3f} s  for 10,000 of five days, the day alone")
print("within the bars" if assessed < 0.001 and counted < 1 else "SLOWER than the bars")
