"""The platform as a Django application."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PlatformConfig(AppConfig):
    """Finds every room's `jobs` once all models are loaded, and registers the boot checks."""

    name = "candour.platform"
    label = "platform"

    def ready(self) -> None:
        from candour.platform import checks  # noqa: F401

        autodiscover_modules("jobs")
