"""My work: what waits for this person and nobody else, at a cost that does not grow with cases."""

import pytest
from tests.queries import at_most
from tests.world import a_partnership, actor, an_appointment, an_incident

from candour.identities.models import Identity
from candour.people.roles import Role
from candour.worklist.waiting import waiting_for

pytestmark = pytest.mark.django_db


def test_a_notification_waits_for_the_notifier_and_for_nobody_else() -> None:
    home = a_partnership()
    notifier = an_appointment(Role.NOTIFIER, home)
    manager = an_incident(home)

    assert [each.page for each in waiting_for(actor(notifier))] == ["incidents:notification"]
    assert waiting_for(manager.actor) == []


def test_what_waits_is_found_in_as_many_questions_for_ten_cases_as_for_one() -> None:
    home = a_partnership()
    notifier = an_appointment(Role.NOTIFIER, home)
    manager = an_appointment(Role.BUSINESS_MANAGER, home)
    for _ in range(10):
        an_incident(home, by=manager)

    with at_most(12):
        found = waiting_for(actor(notifier))

    assert len(found) == 10


def test_ten_children_of_one_partnership_have_ten_labels() -> None:
    home = a_partnership()
    manager = an_appointment(Role.BUSINESS_MANAGER, home)

    cases = [an_incident(home, by=manager).case for _ in range(10)]

    children = Identity.objects.filter(case__in=cases, relationship="subject_child")
    assert children.values("pseudonym").distinct().count() == 10
