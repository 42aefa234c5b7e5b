"""How long a session lives, without a database."""

from datetime import UTC, datetime, timedelta

from django.contrib.sessions.backends.signed_cookies import SessionStore
from hypothesis import given
from hypothesis import strategies as st

from candour.kernel.clock import standing_at
from candour.people.models import User
from candour.people.session_limits import (
    IDLE,
    WHOLE,
    Ended,
    begin,
    ended,
    mark_used,
    time_left,
)

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
gaps = st.lists(st.integers(0, 30 * 60), min_size=1, max_size=60).map(
    lambda found: [timedelta(seconds=seconds) for seconds in found]
)


def _begun(user: User) -> SessionStore:
    session = SessionStore()
    with standing_at(START):
        begin(session)
    return session


@given(gaps)
def test_a_session_never_outlives_fifteen_idle_minutes_or_eight_hours(
    pauses: list[timedelta],
) -> None:
    user, at = User(), START
    session = _begun(user)
    for pause in pauses:
        at += pause
        with standing_at(at):
            why = ended(session, user)
            if pause >= IDLE or at - START >= WHOLE:
                assert why in (Ended.IDLE, Ended.WHOLE)
            if why:
                return
            mark_used(session)


@given(gaps)
def test_somebody_who_asks_something_every_fourteen_minutes_is_never_idled_out(
    pauses: list[timedelta],
) -> None:
    user, at = User(), START
    session = _begun(user)
    for pause in pauses:
        at += min(pause, timedelta(minutes=14))
        with standing_at(at):
            if at - START >= WHOLE:
                return
            assert ended(session, user) is None
            mark_used(session)


@given(st.integers(0, 15 * 60 - 1))
def test_the_seconds_told_to_the_page_are_the_seconds_that_are_left(idle: int) -> None:
    user = User()
    session = _begun(user)
    with standing_at(START + timedelta(seconds=idle)):
        left = time_left(session).seconds
    assert left == IDLE.total_seconds() - idle
    with standing_at(START + timedelta(seconds=idle + left)):
        assert ended(session, user) is Ended.IDLE


def test_a_session_begun_before_its_owners_sessions_were_ended_is_over() -> None:
    user = User(sessions_ended_at=START + timedelta(seconds=1))
    session = _begun(user)
    with standing_at(START + timedelta(seconds=2)):
        assert ended(session, user) is Ended.REVOKED


def test_a_session_begun_after_that_lives() -> None:
    user = User(sessions_ended_at=START - timedelta(seconds=1))
    session = _begun(user)
    with standing_at(START):
        assert ended(session, user) is None
