"""Every setting of Candour, typed, read once from the environment (`CANDOUR_…`).

All faults are reported together, so that whoever installs Candour corrects them in one go.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(StrEnum):
    """What the installation is for; only production insists on every safeguard."""

    DEVELOPMENT = "development"
    DEMO = "demo"
    PRODUCTION = "production"


class Config(BaseSettings):
    """One installation of Candour. Each field is documented in docs/reference/settings.md."""

    model_config = SettingsConfigDict(env_prefix="CANDOUR_", extra="forbid")

    env: Environment = Field(
        default=Environment.DEVELOPMENT, description="What this installation is for"
    )
    data_dir: Path = Field(
        default=Path("var"), description="Folder of files and embedded databases"
    )
    key_file: Path = Field(
        default=Path("var/keys/service.key"),
        description="The service key, mode 0600, outside data_dir",
    )
    recovery_recipient: str = Field(
        default="", description="Offline age recipient that can open every case key"
    )
    database_url: str = Field(
        default="", description="Workspace database; empty for the embedded one"
    )
    owner_database_url: str = Field(
        default="", description="Workspace database as its owner: migrate, backup, verify"
    )
    archive_database_url: str = Field(
        default="", description="Archive database; empty for embedded"
    )
    archive_owner_database_url: str = Field(default="", description="Archive database as its owner")
    as_owner: bool = Field(default=False, description="Connect as owner; refused by the servers")
    secret_key: str = Field(
        default="", description="Signing secret; empty reads or makes one in data_dir"
    )
    workspace_hosts: list[str] = Field(
        default=["localhost", "127.0.0.1", "[::1]"], description="Host names of the workspace"
    )
    archive_hosts: list[str] = Field(
        default=["localhost", "127.0.0.1", "[::1]"], description="Host names of the archive"
    )
    workspace_url: str = Field(
        default="http://localhost:8001", description="Address in mails and links"
    )
    archive_url: str = Field(
        default="http://localhost:8002", description="Public address of the archive"
    )
    archive_vectors: bool = Field(
        default=False, description="Archive: index by meaning too; needs the extra “vectors”"
    )
    archive_follows: str = Field(
        default="",
        pattern=r"^(https?://\S+)?$",
        description="Archive node: address of the main archive; empty: not a node",
    )
    archive_most_behind: int = Field(
        default=300, ge=10, description="Archive node: silent when so many seconds behind"
    )
    https: bool = Field(default=False, description="Served over TLS: secure cookies and HSTS")
    clamd_socket: str = Field(
        default="", description="Socket path or host:port of clamd; empty: none"
    )
    smtp_url: str = Field(
        default="", description="smtp://user:password@host:port; empty: no mail server"
    )
    mail_from: str = Field(
        default="candour@localhost", description="Sender of reminders and invitations"
    )
    max_upload_mb: int = Field(
        default=50, ge=1, le=2048, description="Largest file accepted, megabytes"
    )
    allow_sqlite: bool = Field(
        default=False, description="Production: override the refusal of SQLite"
    )
    allow_key_beside_data: bool = Field(
        default=False, description="Production: override the refusal of a key inside data_dir"
    )
    allow_no_scanner: bool = Field(
        default=False, description="Production: override the refusal of a missing virus scanner"
    )
    rules_dir: Path | None = Field(
        default=None, description="Folder of a partnership's own rule files; empty: none"
    )
    timestamp_url: str = Field(
        default="", description="https address of an RFC 3161 time-stamping service; empty: none"
    )
    timestamp_roots: Path | None = Field(
        default=None, description="PEM file of the roots that vouch for that service; it is needed"
    )
    archive_keeper: str = Field(
        default="", description="Name and post of the person who answers for the archive"
    )
    archive_contact: str = Field(
        default="", description="E-mail address of that person, for corrections and removals"
    )
    demo: bool = Field(default=False, description="Shows the demonstration banner on every page")


@cache
def config() -> Config:
    """The configuration of this process; raises pydantic's ValidationError with every fault."""
    return Config()
