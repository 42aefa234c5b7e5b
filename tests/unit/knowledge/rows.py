"""Rows of agencies that exist nowhere, to ask the knowledge rules about."""

from datetime import date
from itertools import count

from candour.engines.knowledge import Account
from candour.engines.telling import Agency, Directory, Telling, tellings

AGENCIES = (
    Agency("CSC", "Northmere Council Children's Social Care"),
    Agency("HV", "Northmere Community Health, health visiting"),
    Agency("GP", "Quay Lane Surgery"),
    Agency("HOSP", "Northmere General Hospital"),
    Agency("POL", "Westmarch Constabulary"),
    Agency("SCH", "Thornfield Primary School"),
    Agency("DAS", "Brightstep Alcohol and Drug Service"),
    Agency("PROB", "Westmarch Probation"),
)
DIRECTORY = Directory(AGENCIES, family=("Jodie Marsh", "Alfie Marsh"))
_NUMBERS = count(1)


def row(
    agency: str,
    event: str = "",
    response: str = "",
    *,
    day: date | None = date(2014, 3, 10),
    latest: date | None = None,
    ref: object = None,
    **others: object,
) -> Account:
    """One row; `latest` is the day itself unless given."""
    return Account(
        ref=ref or f"{agency}-{next(_NUMBERS)}",
        agency=agency,
        earliest=day,
        latest=latest or day,
        event=event,
        response=response,
        **others,  # type: ignore[arg-type]
    )


def told(account: Account) -> set[str]:
    """The agencies that the row says its own agency told."""
    return {telling.to for telling in _tellings(account) if telling.sent}


def told_by(account: Account) -> set[str]:
    """The agencies that the row says told its own."""
    return {telling.by for telling in _tellings(account) if not telling.sent}


def _tellings(account: Account) -> tuple[Telling, ...]:
    return tellings(account, DIRECTORY)
