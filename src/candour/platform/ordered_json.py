"""A JSON column that keeps the order of its keys on both engines."""

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import JSONField
from django.db.models.expressions import Expression


class OrderedJSONField(JSONField):
    """JSON whose keys come back as they went in: a table's headings in the order of its columns.

    PostgreSQL's jsonb, which Django uses, sorts keys by length; its json keeps the text as it is.
    Such a column has no equality there, so a query may neither compare it nor be DISTINCT over it.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """The column's type: json on PostgreSQL, else as Django has it."""
        return "json" if connection.vendor == "postgresql" else str(super().db_type(connection))

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        """The value as text, which the column takes as it is."""
        if connection.vendor != "postgresql" or value is None:
            return super().get_db_prep_value(value, connection, prepared)
        return json.dumps(value, cls=self.encoder)

    def from_db_value(
        self, value: Any, expression: Expression, connection: BaseDatabaseWrapper
    ) -> Any:
        """What was kept; PostgreSQL's driver has read it already."""
        read = connection.vendor == "postgresql" and not isinstance(value, str)
        return value if read else super().from_db_value(value, expression, connection)
