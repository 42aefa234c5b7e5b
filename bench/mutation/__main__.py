"""How many small faults in a rule its tests notice: cosmic-ray's faults, one process to each.

    python -m bench.mutation engines/dates
    python -m bench.mutation engines/knowledge --sample 60 --seed 1

Every fault of the room is tried unless a sample is asked for. Faults that cannot change an answer
(bench/mutation/faults.py says which) are left out; others that change nothing, or wording alone,
count as missed, so the figure is a floor. Only the room's own unit tests are asked, less the few
that need pytest's fixtures. Not part of the tests: each fault runs them again.
"""

import argparse
import gc
import os
import random
import sys
import time
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from bench.mutation.faults import Fault, faults_in, shown, with_fault
from bench.mutation.trial import MISSED, Planted, forked, leaning_on, module_name, run

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src"


def main() -> None:
    """Print each fault that was not noticed, then the share of those that were."""
    given = _arguments()
    sys.path.insert(0, str(ROOT))
    room = f"candour.{given.room.replace('/', '.')}"
    folder = ROOT / "tests" / "unit" / Path(given.room).name
    tests = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in _tests(folder)]
    for name in tests:
        import_module(name)
    stale = leaning_on(room)
    order: dict[str, float] = {}
    run(tests, order)
    unharmed = sum(order.values())
    print(f"{len(tests)} files of tests, {unharmed:.1f} s unharmed", flush=True)
    # A fault that runs on for ever is noticed.
    trials = Trials(tests, stale, order, seconds=int(unharmed * 4) + 5, workers=given.workers)
    started = time.monotonic()
    missed, tried = trials.of(_chosen(SOURCE / "candour" / given.room, given))
    print(f"{given.room}: {tried - len(missed)} of {tried} noticed ({1 - len(missed) / tried:.1%}),"
          f" {time.monotonic() - started:.0f} s")  # fmt: skip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.mutation")
    parser.add_argument("room", help="below src/candour, such as engines/dates")
    parser.add_argument("--sample", type=int, help="this many, drawn by chance (default: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[], metavar="FILE")
    parser.add_argument("--without", action="append", default=[], metavar="FILE")
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


def _tests(folder: Path) -> list[Path]:
    return sorted(folder.glob("test_*.py"))


def _chosen(room: Path, given: argparse.Namespace) -> list[Fault]:
    files = [
        path
        for path in sorted(room.glob("*.py"))
        if path.name not in given.without and (not given.only or path.name in given.only)
    ]
    faults = sorted(fault for path in files for fault in faults_in(path))
    if given.sample is None or given.sample >= len(faults):
        print(f"{given.room}: all {len(faults)} faults", flush=True)
        return faults
    print(f"{given.room}: {given.sample} faults of {len(faults)}, seed {given.seed}", flush=True)
    return random.Random(given.seed).sample(faults, given.sample)


@dataclass
class Trials:
    """Tries faults, some at a time, and keeps those that no test noticed."""

    tests: list[str]
    stale: set[str]
    order: dict[str, float]
    seconds: int
    workers: int
    running: dict[int, Fault] = field(default_factory=dict)
    missed: list[Fault] = field(default_factory=list)

    def of(self, faults: list[Fault]) -> tuple[list[Fault], int]:
        """The faults missed, and how many could be tried."""
        gc.freeze()
        tried = 0
        for fault in faults:
            source = with_fault(fault)
            if source is not None:
                tried += 1
                self._start(fault, Planted(module_name(fault.path, SOURCE), fault.path, source))
        while self.running:
            self._end_one()
        return self.missed, tried

    def _start(self, fault: Fault, planted: Planted) -> None:
        child = forked(self.tests, self.stale, self.order, planted, self.seconds)
        self.running[child] = fault
        if len(self.running) >= self.workers:
            self._end_one()

    def _end_one(self) -> None:
        process, status = os.wait()
        fault = self.running.pop(process)
        if os.waitstatus_to_exitcode(status) == MISSED:
            self.missed.append(fault)
            print(f"  {fault.path.name}:{fault.line} {fault.operator}", *shown(fault),
                  sep="\n    ", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
