"""The engine that renders every page of both sites."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from candour.ui.components import govuk
from candour.ui.rendering import error_summary, form_fields, has_errors, render_field
from candour.ui.wording import clock_time, day, instant, marked, plural


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of the page with this URL name; raises NoReverseMatch for an unknown one."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> Environment:
    """Our pages' engine: a name that nobody gave is an error, never a blank on the page."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    options.pop("autoescape", None)
    engine = Environment(autoescape=True, **options)
    engine.globals.update(
        url=url,
        static=static,
        govuk=govuk,
        field=render_field,
        form_fields=form_fields,
        error_summary=error_summary,
        has_errors=has_errors,
    )
    engine.filters.update(
        day=day, instant=instant, clock_time=clock_time, plural=plural, marked=marked
    )
    return engine
