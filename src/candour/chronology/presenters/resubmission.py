"""What the pages of resubmitted files show."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from candour.cases.access import Access
from candour.chronology.naming import Showing
from candour.chronology.presenters.places import room_address
from candour.chronology.selectors.resubmission import Pair
from candour.contributions.models import Entry, Submission
from candour.ui.wording import day, plural

Cells = list[str | dict[str, str | bool]]


def file_rows(access: Access, found: Iterable[Submission]) -> list[Cells]:
    """Each replaced file leads to what its successor changed."""
    return [
        [
            {
                "text": f"File {one.number}, {one.document.neutral_name}",
                "href": room_address("changes", access, submission_id=one.pk),
            },
            one.request.agency.name,
            day(one.signed_off_at.date()) if one.signed_off_at else "",
        ]
        for one in found
    ]


def counted(pairs: Sequence[Pair]) -> str:
    """How many rows stayed, changed, came and went."""
    kinds = [what(pair) for pair in pairs]
    return (
        f"{plural(kinds.count('The same'), 'row')} the same, {kinds.count('Changed')} changed, "
        f"{kinds.count('Added')} added, {kinds.count('Gone')} gone."
    )


def what(pair: Pair) -> str:
    """What became of a row."""
    if pair.same:
        return "The same"
    if pair.before and pair.after:
        return "Changed"
    return "Added" if pair.after else "Gone"


@dataclass(frozen=True)
class ChangedRow:
    """A row that is not the same, with both its wordings; `carry` is the earlier row's id where
    work hangs on it that could go with the later one."""

    place: str
    what: str
    before: str
    after: str
    carry: str
    stays: bool


def change_rows(pairs: Iterable[Pair], held: Set[UUID], shown: Showing) -> list[ChangedRow]:
    """Every row that is not the same, with both its wordings and whether work hangs on it."""
    return [
        ChangedRow(
            place=_place(pair),
            what=what(pair),
            before=_words(pair.before, shown),
            after=_words(pair.after, shown),
            carry=_with_work(pair, held) if pair.after else "",
            stays=bool(_with_work(pair, held)) and pair.after is None,
        )
        for pair in pairs
        if not pair.same
    ]


def _with_work(pair: Pair, held: Set[UUID]) -> str:
    """The earlier row's id where work hangs on it."""
    return str(pair.before.pk) if pair.before and pair.before.pk in held else ""


def _place(pair: Pair) -> str:
    places = [f"row {entry.row_index}" for entry in (pair.before, pair.after) if entry]
    return " to ".join(dict.fromkeys(places)).capitalize()


def _words(entry: Entry | None, shown: Showing) -> str:
    if entry is None:
        return "No such row"
    cells = [text for text in entry.text.values() if text and text != entry.date_raw]
    return shown(" | ".join((entry.date_raw or "No date", *cells)))
