"""How long taking reports in lasts: `python bench/archive_intake.py [--reports 12] [--pages 60]`.

Born-digital PDFs of so many pages are made, kept, and read in a child process as the worker reads
them, possible names and twins included; what a librarian does afterwards is not. Processor time is
given beside wall time, because the machine may be shared. The rival is pdfminer.six where it is
installed, which gives bare text without structure.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

FOLDER = tempfile.mkdtemp(prefix="candour-bench-")
os.environ.setdefault("CANDOUR_DATA_DIR", f"{FOLDER}/data")
os.environ.setdefault("CANDOUR_KEY_FILE", f"{FOLDER}/keys/service.key")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.sites.workspace.settings")
sys.path.insert(0, str(Path(__file__).parent.parent))

import django  # noqa: E402
import typst  # noqa: E402

PARAGRAPH = (
    "The health visitor weighed the infant every fortnight and wrote down what she saw. Nobody "
    "asked where the infant slept at night, and the midwife was not told that they had moved. "
)
_WANTED_MINUTES, _CORES, _REPORTS = 30, 2, 2_000


def report(number: int, pages: int) -> bytes:
    """A report of about so many pages: headings, numbered paragraphs, lists, a table, notes."""
    chapter = f"""= Chapter of report {number}
{PARAGRAPH * 4}#footnote[Working Together, chapter 4.]

4.1 {PARAGRAPH * 5}

- {PARAGRAPH}
- {PARAGRAPH}

#table(columns: 3, [*Date*], [*Agency*], [*Event*], [3 March], [GP], [{PARAGRAPH}])

{PARAGRAPH * 6}
#pagebreak()
"""
    head = "#set page(header: [Report #h(1fr) Child X], footer: context counter(page).display())\n"
    return typst.compile((head + chapter * pages).encode())


def spent() -> float:
    """Processor seconds of this process and of every child that has ended."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, others = (resource.getrusage(who) for who in both)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def main() -> None:
    """Make, keep, read, and say what 2,000 reports on two cores would take."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=12)
    parser.add_argument("--pages", type=int, default=60)
    given = parser.parse_args()
    made = [report(number, given.pages) for number in range(given.reports)]
    django.setup()
    from candour.command.setting_up import make_key_and_folders, migrate_both

    make_key_and_folders()
    migrate_both()
    measure(made, given.pages)


def measure(made: list[bytes], pages: int) -> None:
    """Take each report in and read it as the worker does."""
    from candour.kernel.actor import SYSTEM
    from candour.library.services.take_in import begin_batch, read, take_in_folder

    folder = Path(FOLDER) / "reports"
    folder.mkdir()
    for number, content in enumerate(made):
        (folder / f"{number}.pdf").write_bytes(content)
    begin_batch(by=SYSTEM, source="bench")
    wall, used = time.monotonic(), spent()
    batch = take_in_folder(by=SYSTEM, folder=folder)
    kept = spent() - used
    counts = [
        read(by=SYSTEM, intake_id=intake.pk).reading["pages"] for intake in batch.intakes.all()
    ]
    wall, used = time.monotonic() - wall, spent() - used
    each = used / len(made)
    whole = each * _REPORTS / _CORES / 60
    print(f"{len(made)} reports of {sum(counts) / len(counts):.0f} pages, asked for {pages}")
    keeping = kept / len(made)
    print(f"processor: {each:.2f} s a report ({keeping:.2f} s of it keeping), wall {wall:.0f} s")
    wanted = f"wanted {_WANTED_MINUTES}"
    print(f"{_REPORTS} reports on {_CORES} free cores: {whole:.0f} minutes ({wanted})")
    rival(made)


def rival(made: list[bytes]) -> None:
    """Bare text by pdfminer.six, if it is there."""
    try:
        from io import BytesIO

        from pdfminer.high_level import extract_text
    except ImportError:
        print("pdfminer.six is not installed: no rival")
        return
    used = spent()
    for content in made[:2]:
        extract_text(BytesIO(content))
    print(f"pdfminer.six, bare text: {(spent() - used) / 2:.2f} s a report")


if __name__ == "__main__":
    main()
