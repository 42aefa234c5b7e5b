"""The notification: prepared, recorded as sent, or decided against; Candour sends nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from tests.world import (
    a_member,
    a_notified_incident,
    a_partnership,
    a_screened_incident,
    actor,
    an_appointment,
    an_incident,
)

from candour.cases.access import Access
from candour.duties.models import Duty
from candour.duties.selectors import standing_of
from candour.duties.services import explain_overdue
from candour.duties.states import state_of
from candour.identities.sealed import RealIdentity
from candour.incidents.details import ChildDetails, IncidentDetails
from candour.incidents.models import Incident, Notification
from candour.incidents.services.logging import log_incident
from candour.incidents.services.notification import (
    decide_not_to_notify,
    prepare_notification,
    record_notification_sent,
)
from candour.incidents.services.reopening import look_again
from candour.kernel import clock
from candour.kernel.errors import EditedElsewhere, Invalid, NotPermitted, WrongState
from candour.people.roles import Role

SENT = {
    "sent_by_role": "Head of safeguarding",
    "sent_to": "The national panel",
    "reference": "SIN-1",
}


@pytest.fixture
def notifier(cspr: Access) -> Access:
    return a_member(cspr, Role.NOTIFIER)


def test_a_notification_can_be_saved_half_done(notifier: Access) -> None:
    prepare_notification(
        access=notifier, seen_version=1, answers={"authority": "Testshire", "outline": ""}
    )

    kept = Notification.objects.get(case=notifier.case)
    assert kept.answers == {"authority": "Testshire"}
    assert kept.prepared_at


def test_two_people_preparing_it_lose_nothing(notifier: Access) -> None:
    prepare_notification(access=notifier, seen_version=1, answers={"authority": "Testshire"})

    with pytest.raises(EditedElsewhere):
        prepare_notification(access=notifier, seen_version=1, answers={"authority": "Other"})


def test_only_the_local_authority_records_it_as_sent(cspr: Access) -> None:
    with pytest.raises(NotPermitted):
        record_notification_sent(access=cspr, sent_at=clock.now(), **SENT)


def test_recording_it_as_sent_sends_nothing_and_starts_the_rapid_review_clock(
    notifier: Access,
) -> None:
    record_notification_sent(access=notifier, sent_at=clock.now(), **SENT)

    assert state_of(notifier.case) == "SIN_SENT"
    assert Duty.objects.get(case=notifier.case, code="C4").starts_on == clock.today()
    for code in ("C1", "C2"):
        assert standing_of(Duty.objects.get(case=notifier.case, code=code)).word == "Met"
    assert mail.outbox == []


def test_a_late_notification_is_recorded_and_explained_by_the_one_who_owes_it(
    notifier: Access, in_2024: time_machine.Traveller
) -> None:
    in_2024.shift(timedelta(days=30))

    record_notification_sent(access=notifier, sent_at=clock.now(), **SENT)

    duty = Duty.objects.get(case=notifier.case, code="C1")
    assert standing_of(duty).word == "Met late"
    explained = explain_overdue(
        access=notifier, duty=duty, explanation="The injury came to light late"
    )
    assert explained.explanation
    assert standing_of(explained).word == "Met late"


def test_what_is_not_late_cannot_be_explained_away(notifier: Access) -> None:
    duty = Duty.objects.get(case=notifier.case, code="C1")

    with pytest.raises(WrongState, match="not_late"):
        explain_overdue(access=notifier, duty=duty, explanation="We expect to be")


@pytest.mark.parametrize("missing", ["sent_by_role", "reference"])
def test_who_sent_it_and_under_which_reference_is_demanded(notifier: Access, missing: str) -> None:
    with pytest.raises(Invalid):
        record_notification_sent(access=notifier, sent_at=clock.now(), **{**SENT, missing: " "})


def test_it_cannot_have_been_sent_tomorrow(notifier: Access) -> None:
    with pytest.raises(Invalid, match="day_ahead"):
        record_notification_sent(access=notifier, sent_at=clock.now() + timedelta(days=1), **SENT)


def test_without_suspected_abuse_there_is_nothing_to_notify(
    in_2024: time_machine.Traveller,
) -> None:
    access = an_incident(abuse_neglect="not_indicated")

    with pytest.raises(WrongState, match="criteria_not_met"):
        record_notification_sent(
            access=a_member(access, Role.NOTIFIER), sent_at=clock.now(), **SENT
        )
    assert not Notification.objects.get(case=access.case).sent_at


def test_of_several_children_the_one_who_must_be_notified_counts(
    in_2024: time_machine.Traveller,
) -> None:
    unharmed = {"abuse_neglect": "not_indicated", "outcome": "neither"}
    died = {"abuse_neglect": "known", "outcome": "death"}
    for facts in ((unharmed, died), (died, unharmed)):
        access = an_incident_of(*facts)

        record_notification_sent(
            access=a_member(access, Role.NOTIFIER), sent_at=clock.now(), **SENT
        )

        assert state_of(access.case) == "SIN_SENT"


def test_abuse_of_one_child_and_the_death_of_another_are_not_put_together(
    in_2024: time_machine.Traveller,
) -> None:
    abused = {"abuse_neglect": "known", "outcome": "neither"}
    died = {"abuse_neglect": "not_indicated", "outcome": "death"}
    access = an_incident_of(abused, died)

    with pytest.raises(WrongState, match="criteria_not_met"):
        record_notification_sent(
            access=a_member(access, Role.NOTIFIER), sent_at=clock.now(), **SENT
        )


def an_incident_of(*facts: dict[str, str]) -> Access:
    """One incident with a child for each of these sets of facts."""
    names = ("Quillon Ashby", "Bram Ashby")
    return log_incident(
        by=actor(an_appointment(Role.BUSINESS_MANAGER)),
        partnership=a_partnership(),
        details=IncidentDetails(
            nature="DEATH",
            happened="not known",
            aware_on=clock.today(),
            outline="Two children were found.",
            in_area="yes",
        ),
        children=tuple(
            ChildDetails(real=RealIdentity(forms=(name,)), age_years="2", facts=each)
            for name, each in zip(names, facts, strict=True)
        ),
    )


def test_an_incident_in_another_area_is_for_that_authority_to_notify(notifier: Access) -> None:
    Incident.objects.filter(case=notifier.case).update(in_area="no")

    with pytest.raises(WrongState, match="other_area_notifies"):
        record_notification_sent(access=notifier, sent_at=clock.now(), **SENT)


def test_a_looked_after_childs_death_without_suspicion_needs_no_rapid_review(
    in_2024: time_machine.Traveller,
) -> None:
    access = an_incident(abuse_neglect="not_indicated", looked_after="yes")

    record_notification_sent(access=a_member(access, Role.NOTIFIER), sent_at=clock.now(), **SENT)

    assert state_of(access.case) == "LAC_OR_CARE_LEAVER_ONLY"
    assert not Duty.objects.filter(case=access.case, code="C4").exists()
    assert Duty.objects.get(case=access.case, code="C3").fulfilled_at


def test_under_the_boards_a_notification_after_screening_began_is_still_recorded(
    scr: Access,
) -> None:
    a_screened_incident(scr)

    a_notified_incident(scr)

    assert state_of(scr.case) == "SCREENING"
    assert Notification.objects.get(case=scr.case).sent_at
    assert Duty.objects.filter(case=scr.case, code="S3").exists()


def test_deciding_not_to_notify_needs_reasons_and_what_the_partners_think(
    notifier: Access,
) -> None:
    with pytest.raises(Invalid):
        decide_not_to_notify(access=notifier, reasons="", partners_views="Agreed", dissent="")
    with pytest.raises(Invalid):
        decide_not_to_notify(access=notifier, reasons="No abuse", partners_views=" ", dissent="")


def test_a_decision_not_to_notify_keeps_dissent_and_never_stops_the_clock(
    notifier: Access,
) -> None:
    kept = decide_not_to_notify(
        access=notifier,
        reasons="No abuse is suspected",
        partners_views="Two agree",
        dissent="The police would have notified",
    )

    assert state_of(notifier.case) == "NOT_NOTIFIED"
    assert kept.dissent
    duty = Duty.objects.get(case=notifier.case, code="C1")
    assert duty.fulfilled_at is None
    assert "decided not to notify" in duty.explanation


def test_new_information_reopens_it_with_the_clock_as_it_always_ran(notifier: Access) -> None:
    decide_not_to_notify(
        access=notifier, reasons="No abuse", partners_views="All agree", dissent=""
    )
    with pytest.raises(WrongState, match="decided_not_to"):
        record_notification_sent(access=notifier, sent_at=clock.now(), **SENT)

    look_again(access=notifier, new_information="The post-mortem found injuries")

    assert state_of(notifier.case) == "AWARE"
    duty = Duty.objects.get(case=notifier.case, code="C1")
    assert (duty.explanation, duty.starts_on) == ("", clock.today())
    record_notification_sent(access=notifier, sent_at=clock.now(), **SENT)


def test_it_is_sent_only_once(notifier: Access) -> None:
    record_notification_sent(access=notifier, sent_at=clock.now(), **SENT)

    with pytest.raises(WrongState, match="already_sent"):
        record_notification_sent(access=notifier, sent_at=clock.now(), **SENT)
    with pytest.raises(WrongState, match="already_sent"):
        prepare_notification(access=notifier, seen_version=2, answers={})
