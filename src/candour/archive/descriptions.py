"""What a page says of a review beyond its facts: its account, its subjects, what belongs to it."""

from dataclasses import dataclass
from itertools import groupby

from candour.archive.models import (
    Announcement,
    Description,
    RelatedDocument,
    ReviewRecord,
    Term,
    Vocabulary,
)


@dataclass(frozen=True, slots=True)
class Account:
    """The parts of a description that were written, under their headings."""

    parts: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    subjects: tuple[tuple[str, tuple[Term, ...]], ...]
    announcements: tuple[Announcement, ...]
    related: tuple[RelatedDocument, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written anything yet."""
        return not (self.parts or self.questions)


_PARTS = (
    ("incident", "What happened"),
    ("background", "Background"),
    ("learning", "What was learned"),
    ("recommendations", "What was recommended"),
    ("do_differently", "What to do differently"),
)


def account_of(record: ReviewRecord) -> Account:
    """The account of a visible review; a part that nobody wrote is left out."""
    told = Description.objects.filter(record=record).first()
    parts = [(heading, getattr(told, name)) for name, heading in _PARTS] if told else []
    if told and told.methodology != "UNKNOWN":
        parts.append(("How it was done", told.get_methodology_display()))
    questions = told.questions.splitlines() if told else []
    return Account(
        parts=tuple((heading, text) for heading, text in parts if text),
        questions=tuple(line.strip() for line in questions if line.strip()),
        subjects=tuple(_by_vocabulary(record)),
        announcements=tuple(record.announcements.all()),
        related=tuple(_related(record)),
    )


def _by_vocabulary(record: ReviewRecord) -> list[tuple[str, tuple[Term, ...]]]:
    terms = record.subjects.filter(is_retired=False).order_by("vocabulary", "label")
    groups = groupby(terms, key=lambda term: term.vocabulary)
    return [(Vocabulary(vocabulary).label, tuple(group)) for vocabulary, group in groups]


def _related(record: ReviewRecord) -> list[RelatedDocument]:
    """What belongs to the review; another review that was withdrawn is not led to."""
    rows = record.related.select_related("other")
    return [row for row in rows if row.other is None or row.other.status != "withdrawn"]
