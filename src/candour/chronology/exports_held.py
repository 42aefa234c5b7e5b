"""Records held on a day as a CSV file: the rows of the page, and nothing that came later."""

import csv
import hashlib
import io
from collections.abc import Iterable

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.chronology.exports import Export
from candour.chronology.naming import showing
from candour.chronology.presenters.lines import interval
from candour.chronology.selectors import chronology
from candour.chronology.selectors.knowledge import Asked, HeldRow, held_on
from candour.engines.tables.export_sheets import without_formula

_HEADINGS = ("Held from", "Held by the day", "Agency", "What the agency wrote", "Other columns")


@transaction.atomic
def export_held(*, access: Access, asked: Asked, names: bool) -> Export:
    """Write what an agency's records held on a day; an event says who took it.

    NotPermitted when names are asked for by somebody who may not read the register.
    """
    shown = showing(access, names)
    content = _written(held_on(access, chronology(access), asked, shown))
    record(
        "chronology.held_exported",
        by=access.actor,
        case_id=access.case.pk,
        agency=asked.agency,
        on=asked.on.isoformat(),
        names=names,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    name = f"{access.case.reference}-held-on-{asked.on.isoformat()}.csv"
    return Export(name, "text/csv; charset=utf-8", content)


def _written(rows: Iterable[HeldRow]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(_HEADINGS)
    for row in rows:
        cells = (
            interval(*row.window),
            "certain" if row.certain else "possible",
            row.line.place.agency_name,
            row.words,
            "\n".join(f"{heading}: {text}" for heading, text in row.cells),
        )
        writer.writerow([without_formula(cell) for cell in cells])
    return stream.getvalue().encode("utf-8-sig")
