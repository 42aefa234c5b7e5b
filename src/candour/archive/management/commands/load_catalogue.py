"""`load_catalogue FILE`: enter a catalogue of reviews and bring the search up to date."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from candour.archive.catalogue import load_catalogue
from candour.archive.indexing import index_pending
from candour.kernel.errors import Invalid


class Command(BaseCommand):
    """Loading the same file again changes nothing; a line that cannot be read is named."""

    help = "Load a catalogue of published reviews (CSV) into the archive."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV file")

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            report = load_catalogue(file)
        except (Invalid, OSError, UnicodeDecodeError) as fault:
            reason = fault.reason if isinstance(fault, Invalid) else str(fault)
            raise CommandError(f"{file}: {reason}") from fault
        index_pending()
        for line in report.not_loaded:
            self.stderr.write(f"line {line.line} ({line.id or 'no id'}): {line.reason}")
        self.stdout.write(
            f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged, "
            f"{report.kept} kept as deposited or withdrawn, {len(report.not_loaded)} not loaded"
        )
