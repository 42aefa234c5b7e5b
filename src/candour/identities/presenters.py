"""The register as its page shows it."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from candour.cases.access import Access
from candour.cases.steps import Row
from candour.identities.selectors import ProposalLine, RegisterLine
from candour.ui.wording import day

Cell = str | dict[str, str]


COLUMNS = ["Shown as", "To the child", "Names", "Born", "Died"]


def register_rows(
    access: Access, lines: Iterable[RegisterLine], may_write: bool
) -> list[list[Cell]]:
    """One row an identity: what is shown instead, and who is really meant."""
    return [_row(access, line, may_write) for line in lines]


def _row(access: Access, line: RegisterLine, may_write: bool) -> list[Cell]:
    identity, real = line.identity, line.real
    address = reverse("identities:correct", args=[access.case.reference, identity.pk])
    change: list[Cell] = [{"text": f"Correct {identity.pseudonym}", "href": address}]
    return [
        identity.pseudonym,
        identity.get_relationship_display(),
        "; ".join(real.forms),
        _written(real.born),
        _written(real.died),
        *(change if may_write else []),
    ]


def saved_rows(line: RegisterLine) -> list[Row]:
    """What stands sealed now, for somebody whose version is out of date."""
    real = line.real
    return [
        {"key": "Words shown instead", "value": line.identity.pseudonym},
        {"key": "What it is to the child", "value": line.identity.get_relationship_display()},
        {"key": "Names", "value": "\n".join(real.forms)},
        {"key": "Date of birth", "value": _written(real.born)},
        {"key": "Date of death", "value": _written(real.died)},
        {"key": "Address", "value": real.address},
    ]


def proposal_rows(line: ProposalLine) -> list[Row]:
    """A string that may be a name, where it was found and why it was taken for one."""
    return [
        {"key": "Found", "value": line.string},
        {"key": "Where", "value": line.proposal.found_in},
        {"key": "Why it may be a name", "value": line.proposal.why},
    ]


def _written(iso: str) -> str:
    return day(date.fromisoformat(iso)) if iso else ""
