"""The rows of paragraphs that may be shown at this moment; whatever proposes them, this decides."""

from candour.archive.indexing import split_paragraph_id
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
    versions = {
        latest[record_id].pk
        for record_id, number, _ in places
        if record_id in latest and latest[record_id].number == number
    }
    if not versions:
        return {}
    # Each anchor stands in many reviews; which rows are meant is settled before any is read.
    anchors = {anchor for _, _, anchor in places}
    near = Paragraph.objects.filter(version__in=versions, anchor__in=anchors)
    named = {
        (version, anchor): pk for pk, version, anchor in near.values_list("pk", "version", "anchor")
    }
    wanted = {
        named[latest[record_id].pk, anchor]: id
        for id, (record_id, number, anchor) in zip(ids, places, strict=True)
        if record_id in latest
        and latest[record_id].number == number
        and (latest[record_id].pk, anchor) in named
    }
    rows = (
        Paragraph.objects.filter(pk__in=wanted)
        .select_related("version__record")
        .prefetch_related("version__record__publishers")
        .defer("html", "version__body_html")
    )
    return {wanted[row.pk]: row for row in rows}


def withdrawn_ids() -> frozenset[str]:
    """Reviews whose text no search may touch, whatever the index still holds."""
    rows = ReviewRecord.objects.filter(status=Status.WITHDRAWN)
    return frozenset(rows.values_list("pk", flat=True))


def _is_place(place: str) -> bool:
    record_id, _, rest = place.partition("/v")
    number = rest.partition("#")[0]
    return bool(record_id) and number.isdecimal()
