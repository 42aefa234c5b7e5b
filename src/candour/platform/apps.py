"""The platform as a Django application."""

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import autodiscover_modules

from candour.engines.statute.calendar import calendar_overrides
from candour.engines.statute.rulebook import rule_book
from candour.engines.statute.rulefiles import use_local_rules
from candour.kernel.errors import Invalid
from candour.platform.config import config


class PlatformConfig(AppConfig):
    """Finds every room's `jobs` once all models are loaded, and registers the boot checks."""

    name = "candour.platform"
    label = "platform"

    def ready(self) -> None:
        from candour.platform import checks  # noqa: F401

        _lay_local_rules_over()
        autodiscover_modules("jobs")


def _lay_local_rules_over() -> None:
    """A mistake in a partnership's own rule files stops the start, with its place."""
    folder = config().rules_dir
    if folder is None:
        return
    try:
        use_local_rules(folder)
        rule_book()
        calendar_overrides()
    except Invalid as fault:
        raise ImproperlyConfigured(fault.reason) from fault
