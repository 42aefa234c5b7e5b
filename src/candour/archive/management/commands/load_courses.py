"""`load_courses FILE`: write down how long reviews took."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from candour.archive.courses import load_courses


class Command(BaseCommand):
    """A line that cannot be taken is named, and the others are taken."""

    help = "Load months of incidents and reasons of delay (CSV: review, incident, reason, source)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV file")

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            taken, left = load_courses(file)
        except (OSError, UnicodeDecodeError) as fault:
            raise CommandError(f"{file}: {fault}") from fault
        for line, reason in left:
            self.stderr.write(f"line {line}: {reason}")
        self.stdout.write(f"{taken} taken, {len(left)} not")
