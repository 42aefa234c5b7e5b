"""Reading tables in a child: the engine called with bytes, answering what JSON can hold."""

from dataclasses import asdict
from datetime import date
from typing import Any

from candour.engines.dates import DayOrder
from candour.engines.tables import read_tables as tables_of
from candour.engines.tables.chronology import read_chronology as chronology_of


def read_tables(data: bytes, options: dict[str, Any]) -> object:
    """Tables, headings, leaks and problems of one file; `options`: {name}."""
    return _plain(asdict(tables_of(data, options["name"])))


def read_chronology(data: bytes, options: dict[str, Any]) -> object:
    """Entries with their dates, in the shape of `candour chronology read`.

    `options`: {name, as_of: "YYYY-MM-DD", case: the case file's object or none, day_order: dmy,
    mdy or auto, roles: {heading: role} or none}; only name and as_of must be given.
    """
    return chronology_of(
        data,
        options["name"],
        case=options.get("case"),
        as_of=date.fromisoformat(options["as_of"]),
        day_order=DayOrder(options.get("day_order", "auto")),
        roles=options.get("roles"),
    ).to_json()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
