"""The engine commands: JSON in, JSON lines out, without a web site or a database.

Exit status 0: an answer was given, problems found are inside it. 1: an input was unreadable.
2: bad usage. Each engine is imported only when it is called, so that `candour dates` starts at
once.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path


def dates(arguments: Sequence[str]) -> int:
    """`candour dates`: one string a line in, one JSON object a line out."""
    parser = _parser("dates", "Read uncertain dates, one a line on standard input.")
    parser.add_argument("--day-order", choices=("dmy", "mdy", "auto"), default="auto")
    parser.add_argument("--born", type=date.fromisoformat, metavar="YYYY-MM-DD")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD")
    given = parser.parse_args(arguments)

    from candour.engines.dates import Context, DayOrder
    from candour.engines.dates.command import run

    context = Context(
        day_order=DayOrder(given.day_order), born=given.born, as_of=given.as_of or _today()
    )
    try:
        for line in run(sys.stdin, context):
            sys.stdout.write(f"{line}\n")
    except UnicodeDecodeError as error:
        sys.stderr.write(f"candour dates: standard input is not UTF-8 text ({error.reason}).\n")
        return 1
    return 0


def chronology(arguments: Sequence[str]) -> int:
    """`candour chronology read|merge|knowledge|known`."""
    parser = _parser("chronology", "Read chronology files, merge them, ask what they show.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    merge = verbs.add_parser("merge", help="the integrated chronology, in order")
    known = verbs.add_parser("known", help="the rows an agency held on a day")
    for verb in (
        verbs.add_parser("read", help="one JSON object for each file"),
        merge,
        verbs.add_parser("compare", help="same events, differing accounts, one-sided contacts"),
        verbs.add_parser("knowledge", help="which agency held which fact, and from when"),
        known,
    ):
        verb.add_argument("files", nargs="+", type=Path, metavar="FILE")
        verb.add_argument("--case", type=Path, metavar="case.json")
        verb.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD")
    merge.add_argument("--out", type=Path, required=True, metavar="X.docx|X.xlsx|X.csv|X.json")
    merge.add_argument("--agency", action="append", default=[], metavar="FILE=NAME")
    known.add_argument("--agency", required=True, metavar="CODE")
    known.add_argument("--on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    given = parser.parse_args(arguments)
    try:
        lines, status = _CHRONOLOGY[given.verb](given, given.as_of or _today())
    except ValueError as error:
        parser.error(str(error))
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return status


def _read(given: argparse.Namespace, as_of: date) -> tuple[list[str], int]:
    from candour.engines.tables.command import read_command

    return read_command(given.files, given.case, as_of)


def _merge(given: argparse.Namespace, as_of: date) -> tuple[list[str], int]:
    from candour.engines.tables.command import agencies_given, merge_command

    agencies = agencies_given(given.agency)
    return merge_command(given.files, given.out, given.case, as_of, agencies)


def _knowledge(given: argparse.Namespace, as_of: date) -> tuple[list[str], int]:
    from candour.engines.knowledge.command import knowledge_command

    return knowledge_command(given.files, given.case, as_of)


def _known(given: argparse.Namespace, as_of: date) -> tuple[list[str], int]:
    from candour.engines.knowledge.command import known_command

    return known_command(given.files, given.case, as_of, given.agency, given.on)


def _compare(given: argparse.Namespace, as_of: date) -> tuple[list[str], int]:
    from candour.engines.matching.command import compare_command

    return compare_command(given.files, given.case, as_of)


_CHRONOLOGY = {
    "read": _read,
    "merge": _merge,
    "compare": _compare,
    "knowledge": _knowledge,
    "known": _known,
}


def statute(arguments: Sequence[str]) -> int:
    """`candour statute assess|due|independence|transition|rules|diagram`."""
    from candour.engines.statute.command import main

    return main(arguments)


def hindsight(arguments: Sequence[str]) -> int:
    """`candour hindsight FILE`."""
    from candour.engines.hindsight.command import main

    return main(arguments)


def anonymise(arguments: Sequence[str]) -> int:
    """`candour anonymise FILE --register R.json --out FILE2`, and `candour anonymise check`."""
    from candour.engines.anonymise.command import main

    return main(arguments)


def search(arguments: Sequence[str]) -> int:
    """`candour search index|run`."""
    from candour.engines.search.command import app

    app(args=list(arguments), prog_name="candour search")
    return 0


def reading(arguments: Sequence[str]) -> int:
    """`candour reading FILE...`."""
    from candour.engines.reading.command import main

    return main(arguments)


ENGINES: dict[str, Callable[[Sequence[str]], int]] = {
    "dates": dates,
    "chronology": chronology,
    "statute": statute,
    "hindsight": hindsight,
    "anonymise": anonymise,
    "search": search,
    "reading": reading,
}


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=f"candour {name}", description=description)


def _today() -> date:
    from candour.kernel.clock import today

    return today()
