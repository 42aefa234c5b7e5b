"""What the pages of the desk and of a case's packs show."""

from collections.abc import Iterable

from django.urls import reverse

from candour.cases.access import Access
from candour.cases.steps import Row
from candour.engines.statistics import Shown
from candour.kernel import clock
from candour.oversight.counting import Figures
from candour.oversight.models import DeskLetter, DeskMember, NationalBody, Notified, PackSent, Paper
from candour.oversight.statistics import Duration
from candour.ui.wording import day, instant, plural

Cell = str | dict[str, str]
LEFT_OUT = "[c]"


def pack_rows(access: Access, packs: Iterable[PackSent]) -> list[list[Cell]]:
    """One row a pack that was sent."""
    return [
        [
            {
                "text": f"{pack.get_kind_display()}, {instant(pack.recorded_at)}",
                "href": reverse("oversight:pack", args=[access.case.reference, pack.pk]),
            },
            pack.body.name,
            day(pack.sent_on),
            pack.sent_how,
        ]
        for pack in packs
    ]


def pack_lines(pack: PackSent) -> list[Row]:
    """What is known of one pack."""
    lines: list[Row] = [
        {"key": "What", "value": pack.get_kind_display()},
        {"key": "To", "value": pack.body.name},
        {"key": "Sent", "value": f"{day(pack.sent_on)}. {pack.sent_how}"},
        {"key": "Recorded by", "value": f"{pack.sent_by.name}, {instant(pack.recorded_at)}"},
        {"key": "SHA-256 of what went", "value": pack.sha256},
    ]
    return [*lines, *([{"key": "Words", "value": pack.words}] if pack.words else [])]  # type: ignore[list-item]


def sections_of(paper: PackSent | Paper) -> list[dict[str, object]]:
    """The sections of what was sent, as a summary page shows them."""
    sections: list[dict[str, object]] = paper.content["sections"]
    return sections


def notified_rows(desk: NationalBody, rows: Iterable[Notified]) -> list[list[Cell]]:
    """One row an incident."""
    return [
        [
            {
                "text": f"{row.case_reference}, {row.sender_name}",
                "href": reverse("oversight:notified", args=[desk.pk, row.pk]),
            },
            row.get_nature_display(),
            day(row.notified_on),
            row.get_outcome_display(),
            row.get_standing_display(),
            _owed(row),
        ]
        for row in rows
    ]


def _owed(row: Notified) -> str:
    today = clock.today()
    if row.reply_due_on:
        return _by("Reply", row.reply_due_on < today, day(row.reply_due_on))
    if row.desk_owes_on:
        return _by("Our letter", row.desk_owes_on < today, day(row.desk_owes_on))
    if row.rapid_review_due_on and not row.rapid_review_on:
        late = row.rapid_review_due_on < today
        return _by("Rapid review", late, day(row.rapid_review_due_on))
    if row.outcome == Notified.Outcome.REVIEW and row.review_due_on and not row.report_on:
        return _by("Review", row.review_due_on < today, day(row.review_due_on))
    return ""


def _by(what: str, late: bool, when: str) -> str:
    return f"{what} {'overdue since' if late else 'due'} {when}"


def notified_lines(row: Notified) -> list[Row]:
    """What the desk knows of one incident."""
    told: list[Row] = [
        {"key": "Partnership", "value": row.sender_name},
        {"key": "Region", "value": row.get_region_display() or "Not entered"},
        {"key": "Nature", "value": row.get_nature_display()},
        {"key": "Day it happened", "value": day(row.incident_on) or "Not told"},
        {"key": "Notified", "value": day(row.notified_on)},
        {"key": "Rapid review", "value": _received(row)},
        {"key": "Decision of the partnership", "value": _decision(row)},
        {"key": "Publication", "value": row.get_publication_display()},
        {"key": "Standing", "value": row.get_standing_display()},
        {"key": "Owed", "value": _owed(row) or "Nothing"},
        {"key": "Asked to think again", "value": plural(row.challenges, "time")},
    ]
    return told


def _received(row: Notified) -> str:
    if row.rapid_review_on:
        return f"Received {day(row.rapid_review_on)}"
    return f"Due {day(row.rapid_review_due_on)}" if row.rapid_review_due_on else "Not told"


def _decision(row: Notified) -> str:
    if not row.outcome:
        return "Not told yet"
    return f"{row.get_outcome_display()}, {day(row.decided_on)}"


def happenings(papers: Iterable[Paper], letters: Iterable[DeskLetter]) -> list[dict[str, str]]:
    """Papers received and letters written, in the order in which they came and went."""
    received = [
        (
            paper.recorded_at,
            {
                "title": f"Received: {paper.get_kind_display()}",
                "when": day(paper.sent_on),
                "text": paper.words,
            },
        )
        for paper in papers
    ]
    written = [
        (
            letter.recorded_at,
            {
                "title": f"Letter {letter.number}: {letter.get_outcome_display()}",
                "when": day(letter.recorded_at),
                "by": letter.written_by.name,
                "text": _letter_words(letter),
            },
        )
        for letter in letters
    ]
    return [told for _, told in sorted([*received, *written], key=lambda pair: pair[0])]


def _letter_words(letter: DeskLetter) -> str:
    asked = f"Reply asked for by {day(letter.reply_due_on)}." if letter.reply_due_on else ""
    answered = "Answered." if letter.answered_by_id else ""
    return "\n".join(part for part in (letter.text, letter.quality, asked, answered) if part)


def in_words(shown: Shown) -> str:
    """A count as it is printed: the number, or the mark of a number left out."""
    return LEFT_OUT if shown is None else f"{shown:,}"


def figure_columns(figures: Figures) -> list[object]:
    """The headings of a table of figures."""
    total = [] if figures.one_way else ["All"]
    return ["Group", *({"text": text, "numeric": True} for text in (*figures.columns, *total))]


def figure_rows(figures: Figures) -> list[list[object]]:
    """The rows of a table of figures, its totals last."""
    rows: list[list[object]] = [
        [label, *map(_number, cells), *([] if figures.one_way else [_number(total)])]
        for label, cells, total in figures.rows
    ]
    if not figures.totals:
        return rows
    whole = [] if figures.one_way else [_number(figures.total)]
    return [*rows, ["All", *map(_number, figures.totals), *whole]]


def _number(shown: Shown) -> dict[str, object]:
    return {"text": in_words(shown), "numeric": True}


def duration_rows(durations: Iterable[Duration]) -> list[list[object]]:
    """One row a step: how many, and the quartiles in days."""
    return [
        [
            each.title,
            _number(each.spread.count),
            *(_days(value) for value in (each.spread.lower, each.spread.median, each.spread.upper)),
        ]
        for each in durations
    ]


def _days(value: float | None) -> dict[str, object]:
    return {"text": LEFT_OUT if value is None else f"{value:g}", "numeric": True}


def body_rows(bodies: Iterable[NationalBody]) -> list[list[Cell]]:
    """One row a national body."""
    return [
        [
            {"text": body.name, "href": reverse("oversight:body", args=[body.pk])},
            body.get_kind_display(),
            day(body.began_on),
            day(body.ended_on) or "Still is",
            body.successor.name if body.successor else "",
            "Yes" if body.has_desk else "No",
        ]
        for body in bodies
    ]


def place_rows(places: Iterable[DeskMember]) -> list[list[Cell]]:
    """One row for each person at a desk."""
    return [
        [
            place.user.name,
            day(place.starts_at),
            {
                "text": f"End the place of {place.user.name}",
                "href": reverse("oversight:end_place", args=[place.pk]),
            },
        ]
        for place in places
    ]
