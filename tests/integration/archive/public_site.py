"""The pages, layers and addresses of the public process, in the test's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.test import Client, override_settings

from candour.sites.archive import settings as site


@contextmanager
def public_site() -> Iterator[Client]:
    """The archive answers, to somebody with a browser and no account."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with override_settings(
        SITE=site.SITE,
        ROOT_URLCONF=site.ROOT_URLCONF,
        MIDDLEWARE=site.MIDDLEWARE,
        TEMPLATES=site.TEMPLATES,
        ALLOWED_HOSTS=["testserver"],
        APPEND_SLASH=site.APPEND_SLASH,
        SECURE_REFERRER_POLICY="no-referrer",
    ):
        yield Client(raise_request_exception=True)
