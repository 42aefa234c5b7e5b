"""Document properties of Office files, which name people long after the text was anonymised."""

from __future__ import annotations

from candour.engines.tables.model import Leak
from candour.engines.tables.package import Package, local_name
from candour.engines.tables.wording import tidy_line

_NAMED = {
    "lastModifiedBy": "modified_by",
    "Company": "company",
    "Manager": "manager",
    "Application": "application",
    "Template": "template",
    "HyperlinkBase": "hyperlink_base",
}
_KEPT = frozenset(
    [
        "title",
        "subject",
        "creator",
        "keywords",
        "description",
        "category",
        "contentStatus",
        "identifier",
        "language",
        "created",
        "modified",
        "lastPrinted",
    ]
)
_NOT_NAMES = frozenset(
    ["application", "created", "modified", "lastPrinted", "language", "contentStatus"]
)


def office_properties(package: Package) -> dict[str, str]:
    """Return core, application and custom properties by name, the empty ones left out."""
    found: dict[str, str] = {}
    for part in ("docProps/core.xml", "docProps/app.xml"):
        root = package.xml(part)
        for element in root if root is not None else ():
            name = local_name(element)
            key = _NAMED.get(name, name if name in _KEPT else "")
            if key and element.text and element.text.strip():
                found[key] = tidy_line(element.text)
    return found | _custom(package)


def property_leaks(properties: dict[str, str]) -> list[Leak]:
    """Return the properties that may name somebody as leaks."""
    return [
        Leak(f"properties:{key}", value)
        for key, value in properties.items()
        if key not in _NOT_NAMES
    ]


def _custom(package: Package) -> dict[str, str]:
    root = package.xml("docProps/custom.xml")
    if root is None:
        return {}
    values = {prop.get("name", ""): tidy_line("".join(map(str, prop.itertext()))) for prop in root}
    return {f"custom {name}": value for name, value in values.items() if value}
