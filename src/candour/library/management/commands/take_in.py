"""`take_in FOLDER`: take in every report of a folder; started again, it goes on."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from candour.kernel.actor import SYSTEM
from candour.library.models import Intake
from candour.library.services.take_in import read, take_in_folder


class Command(BaseCommand):
    """Each file is committed by itself: after a crash the same command goes on where it was."""

    help = "Take in the reports of a folder for the librarians, and say of each how it went."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="Folder of reports")
        parser.add_argument("--read", action="store_true", help="Read them here, not in the worker")

    def handle(self, *, folder: Path, read: bool, **options: object) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder}: there is no such folder.")
        batch = take_in_folder(by=SYSTEM, folder=folder)
        for intake in batch.intakes.defer("reading"):
            told = _read(intake) if read else intake
            self.stdout.write(f"{told.sha256[:12]} {told.get_state_display()} {told.problem}")
        for fault in batch.faults:
            self.stderr.write(f"not taken in: {fault['name']}: {fault['reason']}")


def _read(intake: Intake) -> Intake:
    return read(by=SYSTEM, intake_id=intake.pk)
