"""Whole addresses of the archive's things, as machines elsewhere keep them."""

from urllib.parse import urlsplit

from django.urls import reverse

from candour.archive.models import ReviewRecord, Version
from candour.platform.config import config

PURPOSE = "This review is for learning. It is not an inquiry into cause or culpability."


def whole(name: str, *args: object) -> str:
    """The address of a page with the site before it."""
    return config().archive_url.rstrip("/") + reverse(name, args=args)


def of_record(record: ReviewRecord | str) -> str:
    """The permanent address of a review."""
    return whole("archive:review", record if isinstance(record, str) else record.pk)


def of_version(version: Version) -> str:
    """The permanent address of one text of a review."""
    return whole("archive:text", version.record_id, version.number)


def host() -> str:
    """The archive's host name, by which its identifiers are told from others'."""
    return urlsplit(config().archive_url).hostname or "localhost"
