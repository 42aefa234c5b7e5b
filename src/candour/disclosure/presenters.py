"""What the page of the check lists. It never says that anything is safe."""

from collections.abc import Iterable

from django.urls import reverse

from candour.cases.access import Access
from candour.cases.steps import Row
from candour.disclosure.models import Check, Match
from candour.disclosure.selectors import MatchLine
from candour.reports.selectors import Prompted
from candour.ui.wording import instant

Cell = str | dict[str, object]

_KINDS = {
    "exact": "A form of the register",
    "near": "Like a form of the register",
    "pattern": "Shaped like an identifier",
}


def match_rows(access: Access, lines: Iterable[MatchLine], may_accept: bool) -> list[list[Cell]]:
    """One row a match: what was found, where, and what has been decided."""
    return [_match_row(access, line, may_accept) for line in lines]


def _match_row(access: Access, line: MatchLine, may_accept: bool) -> list[Cell]:
    decide: Cell = ""
    if may_accept and line.match.state == Match.State.OPEN:
        decide = {
            "text": f"Decide on “{line.form}” in {line.match.file}",
            "href": address(access, "accept", match_id=line.match.pk),
        }
    whose = line.match.identity.pseudonym if line.match.identity else "Not in the register"
    return [
        line.form,
        whose,
        _KINDS.get(line.match.kind, line.match.kind),
        f"{line.match.file}: {line.match.place}, {line.match.channel}",
        f"…{line.excerpt}…",
        standing(line),
        decide,
    ]


def standing(line: MatchLine) -> str:
    """How far a match has been decided, in words."""
    accepted = line.acceptance
    if accepted is None:
        return "Open"
    if accepted.second_by is None:
        return f"Accepted by {accepted.first_by.name}; a second person is needed"
    return f"Accepted by {accepted.first_by.name} and {accepted.second_by.name}"


def match_facts(line: MatchLine) -> list[Row]:
    """What the page of one match shows."""
    rows: list[Row] = [
        {"key": "Found", "value": line.form},
        {"key": "In these words", "value": f"…{line.excerpt}…"},
        {"key": "File", "value": line.match.file},
        {"key": "Place", "value": f"{line.match.place}, {line.match.channel}"},
        {"key": "How it stands", "value": standing(line)},
    ]
    if line.acceptance:
        rows.append({"key": "Reason given", "value": line.acceptance.reason})
    return rows


def file_rows(check: Check) -> list[list[Cell]]:
    """The files that were built, with their digests."""
    files = check.bundle.files if check.bundle else []
    return [[each["name"], f"{each['size']:,} bytes", each["sha256"]] for each in files]


def unchecked_rows(check: Check) -> list[list[Cell]]:
    """What was not checked, and why: somebody must look at it."""
    parts: list[list[Cell]] = [
        [each["file"], each.get("channel", ""), each["why"]] for each in check.not_checked
    ]
    unread: list[list[Cell]] = [
        [each["file"], "The whole file", each["reason"]] for each in check.unread
    ]
    return [*unread, *parts, *_NEVER]


_NEVER: list[list[Cell]] = [
    ["All files", "What is already public", "Compare it with reports of the trial and the press."],
    ["All files", "Rare facts taken together", "Ask somebody who knows the area to read it."],
    ["All files", "Text in pictures", "Nobody read the pictures. Look at each of them."],
]


def prompt_rows(prompts: Iterable[Prompted]) -> list[list[Cell]]:
    """Words of hindsight or blame, as advice."""
    return [[each.section.heading, each.prompt.words, each.prompt.prompt] for each in prompts]


def run_words(check: Check) -> str:
    """When the check was run, and by whom it was asked."""
    return f"Asked for by {check.by.name}, finished {instant(check.finished_at)}."


def address(access: Access, page: str, **parts: object) -> str:
    """The address of a page of this room."""
    return reverse(f"disclosure:{page}", kwargs={"reference": access.case.reference, **parts})
