"""What each column is for, guessed from its heading and its cells. A person confirms the guess."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

DATE: Final = "date"
OTHER: Final = "other"
ROLES: Final = (
    "date", "end_date", "time", "event", "source", "response", "comment", "agency", "staff",
    "recorded_on", "child_seen", "other",
)  # fmt: skip
_ONE_COLUMN_ONLY = frozenset({"date", "end_date", "time", "event", "recorded_on", "child_seen"})

_WORDING: Final[tuple[tuple[str, int, str], ...]] = (
    ("other", 12, r"\b(birth|dob|d\.o\.b)\b"),
    ("recorded_on", 11,
     r"\b(date|day|when|on)\b.*\b(recorded|entered|entry made|input|logged|typed|"
     r"written)\b"),
    ("recorded_on", 11, r"\b(recorded|entered|input|logged|written) (on|date)\b"),
    ("recorded_on", 3, r"^(recorded|entered|created|logged|added|keyed|keyed in|typed|input)$"),
    ("end_date", 11, r"\b(end|finish|closing|closed|closure)\b.*\bdate\b"),
    ("end_date", 11, r"^dates? (to|end|ended|closed|until|of closure)\b"),
    ("end_date", 6, r"^(end|to|until|closed|ended|finish|finished)$"),
    ("date", 10, r"^(start )?dates?\b"),
    ("date", 7, r"\bdates?\b|^when\b"),
    ("date", 5, r"^(day|period|timeline|from|start|opened|datetime|month)\b|\bperiod$"),
    ("date", 2, r"^(created|logged|added|reported|received)\b"),
    ("date", 2, r"^(encounters?|attended|attendances?|visit|visited|session)$"),
    ("time", 8, r"^(start )?time\b(?!line)|^hours?$|\btime of\b"),
    ("child_seen", 9,
     r"\bchild(ren)?\b.*\b(seen|spoken|heard|voice|present)\b|\b(seen|"
     r"voice of)\b.*\bchild"),
    ("child_seen", 7, r"^seen\b|\bvoice of\b|\blived experience\b|\bspoken to\b"),
    ("source", 9, r"\bsource\b"),
    ("source", 7, r"^(where|how) (held|kept|stored|known)$|^(held|kept|found|stored) (in|on|at)$"),
    ("source", 6, r"\b(record|records|document|documentation|evidence|file)\b"),
    ("staff", 9,
     r"\bwho (recorded|saw|attended|was involved|by)\b|\b(recorded|seen|completed|"
     r"entered) by\b"),
    ("staff", 5, r"^(by|by whom|who|whom|initials|signed|name)$"),
    ("staff", 7,
     r"\b(staff|officers?|clinicians?|workers?|professionals?|practitioners?|owner|"
     r"author|name of worker|hcp|handler)\b"),
    ("comment", 9, r"\bcomments?\b|\banalysis\b|\breflections?\b|\bcommentary\b"),
    ("comment", 6, r"\b(notes?|remarks?|observations? of|learning|opinion|appraisal|issues?)\b"),
    ("response", 7, r"^(done|what (was|we) (done|did)|what was done.*|steps taken)$"),
    ("response", 7,
     r"\b(responses?|actions?|outcomes?|what we did|decisions?|disposal|plan|"
     r"follow.?up|results?|interventions?)\b"),
    ("event", 9, r"\bevents?\b|\bwhat happened\b|\bincidents?\b|\bwhat was (said|seen|known)\b"),
    ("event", 7,
     r"\b(summary|narrative|descriptions?|details?|entry|appointments?|circumstances|"
     r"contacts?|occurrence)\b"),
    ("event", 4, r"\b(information|text|observations?|concerns?|content|significant)\b"),
    ("agency", 7,
     r"\b(agency|agencies|organisations?|organization|service|department|team|"
     r"provider)\b"),
)  # fmt: skip
_FEWEST_DATED = 2
_WORDS_OF_AN_EVENT = 20  # letters on average
_SHARE_DATED = 0.6
_COMPILED = tuple((role, weight, re.compile(pattern)) for role, weight, pattern in _WORDING)
_DATED = re.compile(
    r"\d{1,4}[./ -]\d{1,2}[./ -]\d{2,4}|\b(1[89]|20)\d\d\b|"
    r"\d (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)


def role_scores(heading: str) -> dict[str, int]:
    """Return how strongly a heading's words speak for each role; empty when they say nothing."""
    words = re.sub(r"[^a-z0-9./' ]+", " ", heading.lower()).strip()
    scores: dict[str, int] = {}
    for role, weight, pattern in _COMPILED:
        if pattern.search(words):
            scores[role] = max(weight, scores.get(role, 0))
    return scores


def guess_roles(
    headings: Sequence[str], sample_rows: Sequence[Sequence[str]] = ()
) -> dict[str, str]:
    """Return a role for every heading: one of `ROLES`, `other` where nothing speaks for a role.

    `sample_rows` are cells in heading order; they settle the date and event columns where the
    headings leave them open.
    """
    claims = [
        (score, -place, heading, role)
        for place, heading in enumerate(headings)
        for role, score in role_scores(heading).items()
    ]
    roles: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, heading, role in sorted(claims, reverse=True):
        if heading in roles or (role in _ONE_COLUMN_ONLY and role in taken):
            continue
        roles[heading] = role
        taken.add(role)
    _settle_date(headings, sample_rows, roles)
    _settle_event(headings, sample_rows, roles)
    return {heading: roles.get(heading, OTHER) for heading in headings}


def _settle_date(
    headings: Sequence[str], rows: Sequence[Sequence[str]], roles: dict[str, str]
) -> None:
    if DATE in roles.values():
        return
    spare = next((h for h in headings if roles.get(h) == "recorded_on"), None)
    dated = max(headings, key=lambda h: _share_dated(headings.index(h), rows), default=None)
    if dated is not None and _share_dated(headings.index(dated), rows) >= _SHARE_DATED:
        roles[dated] = DATE
    elif spare is not None:
        roles[spare] = DATE


def _settle_event(
    headings: Sequence[str], rows: Sequence[Sequence[str]], roles: dict[str, str]
) -> None:
    if "event" in roles.values() or DATE not in roles.values():
        return
    # What is headed "Notes" is a comment beside events, and the event where nothing else is.
    for spare in (OTHER, "comment"):
        free = [h for h in headings if roles.get(h, OTHER) == spare]
        longest = max(free, key=lambda h: _mean_length(headings.index(h), rows), default=None)
        if longest and _mean_length(headings.index(longest), rows) > _WORDS_OF_AN_EVENT:
            roles[longest] = "event"
            return


def _share_dated(place: int, rows: Sequence[Sequence[str]]) -> float:
    cells = [row[place] for row in rows if place < len(row) and row[place]]
    dated = sum(map(looks_dated, cells))
    return dated / len(cells) if dated >= _FEWEST_DATED else 0.0


def _mean_length(place: int, rows: Sequence[Sequence[str]]) -> float:
    return sum(len(row[place]) for row in rows if place < len(row)) / max(len(rows), 1)


def apply_choices(roles: dict[str, str], chosen: Mapping[str, str] | None) -> dict[str, str]:
    """Return the roles with a person's own choices in place of the guesses.

    A role that only one column can play is taken from the column that the guess gave it to.
    """
    if not chosen:
        return roles
    mine = {heading: role for heading, role in chosen.items() if heading in roles}
    claimed = set(mine.values()) & _ONE_COLUMN_ONLY
    rest = {h: (OTHER if role in claimed else role) for h, role in roles.items()}
    return rest | mine


def looks_dated(text: str) -> bool:
    """Return whether a short cell holds something like a date, by its shape alone."""
    return len(text) < 40 and bool(_DATED.search(text))
