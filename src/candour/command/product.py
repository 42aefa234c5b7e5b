"""The commands that set up and run the product: they load Django and, some, the owner's role."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from candour.kernel.errors import RuleBroken

WORKSPACE_SETTINGS = "candour.sites.workspace.settings"
ARCHIVE_SETTINGS = "candour.sites.archive.settings"

app = typer.Typer(
    help="Candour carries a serious case review from incident to published learning.",
    epilog="Engines, JSON in and JSON lines out: dates, chronology, reading, statute, hindsight, "
    "anonymise, search. Each answers --help.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Site(StrEnum):
    """The two processes that serve pages."""

    WORKSPACE = "workspace"
    ARCHIVE = "archive"


def product() -> int:
    """Run one command; a refusal is one plain message and exit status 1, bad settings are 2."""
    # Whatever Candour writes is for its own user alone.
    os.umask(0o077)
    try:
        app()
    except ValidationError as error:
        for fault in error.errors():
            name = "_".join(str(part) for part in fault["loc"]).upper()
            typer.echo(f"CANDOUR_{name}: {fault['msg']}", err=True)
        typer.echo("Correct these settings and run the command again.", err=True)
        return 2
    except RuleBroken as refusal:
        typer.echo(refusal.reason, err=True)
        return 1
    return 0


def load(settings: str = WORKSPACE_SETTINGS, *, as_owner: bool = False) -> None:
    """Load Django; `as_owner` connects as the owner of the tables, which no server may do."""
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    if as_owner:
        from candour.platform.config import config

        os.environ["CANDOUR_AS_OWNER"] = "true"
        # A command may have read the settings already, as somebody who owns nothing.
        config.cache_clear()
    import django

    django.setup()


@app.command()
def setup(
    partnership: Annotated[str, typer.Option(help="Name of the safeguarding partnership")],
    admin_email: Annotated[str, typer.Option(help="Address of the first administrator")],
    admin_name: Annotated[str, typer.Option(help="Name of the first administrator")],
    another: Annotated[
        bool, typer.Option("--another", help="Invite one more where there is one already")
    ] = False,
) -> None:
    """Make the key, the folders and both databases, and invite the first administrator.

    Safe to repeat: what is there stays; an administrator who has not joined gets a new link.
    Two people are needed to appoint an administrator from inside: invite a second one with
    --another.
    """
    from candour.command.setting_up import make_key_and_folders

    made = make_key_and_folders()
    typer.echo(f"Service key: {made.key} ({'made now' if made.new else 'there already'})")
    load(as_owner=True)
    from candour.command.setting_up import invite_first_administrator, migrate_both

    migrate_both()
    typer.echo("Databases: up to date")
    address = invite_first_administrator(partnership, admin_email, admin_name, another=another)
    typer.echo(f"Hand this one-time link to {admin_name}; it is shown only now:\n{address}")
    typer.echo(f"Keep a copy of {made.key} offline, and never beside a backup.")


@app.command()
def migrate() -> None:
    """Bring both databases up to this release; on PostgreSQL also row-level security."""
    load(as_owner=True)
    from candour.command.setting_up import migrate_both

    migrate_both()
    typer.echo("Databases: up to date")


@app.command()
def serve(
    site: Annotated[Site, typer.Argument(help="workspace or archive")],
    bind: Annotated[str, typer.Option(help="host:port to listen on")] = "",
    workers: Annotated[int, typer.Option(min=1, max=64, help="Server processes")] = 2,
) -> None:
    """Serve one of the two sites; refuses to start where a safeguard is missing."""
    load(WORKSPACE_SETTINGS if site is Site.WORKSPACE else ARCHIVE_SETTINGS)
    from candour.platform.checks import require_safe_start

    require_safe_start(site.value)
    port = 8001 if site is Site.WORKSPACE else 8002
    # No access log: addresses of the archive hold what people searched for.
    arguments = [
        *("--bind", bind or f"127.0.0.1:{port}"),
        *("--workers", str(workers), "--worker-class", "gthread", "--threads", "4"),
        *("--timeout", "60", "--graceful-timeout", "20", "--name", f"candour-{site.value}"),
        *("--log-level", "warning", "--logger-class", "candour.platform.server_log.ServerLog"),
        f"candour.sites.{site.value}.wsgi:application",
    ]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])  # noqa: S606


@app.command()
def worker() -> None:
    """Do what waits in the outbox and what comes round regularly; one for each installation."""
    load()
    import candour.command.rounds  # noqa: F401
    from candour.platform.checks import require_safe_start
    from candour.platform.worker import Worker

    require_safe_start("workspace")
    Worker().run()


@app.command()
def follow(
    once: Annotated[bool, typer.Option("--once", help="Catch up, bring files, and end")] = False,
) -> None:
    """Keep an archive node's index and files in step with its copy of the database.

    Run it with --once before the node's first start and after each upgrade.
    """
    load(ARCHIVE_SETTINGS)
    from candour.command.setting_up import gather_static_files
    from candour.platform.checks import require_safe_start

    require_safe_start("archive")
    gather_static_files()
    from candour.archive.following import Follower

    follower = Follower()
    if once:
        follower.catch_up()
    else:
        follower.run()


@app.command()
def backup(
    out: Annotated[Path, typer.Argument(help="File to write; must not exist")],
    recipient: Annotated[str, typer.Option(help="age public key to seal it to")] = "",
) -> None:
    """Write one encrypted file with both databases and all files, without the service key."""
    load(as_owner=True)
    from candour.platform.backup import FOLDERS, make_backup

    made = make_backup(out, recipient)
    files = sum(1 for name in made.parts if name.startswith(FOLDERS))
    typer.echo(f"{out}: {sum(made.rows.values())} rows, {files} files, {out.stat().st_size} bytes")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The backup")],
    into: Annotated[Path, typer.Option(help="Fresh data folder")],
    database_url: Annotated[str, typer.Option(help="Empty database; left out: embedded")] = "",
    archive_database_url: Annotated[str, typer.Option(help="Empty archive database")] = "",
    identity: Annotated[Path | None, typer.Option(help="age key file; else service key")] = None,
) -> None:
    """Bring a backup up in another folder, on either database engine; its mail is held.

    The service key is not in a backup: put it back first and set CANDOUR_KEY_FILE to its place.
    """
    os.environ["CANDOUR_DATA_DIR"] = str(into)
    os.environ["CANDOUR_DATABASE_URL"] = os.environ["CANDOUR_OWNER_DATABASE_URL"] = database_url
    os.environ["CANDOUR_ARCHIVE_DATABASE_URL"] = archive_database_url
    os.environ["CANDOUR_ARCHIVE_OWNER_DATABASE_URL"] = archive_database_url
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    load(as_owner=True)
    from candour.command.setting_up import migrate_both
    from candour.platform.restore import read_identity, restore_backup

    opened = read_identity(identity)
    migrate_both()
    rows = restore_backup(file, opened)
    typer.echo(f"{into}: {sum(rows.values())} rows restored")
    typer.echo("Nobody is signed in, and mail is held: `candour release-mail` lets it go.")
    _verify()


@app.command()
def verify() -> None:
    """Check every audit chain; name the first broken row of each and end with status 1."""
    load(as_owner=True)
    _verify()


@app.command(name="release-mail")
def release_mail() -> None:
    """Let the mail of a restored copy go, once you are sure that the original is not running."""
    load()
    from candour.platform.mail import let_mail_go, not_sent

    waiting = not_sent().count()
    let_mail_go()
    typer.echo(f"Mail is no longer held; {waiting} messages had not been sent.")


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def demo(context: typer.Context) -> None:
    """Play the demonstration; it lives in a checkout, outside the installed product."""
    checkout = Path(__file__).resolve().parents[3]
    if not (checkout / "demo" / "__main__.py").exists():
        typer.echo("The demonstration is not installed. Run `make demo` in a checkout.", err=True)
        raise typer.Exit(2)
    arguments = [sys.executable, "-m", "demo", *context.args]
    sys.stdout.flush()
    os.chdir(checkout)
    os.execv(sys.executable, arguments)  # noqa: S606


def _verify() -> None:
    from candour.audit.verification import verify as verify_chains

    broken = verify_chains()
    for fault in broken:
        typer.echo(str(fault))
    if broken:
        raise typer.Exit(1)
    typer.echo("Audit: every chain is whole")
