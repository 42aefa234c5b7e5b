"""What a session remembers of a second factor belongs to one person."""

from django.contrib.sessions.backends.signed_cookies import SessionStore

from candour.people import second_factor
from candour.people.models import User


def test_a_factor_shown_by_one_person_counts_for_nobody_else() -> None:
    session, ada, ben = SessionStore(), User(), User()
    second_factor.confirm(session, ada)
    assert second_factor.is_confirmed(session, ada)
    assert not second_factor.is_confirmed(session, ben)


def test_leave_to_enrol_is_one_persons_and_ends_with_the_enrolment() -> None:
    session, ada, ben = SessionStore(), User(), User()
    second_factor.let_enrol(session, ada)
    assert second_factor.may_enrol(session, ada)
    assert not second_factor.may_enrol(session, ben)
    second_factor.finish_enrolment(session)
    assert not second_factor.may_enrol(session, ada)


def test_a_new_session_has_shown_nothing_and_may_enrol_nobody() -> None:
    session, ada = SessionStore(), User()
    assert not second_factor.is_confirmed(session, ada)
    assert not second_factor.may_enrol(session, ada)
