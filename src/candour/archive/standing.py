"""The rows of paragraphs that may be shown at this moment; whatever proposes them, this decides."""

from functools import reduce
from operator import or_

from django.db.models import Q

from candour.archive.indexing import paragraph_id, split_paragraph_id
from candour.archive.models import Paragraph, ReviewRecord, Status
from candour.archive.selectors import latest_versions


def paragraphs_at(places: tuple[str, ...]) -> list[Paragraph]:
    """The paragraphs of a reader's list that may be shown now, in the order of the list."""
    standing = standing_rows([place for place in places if _is_place(place)])
    return [standing[place] for place in places if place in standing]


def standing_rows(ids: list[str]) -> dict[str, Paragraph]:
    """The rows of those paragraphs that may be shown now: of the latest text of a held review."""
    places = [split_paragraph_id(id) for id in ids]
    latest = latest_versions({record_id for record_id, _, _ in places})
    wanted = [
        Q(version=latest[record_id].pk, anchor=anchor)
        for record_id, number, anchor in places
        if record_id in latest and latest[record_id].number == number
    ]
    if not wanted:
        return {}
    rows = (
        Paragraph.objects.filter(reduce(or_, wanted))
        .select_related("version__record")
        .prefetch_related("version__record__publishers")
        .defer("html", "version__body_html")
    )
    return {
        paragraph_id(row.version.record_id, row.version.number, row.anchor): row for row in rows
    }


def withdrawn_ids() -> frozenset[str]:
    """Reviews whose text no search may touch, whatever the index still holds."""
    rows = ReviewRecord.objects.filter(status=Status.WITHDRAWN)
    return frozenset(rows.values_list("pk", flat=True))


def _is_place(place: str) -> bool:
    record_id, _, rest = place.partition("/v")
    number = rest.partition("#")[0]
    return bool(record_id) and number.isdecimal()
