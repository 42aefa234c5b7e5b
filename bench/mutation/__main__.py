"""How many small faults in a rule its tests notice: cosmic-ray on a sample, in a copy of the tree.

    python -m bench.mutation engines/knowledge --sample 60 --seed 1

Faults that no test can see (they change nothing, or wording alone) count as missed, so the figure
is a floor. The sample is drawn by chance from all the faults that cosmic-ray knows to make; its
size is printed beside the share. Not part of the tests: each fault runs them again.
"""

import argparse
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent
CONFIG = """
[cosmic-ray]
module-path = "src/candour/{module}"
timeout = 240.0
excluded-modules = {excluded}
test-command = "{test}"

[cosmic-ray.distributor]
name = "local"

[cosmic-ray.filters.operators-filter]
# "str | None" stands in annotations alone here, which nothing evaluates.
exclude-operators = ["core/ReplaceBinaryOperator_BitOr_.*"]
"""
TEST = (
    "{python} -m pytest -q -x -c /dev/null --rootdir=. --noconftest -p no:django -p no:randomly"
    " -p no:cacheprovider --import-mode=importlib tests/unit/{room}"
)


def main() -> None:
    """Print the share of faults noticed, then each that was not."""
    parser = argparse.ArgumentParser(prog="bench.mutation")
    parser.add_argument("module", help="below src/candour, such as engines/dates")
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", action="append", default=[], metavar="FILE")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("src", "tests", "bench"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("*.pyc"))
        session = _sampled(copy, given.module, given.without, given.sample, given.seed)
        _run(copy, "exec", "config.toml", "session.sqlite")
        _report(session, given.module)


def _sampled(copy: Path, module: str, without: list[str], size: int, seed: int) -> Path:
    excluded = [f"src/candour/{module}/{name}" for name in without]
    test = TEST.format(python=sys.executable, room=Path(module).name)
    config = CONFIG.format(module=module, excluded=excluded, test=test)
    (copy / "config.toml").write_text(config, encoding="utf-8")
    _run(copy, "init", "config.toml", "session.sqlite")
    _run(copy, "session.sqlite", "config.toml")
    session = copy / "session.sqlite"
    with sqlite3.connect(session) as database:
        done = {job for (job,) in database.execute("SELECT job_id FROM work_results")}
        found = database.execute("SELECT job_id FROM work_items")
        jobs = [job for (job,) in found if job not in done]
        specs = database.execute(
            "SELECT job_id, module_path, operator_name, start_pos_row, start_pos_col, occurrence"
            " FROM mutation_specs"
        )
        # Job ids are drawn anew each time: the order of faults in the files is not.
        order = {job: tuple(map(str, spec)) for job, *spec in specs}
        kept = set(random.Random(seed).sample(sorted(jobs, key=lambda j: order[j]), size))
        for job in (set(jobs) | done) - kept:
            database.execute("DELETE FROM work_results WHERE job_id = ?", (job,))
            database.execute("DELETE FROM mutation_specs WHERE job_id = ?", (job,))
            database.execute("DELETE FROM work_items WHERE job_id = ?", (job,))
    print(f"{module}: {size} faults of {len(jobs)}, seed {seed}", flush=True)
    return session


def _run(copy: Path, *command: str) -> None:
    environment = os.environ | {"PYTHONPATH": f"{copy / 'src'}{os.pathsep}{copy}"}
    tool = BIN / ("cr-filter-operators" if command[0].endswith(".sqlite") else "cosmic-ray")
    subprocess.run([tool, *command], cwd=copy, check=True, capture_output=True, env=environment)


def _report(session: Path, module: str) -> None:
    with sqlite3.connect(session) as database:
        results = database.execute(
            "SELECT m.module_path, m.operator_name, m.start_pos_row, r.test_outcome, r.diff"
            " FROM mutation_specs m JOIN work_results r ON r.job_id = m.job_id"
        ).fetchall()
    missed = [result for result in results if result[3] == "SURVIVED"]
    share = 1 - len(missed) / len(results)
    print(f"{module}: {len(results) - len(missed)} of {len(results)} noticed ({share:.0%})")
    for path, operator, line, _, diff in missed:
        changed = [
            row for row in diff.splitlines() if row[:1] in "+-" and row[:3] not in ("+++", "---")
        ]
        print(f"  {path}:{line} {operator}", *changed, sep="\n    ")


if __name__ == "__main__":
    main()
