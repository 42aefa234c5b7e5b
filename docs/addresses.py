"""Every address of both sites, read from their URL configurations.

The list of addresses in docs/reference and the test that tries each of them as every role walk
the same list, so that neither can forget a page.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.converters import UUIDConverter

SITES = ("workspace", "archive")


@dataclass(frozen=True)
class Address:
    """One address of a site: its name, its route, and what the page says of itself.

    `kind` is the kind of record that a page of a case shows (`candour.cases.permissions.Kind`), or
    nothing; `public` whether nobody need be signed in; `parts` the changing parts of the route by
    name, and whether each is a record's id.
    """

    site: str
    name: str
    route: str
    view: str
    kind: str
    public: bool
    parts: tuple[tuple[str, bool], ...]

    @property
    def of_a_case(self) -> bool:
        """Does the address name a case?"""
        return any(part == "reference" for part, _ in self.parts)


def addresses(site: str) -> list[Address]:
    """All addresses of a site, in the order in which it tries them."""
    patterns = import_module(f"candour.sites.{site}.urls").urlpatterns
    return list(_walk(site, patterns, "", ""))


def _walk(
    site: str, patterns: list[URLPattern | URLResolver], route: str, space: str
) -> Iterator[Address]:
    for pattern in patterns:
        further = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(site, pattern.url_patterns, further, inner)
        else:
            yield _address(site, pattern, further, space)


def _address(site: str, pattern: URLPattern, route: str, space: str) -> Address:
    view: Callable[..., Any] = pattern.callback
    converters = pattern.pattern.converters
    return Address(
        site=site,
        name=f"{space}{pattern.name}" if pattern.name else "",
        route="/" + route,
        view=f"{view.__module__}.{view.__qualname__}",
        kind=str(getattr(view, "candour_kind", "")),
        public=site == "archive" or not getattr(view, "login_required", True),
        parts=tuple(
            (name, isinstance(converter, UUIDConverter)) for name, converter in converters.items()
        ),
    )
