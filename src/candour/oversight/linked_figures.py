"""Tables of one year that tell of each other, so that none gives away what another leaves out.

The decisions not to hold a review are a line of the table of decisions and the whole of a table of
their own. Where the line is left out, the whole would tell it, and with it a small number beside.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from candour.oversight.counting import Figures
from candour.oversight.models import Notified

# (table, line of that table, the table that breaks this line down), outermost first.
BROKEN_DOWN = (
    ("decisions", Notified.Outcome.NONE.label, "no-review"),
    ("decisions", Notified.Outcome.REVIEW.label, "publication"),
    ("publication", Notified.Publication.NOT_TO_BE.label, "not-published"),
)
NOT_BROKEN_DOWN = (
    "Not broken down in this year: its total is left out elsewhere, so that a small number cannot "
    "be worked out from it."
)


def linked(tables: Iterable[Figures]) -> tuple[Figures, ...]:
    """The same tables, without those whose total another table leaves out."""
    found = {table.id: table for table in tables}
    for outer, line, inner in BROKEN_DOWN:
        if outer in found and inner in found and _leaves_out(found[outer], line):
            found[inner] = _withheld(found[inner])
    return tuple(found.values())


def _leaves_out(table: Figures, line: str) -> bool:
    """Is the number of this line left out, or the whole table?"""
    shown = [total for label, _, total in table.rows if label == line]
    return table.total is None if not shown else shown[0] is None


def _withheld(table: Figures) -> Figures:
    nothing: Sequence[None] = (None,) * len(table.totals)
    return replace(
        table,
        definition=f"{table.definition} {NOT_BROKEN_DOWN}",
        rows=(),
        totals=tuple(nothing),
        total=None,
    )
