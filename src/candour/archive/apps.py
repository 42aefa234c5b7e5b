"""The archive as a Django application."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Its tables live in the archive database (candour.platform.databases.ArchiveRouter)."""

    name = "candour.archive"
    label = "archive"
