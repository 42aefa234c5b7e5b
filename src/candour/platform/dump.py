"""Rows of any model as JSON lines, and back: the same text whichever database engine holds them."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, router

# Sessions end with a restore; the rest is made anew by `migrate`, or only true of one server.
NOT_KEPT = frozenset(
    {
        "auth.group",
        "auth.permission",
        "contenttypes.contenttype",
        "platform.marker",
        "sessions.session",
        "usersessions.usersession",
    }
)

_ROWS_A_CHUNK = 1000


def kept_models(alias: str) -> list[type[models.Model]]:
    """The models of one database, each after those it refers to."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.label_lower not in NOT_KEPT
        and router.allow_migrate_model(alias, model)
    ]
    return _in_order(found)


def _in_order(found: list[type[models.Model]]) -> list[type[models.Model]]:
    ordered: list[type[models.Model]] = []
    waiting = sorted(found, key=lambda model: model._meta.label_lower)
    while waiting:
        ready = [model for model in waiting if not _refers_to(model) & set(waiting)]
        # A ring of references is left to the constraints, which are checked at the end.
        ordered += ready or waiting
        waiting = [model for model in waiting if model not in ordered]
    return ordered


def _refers_to(model: type[models.Model]) -> set[Any]:
    related = {field.related_model for field in model._meta.local_fields if field.is_relation}
    return related - {model}


def chunks(model: type[models.Model], alias: str) -> Iterator[tuple[int, bytes]]:
    """All rows of a model in order of their key: (how many rows, their JSON lines)."""
    rows = model._base_manager.using(alias).order_by("pk").iterator(_ROWS_A_CHUNK)
    while some := list(islice(rows, _ROWS_A_CHUNK)):
        yield len(some), "".join(f"{_line(row)}\n" for row in some).encode()


def load(model: type[models.Model], lines: Iterable[bytes], alias: str) -> int:
    """Insert rows from their JSON lines, exactly as they were; how many."""
    count = 0
    for line in lines:
        _instance(model, json.loads(line)).save_base(raw=True, force_insert=True, using=alias)
        count += 1
    return count


def clear(alias: str) -> None:
    """Remove the rows that migrations put into a fresh database: they come with the dump."""
    for model in reversed(kept_models(alias)):
        rows = model._base_manager.using(alias)
        if rows.exists():
            rows.all()._raw_delete(alias)


def reset_sequences(alias: str) -> None:
    """Let the database count on from the highest key that was loaded."""
    connection = connections[alias]
    statements = connection.ops.sequence_reset_sql(no_style(), kept_models(alias))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _line(row: models.Model) -> str:
    fields = {field.attname: _written(field, row) for field in row._meta.local_concrete_fields}
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _written(field: Any, row: models.Model) -> Any:
    value = field.value_from_object(row)
    # Django's own JSON form of an instant drops its microseconds, which the audit chain hashes.
    return None if value is None else field.value_to_string(row)


def _instance(model: type[models.Model], written: dict[str, Any]) -> models.Model:
    values = {}
    for field in model._meta.local_concrete_fields:
        if field.attname in written:
            value = written[field.attname]
            values[field.attname] = None if value is None else field.to_python(value)
    return model(**values)
