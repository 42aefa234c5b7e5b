"""The rows of paragraphs that may be shown at this moment; whatever proposes them, this decides."""

from django.db.models.fields.tuple_lookups import Tuple, TupleIn

from candour.archive.indexing import split_paragraph_id
from candour.archive.models import Paragraph
from candour.archive.shelf import shelf


def paragraphs_at(places: tuple[str, ...]) -> list[Paragraph]:
    """The paragraphs of a reader's list that may be shown now, in the order of the list."""
    standing = standing_rows([place for place in places if _is_place(place)])
    return [standing[place] for place in places if place in standing]


def standing_rows(ids: list[str]) -> dict[str, Paragraph]:
    """The rows of those paragraphs that may be shown now: of the latest text of a held review."""
    places = {id: split_paragraph_id(id) for id in ids}
    latest = shelf().latest(record_id for record_id, _, _ in places.values())
    asked = {
        (latest[record_id].pk, anchor): id
        for id, (record_id, number, anchor) in places.items()
        if record_id in latest and latest[record_id].number == number
    }
    if not asked:
        return {}
    versions = {version.pk: version for version in latest.values()}
    # Each anchor stands in many reviews: it is asked for together with its version.
    rows = Paragraph.objects.filter(TupleIn(Tuple("version_id", "anchor"), list(asked)))
    found = {}
    for row in rows.defer("html").order_by():
        row.version = versions[row.version_id]
        found[asked[row.version_id, row.anchor]] = row
    return found


def withdrawn_ids() -> frozenset[str]:
    """Reviews whose text no search may touch, whatever the index still holds."""
    return shelf().withdrawn()


def _is_place(place: str) -> bool:
    record_id, _, rest = place.partition("/v")
    number = rest.partition("#")[0]
    return bool(record_id) and number.isdecimal()
