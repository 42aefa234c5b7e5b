"""What `candour setup` and `candour migrate` do, each step safe to repeat."""

from dataclasses import dataclass
from pathlib import Path

from candour.platform.config import config
from candour.platform.databases import ARCHIVE, WORKSPACE
from candour.platform.keys import make_service_key


@dataclass(frozen=True)
class Made:
    """Where the service key is, and whether it was made now."""

    key: Path
    new: bool


def make_key_and_folders() -> Made:
    """Make the data folder and the service key where they are missing."""
    settings = config()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = not settings.key_file.exists()
    if new:
        make_service_key(settings.key_file)
    return Made(settings.key_file, new)


def migrate_both() -> None:
    """Migrate workspace and archive, gather the static files, put row security in place."""
    from django.core.management import call_command

    from candour.archive.vocabularies import load_vocabularies
    from candour.platform import row_security

    row_security.create_roles(WORKSPACE)
    quietly = {"interactive": False, "verbosity": 0, "skip_checks": True}
    call_command("migrate", database=WORKSPACE, **quietly)
    # The other rooms have no table there, and going through their history takes seconds.
    call_command("migrate", "archive", database=ARCHIVE, **quietly)
    load_vocabularies()
    row_security.apply(WORKSPACE)
    row_security.apply_archive(ARCHIVE)
    gather_static_files()


def gather_static_files() -> None:
    """Put the style sheets and scripts of this release where the servers look for them."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)


def invite_first_administrator(
    partnership: str, email: str, name: str, *, another: bool = False
) -> str:
    """Create the partnership if it is new, and answer with its administrator's one-time link.

    With `another` one more administrator where there is one already.
    """
    from candour.kernel.actor import SYSTEM
    from candour.people.models import Partnership
    from candour.people.services import first_administrator_link
    from candour.platform.acting import acting

    with acting(SYSTEM):
        found, _ = Partnership.objects.get_or_create(
            name=partnership.strip(), defaults={"short_name": partnership.split()[0][:60]}
        )
        invited = first_administrator_link(
            email=email, name=name, partnership=found, another=another
        )
        return invited.address
