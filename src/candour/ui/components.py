"""GOV.UK Frontend components, called from Python or from a page.

They are kept in an engine of their own, because their macros lean on parameters that were not
given, while our own pages must not lean on anything that was not given.
"""

from collections.abc import Mapping
from functools import cache
from typing import cast

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup


@cache
def _macros() -> Environment:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    # They are part of a release and never change under a running server.
    return Environment(
        loader=loader, autoescape=True, auto_reload=False, undefined=ChainableUndefined
    )


def govuk(component: str, params: Mapping[str, object]) -> Markup:
    """The HTML of one component, for example `govuk("button", {"text": "Continue"})`.

    `component` is its name in the GOV.UK Design System ("date-input"). Give words as `text`, which
    is escaped; `html` is taken as it is. Raises jinja2.TemplateNotFound for an unknown name.
    """
    template = _macros().get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
    macro = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    return cast(Markup, getattr(template.module, macro)(dict(params)))
