"""One row of an agency's chronology as matching reads it."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date

from candour.engines.tables import Entry
from candour.engines.telling import columns_for_telling


@dataclass(frozen=True)
class Account:
    """What an agency wrote in one row.

    `ref` is whatever the caller knows the row by. `earliest` and `latest` are inclusive days; None
    is an open end, and both None a date that could not be read. `time_from` and `time_to` are
    "HH:MM", empty where the row gives none. `event`, `response` and `source` are the words of those
    columns, `told` and `told_by` those of columns that say whom it told and who told it, `about`
    those of columns that say whom the row is about. Comments are apart: they were written for the
    review, afterwards.
    """

    ref: Hashable
    agency: str
    earliest: date | None
    latest: date | None
    event: str
    response: str = ""
    source: str = ""
    comment: str = ""
    told: str = ""
    told_by: str = ""
    about: str = ""
    staff: str = ""
    time_from: str = ""
    time_to: str = ""
    recorded_on: date | None = None
    order: int = 0
    table: str = ""

    @property
    def dated(self) -> bool:
        """Whether at least one end of its window is known."""
        return self.earliest is not None or self.latest is not None

    @property
    def one_day(self) -> bool:
        """Whether its window is a single day."""
        return self.earliest is not None and self.earliest == self.latest


@dataclass(frozen=True, slots=True)
class Ref:
    """Where a row stands: its file, table number, sheet and row, counted from 1."""

    file: str
    table: int
    sheet: str | None
    row_index: int


def account_of(entry: Entry, agency: str) -> Account:
    """One row of a file as its agency's account."""
    reading = entry.date.reading
    refused = entry.must_refuse
    columns = columns_for_telling(entry.text, entry.roles)
    return Account(
        ref=Ref(entry.file, entry.table, entry.sheet, entry.row.row_index),
        agency=agency,
        earliest=None if refused else reading.earliest,
        latest=None if refused else reading.latest,
        event=event_words(entry.text, entry.roles),
        response=response_words(entry.text, entry.roles),
        source=columns["source"],
        comment=entry.words("comment"),
        told=columns["told"],
        told_by=columns["told_by"],
        about=about_words(entry.text, entry.roles),
        staff=entry.words("staff"),
        time_from=entry.time.time_from or "",
        time_to=entry.time.time_to or "",
        recorded_on=entry.recorded_on,
        order=entry.order,
        table=f"{entry.table}",
    )


_ABOUT = re.compile(r"\b(patient|child|subject|pupil|client|person|name)\b", re.I)


def event_words(text: Mapping[str, str], roles: Mapping[str, str]) -> str:
    """What happened; in a table whose one column of prose was taken for comments, that column."""
    return _played(text, roles, "event") or _played(text, roles, "comment")


def response_words(text: Mapping[str, str], roles: Mapping[str, str]) -> str:
    """What was done, with the prose of columns whose headings say nothing."""
    telling = columns_for_telling(text, roles).values()
    unknown = [
        words
        for name, words in text.items()
        if roles.get(name, "other") == "other"
        and not _ABOUT.search(name)
        and not any(words in said for said in telling)
        and (len(words.split()) >= 3 or words.endswith("."))
    ]
    return "\n".join(filter(None, (_played(text, roles, "response"), *unknown)))


def _played(text: Mapping[str, str], roles: Mapping[str, str], role: str) -> str:
    return "\n".join(text[name] for name, mine in roles.items() if mine == role and text.get(name))


def about_words(text: Mapping[str, str], roles: Mapping[str, str]) -> str:
    """The words of columns that say whom the row is about."""
    return "\n".join(
        words
        for name, words in text.items()
        if words and roles.get(name, "other") == "other" and _ABOUT.search(name)
    )
