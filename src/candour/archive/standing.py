"""The rows of paragraphs that may be shown at this moment; whatever proposes them, this decides."""

from candour.archive.indexing import split_paragraph_id
from candour.archive.models import Paragraph, ReviewRecord, Status, Version
from candour.archive.selectors import latest_versions


def paragraphs_at(places: tuple[str, ...]) -> list[Paragraph]:
    """The paragraphs of a reader's list that may be shown now, in the order of the list."""
    standing = standing_rows([place for place in places if _is_place(place)])
    return [standing[place] for place in places if place in standing]


def standing_rows(ids: list[str]) -> dict[str, Paragraph]:
    """The rows of those paragraphs that may be shown now: of the latest text of a held review."""
    latest = latest_versions({split_paragraph_id(id)[0] for id in ids})
    wanted = _wanted(ids, latest)
    rows = (
        Paragraph.objects.filter(pk__in=wanted)
        .select_related("version__record")
        .prefetch_related("version__record__publishers")
        .defer("html", "version__body_html")
    )
    return {wanted[row.pk]: row for row in rows}


def _wanted(ids: list[str], latest: dict[str, Version]) -> dict[int, str]:
    """The keys of the rows meant, each with the identifier that asked for it."""
    # Each anchor stands in many reviews; which rows are meant is settled before any is read.
    asked = {
        (latest[record_id].pk, anchor): id
        for id in ids
        for record_id, number, anchor in (split_paragraph_id(id),)
        if record_id in latest and latest[record_id].number == number
    }
    near = Paragraph.objects.filter(
        version__in={version for version, _ in asked}, anchor__in={anchor for _, anchor in asked}
    )
    return {
        pk: asked[version, anchor]
        for pk, version, anchor in near.values_list("pk", "version", "anchor")
        if (version, anchor) in asked
    }


def withdrawn_ids() -> frozenset[str]:
    """Reviews whose text no search may touch, whatever the index still holds."""
    rows = ReviewRecord.objects.filter(status=Status.WITHDRAWN)
    return frozenset(rows.values_list("pk", flat=True))


def _is_place(place: str) -> bool:
    record_id, _, rest = place.partition("/v")
    number = rest.partition("#")[0]
    return bool(record_id) and number.isdecimal()
