"""`publish_theme_page FILE`: publish a signed page on a theme."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from candour.archive.theme_pages import publish_theme_page, read_theme_page
from candour.kernel.errors import Invalid


class Command(BaseCommand):
    """Publishing the same name again takes the place of what was there."""

    help = "Publish a page on a theme (TOML), each sentence of which rests on a paragraph."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="TOML file")

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            facts, sentences = read_theme_page(file)
            page = publish_theme_page(
                slug=str(facts["slug"]),
                title=str(facts["title"]),
                signed_by=str(facts["signed_by"]),
                signed_on=date.fromisoformat(str(facts["signed_on"])),
                theme=str(facts["theme"]),
                sentences=sentences,
            )
        except (Invalid, OSError, ValueError) as fault:
            reason = fault.reason if isinstance(fault, Invalid) else str(fault)
            raise CommandError(f"{file}: {reason}") from fault
        self.stdout.write(f"/themes/{page.slug}: {len(sentences)} sentences")
