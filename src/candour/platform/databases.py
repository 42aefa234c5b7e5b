"""The two databases: the workspace's and the archive's, embedded or PostgreSQL."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from candour.platform.config import Config

WORKSPACE = "default"
ARCHIVE = "archive"


def databases(config: Config) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for the workspace process, which also deposits into the archive."""
    workspace_url = config.owner_database_url if config.as_owner else config.database_url
    archive_url = (
        config.archive_owner_database_url if config.as_owner else config.archive_database_url
    )
    return {
        WORKSPACE: _database(
            workspace_url or config.database_url, config.data_dir / "workspace.sqlite3"
        ),
        ARCHIVE: _read_only_on_a_node(
            config,
            _database(
                archive_url or config.archive_database_url, config.data_dir / "archive.sqlite3"
            ),
        ),
    }


def _read_only_on_a_node(config: Config, database: dict[str, Any]) -> dict[str, Any]:
    # A replica takes no writing anyway; said here, it holds wherever the address leads by mistake.
    if config.archive_follows and database["ENGINE"].endswith("postgresql"):
        database["OPTIONS"] = {"options": "-c default_transaction_read_only=on"}
    return database


def _database(url: str, embedded: Path) -> dict[str, Any]:
    return _postgresql(url) if url else _sqlite(embedded)


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            # IMMEDIATE: a reader that later writes would otherwise fail at once instead of waiting.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: an answer "saved" must survive a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


class ArchiveRouter:
    """Archive tables live in the archive database and nowhere else; all others never there."""

    def _alias(self, app_label: str) -> str:
        return ARCHIVE if app_label == "archive" else WORKSPACE

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return self._alias(model._meta.app_label)

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return self._alias(model._meta.app_label)

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return self._alias(first._meta.app_label) == self._alias(second._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == self._alias(app_label)
