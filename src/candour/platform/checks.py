"""What must be in place before a server of this installation may start.

Each refusal says what is wrong and how to put it right; those that an installation may have a
reason to live with are overridden one by one, by a setting of their own.
"""

import os
import stat
from collections.abc import Iterator, Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register, run_checks
from django.db import connections

from candour.kernel.errors import RuleBroken
from candour.platform.config import Config, Environment, config
from candour.platform.databases import ARCHIVE, WORKSPACE


class UnsafeStart(RuleBroken):
    """A server refuses to start; the reason lists every fault at once."""


def require_safe_start(site: str) -> None:
    """Raise UnsafeStart with every fault at once; called by `candour serve` and both servers.

    `site` is `workspace` or `archive`: the archive's server has no key and opens no file.
    """
    faults = run_checks(tags=[site], include_deployment_checks=True)
    if faults:
        listed = "\n".join(f"- {fault.msg}\n  {fault.hint}" for fault in faults)
        raise UnsafeStart("unsafe_start", f"Candour does not start:\n{listed}")


@register("workspace", deploy=True)
def workspace(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Every fault of this installation as the workspace's server sees it."""
    settings = config()
    return [
        *faults_of(settings),
        *faults_of_workspace(settings),
        *faults_of_role(settings, settings.database_url, WORKSPACE),
    ]


@register("archive", deploy=True)
def archive(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Every fault of this installation as the archive's server sees it."""
    settings = config()
    return [
        *faults_of(settings),
        *faults_of_role(settings, settings.archive_database_url, ARCHIVE),
    ]


def faults_of(config: Config) -> Iterator[Error]:
    """Faults that concern both servers."""
    if config.as_owner:
        yield Error(
            "A server must not connect as the owner of the tables.",
            hint="Unset CANDOUR_AS_OWNER; it is for migrate, backup and verify.",
            id="candour.owner",
        )
    if config.env is not Environment.PRODUCTION:
        return
    if config.demo:
        yield Error(
            "The demonstration's marker is set.",
            hint="Unset CANDOUR_DEMO; a demonstration never runs in production.",
            id="candour.demo",
        )
    if not config.https:
        yield Error(
            "The sites are not served over TLS.",
            hint="Put a TLS proxy in front and set CANDOUR_HTTPS=true.",
            id="candour.https",
        )


def faults_of_workspace(config: Config) -> Iterator[Error]:
    """Faults of what only the workspace has: confidential rows, the key, uploads."""
    if config.env is not Environment.PRODUCTION:
        return
    yield from _faults_of_key(config)
    if not config.database_url and not config.allow_sqlite:
        yield Error(
            "The workspace stands on SQLite, which has no row-level security.",
            hint="Set CANDOUR_DATABASE_URL to PostgreSQL, or CANDOUR_ALLOW_SQLITE=true.",
            id="candour.sqlite",
        )
    if not config.clamd_socket and not config.allow_no_scanner:
        yield Error(
            "There is no virus scanner.",
            hint="Set CANDOUR_CLAMD_SOCKET, or CANDOUR_ALLOW_NO_SCANNER=true.",
            id="candour.scanner",
        )


def _faults_of_key(config: Config) -> Iterator[Error]:
    key = config.key_file.resolve()
    if key.is_relative_to(config.data_dir.resolve()) and not config.allow_key_beside_data:
        yield Error(
            "The service key lies inside the data folder, so a copy of one is a copy of both.",
            hint="Move it and set CANDOUR_KEY_FILE, or CANDOUR_ALLOW_KEY_BESIDE_DATA=true.",
            id="candour.key_place",
        )
    if not key.exists():
        yield Error(
            f"There is no service key at {key}.",
            hint="Run `candour setup`, or put the key back from the safe.",
            id="candour.key_missing",
        )
    elif stat.S_IMODE(key.stat().st_mode) & 0o077 or key.stat().st_uid != os.geteuid():
        yield Error(
            "Others than this server's own user may read the service key.",
            hint=f"Give it to that user alone: chown it, then chmod 600 {key}",
            id="candour.key_mode",
        )


def faults_of_role(config: Config, url: str, alias: str) -> Iterator[Error]:
    """Faults of the server's database role, asked of PostgreSQL itself."""
    if config.env is not Environment.PRODUCTION or not url:
        return
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "select rolsuper or rolbypassrls, exists (select 1 from pg_tables"
            " where tableowner = current_user and schemaname = 'public')"
            " from pg_roles where rolname = current_user"
        )
        bypasses, owns = cursor.fetchone()
    if bypasses or owns:
        yield Error(
            f"The database role of the {alias} database stands above row-level security.",
            hint="Connect as a role that owns no table and bypasses nothing: candour_workspace, "
            "candour_archive; docs/install.md shows how they are made.",
            id="candour.role",
        )
