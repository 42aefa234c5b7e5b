"""Rows for what a file holds besides its visible rows: where it stands in words, and what of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from candour.contributions.desk import Desk
from candour.contributions.models import HeldBack, Submission
from candour.contributions.presenters.agencies import Cell, Row
from candour.ui.wording import plural

_PROPERTIES = {
    "title": "title",
    "subject": "subject",
    "creator": "author",
    "keywords": "keywords",
    "description": "comments",
    "modified_by": "last saved by",
    "company": "company",
    "manager": "manager",
}
_PLACES = {
    "file name": "Name of the file",
    "header": "Page header",
    "footer": "Page footer",
    "link address": "Address behind a link",
}


def held_groups(
    desk: Desk, submission: Submission, held: Iterable[HeldBack]
) -> list[dict[str, object]]:
    """The held-back parts by kind, each with its decision.

    Where two or more of a kind wait, there is a way to decide on all of them at once.
    """
    ordered = sorted(held, key=lambda part: part.kind)
    placed = list(zip(ordered, _told_apart(ordered), strict=True))
    return [
        _group(desk, submission, HeldBack.Kind(kind), list(parts))
        for kind, parts in groupby(placed, lambda each: each[0].kind)
    ]


def _told_apart(parts: Sequence[HeldBack]) -> list[str]:
    """Where each part stands; further parts of one place are numbered."""
    seen: Counter[str] = Counter()
    told = []
    for part in parts:
        place = where_it_stands(part)
        seen[place] += 1
        told.append(place if seen[place] == 1 else f"{place} ({seen[place]})")
    return told


def _group(
    desk: Desk,
    submission: Submission,
    kind: HeldBack.Kind,
    placed: Sequence[tuple[HeldBack, str]],
) -> dict[str, object]:
    at = {"submission_id": submission.pk}
    waiting = sum(1 for part, _ in placed if part.state == HeldBack.State.PENDING)
    return {
        "title": kind.label,
        "id": kind.value,
        "count": len(placed),
        "rows": [_held_row(desk, at, part, place) for part, place in placed],
        "decide_all": desk.address("decide_kind", kind=kind, **at) if waiting > 1 else "",
        "waiting": plural(waiting, "part"),
    }


def _held_row(desk: Desk, at: Mapping[str, object], part: HeldBack, place: str) -> list[Cell]:
    decided = part.state != HeldBack.State.PENDING
    words = f"{part.get_state_display()}: {part.reason}" if decided else part.get_state_display()
    href = desk.address("decide_part", part_id=part.pk, **at)
    what = "Change the decision" if decided else "Decide"
    return [place, part.text, words, {"text": f"{what}: {place}", "href": href}]


def where_it_stands(part: HeldBack) -> str:
    """Where in the file, as somebody who wrote it in Word or Excel would say it."""
    kind, _, name = part.place.partition(":")
    if kind == "properties":
        return f"File property “{_PROPERTIES.get(name, name.replace('_', ' '))}”"
    place = _PLACES.get(part.place, part.place[:1].upper() + part.place[1:])
    return f"{place}, {part.heading}" if part.heading else place


def held_rows(parts: Sequence[HeldBack]) -> list[Row]:
    """One held-back part in full, or each of several in a line."""
    if len(parts) != 1:
        return [{"key": where_it_stands(part), "value": part.text} for part in parts]
    part = parts[0]
    return [
        {"key": "What it is", "value": part.get_kind_display()},
        {"key": "Where", "value": where_it_stands(part)},
        {"key": "Text", "value": part.text},
        {"key": "Decision", "value": f"{part.get_state_display()} {part.reason}".strip()},
    ]
