"""Incidents of both regimes, each on a day when its guidance was in force."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from tests.world import an_incident

from candour.cases.access import Access

UNDER_THE_BOARDS = datetime(2014, 3, 4, 10, 0, tzinfo=UTC)
SINCE_2018 = datetime(2024, 5, 7, 10, 0, tzinfo=UTC)


@pytest.fixture
def in_2014(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(UNDER_THE_BOARDS, tick=False) as traveller:
        yield traveller


@pytest.fixture
def in_2024(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(SINCE_2018, tick=False) as traveller:
        yield traveller


@pytest.fixture
def scr(in_2014: time_machine.Traveller) -> Access:
    """A death logged under the guidance of 2013, seen by the business manager."""
    return an_incident(normally_resident="yes")


@pytest.fixture
def cspr(in_2024: time_machine.Traveller) -> Access:
    """A death logged under the guidance of 2023, seen by the business manager."""
    return an_incident(normally_resident="yes")
