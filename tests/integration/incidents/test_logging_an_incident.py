"""An incident opens a case: names sealed, rules chosen by day, clocks running, a card laid out."""

from datetime import date, timedelta

import pytest
import time_machine
from tests.world import a_partnership, a_user, actor, an_appointment

from candour.audit.models import Event
from candour.cases.access import Access
from candour.duties.models import Duty
from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.incidents.details import ChildDetails, IncidentDetails
from candour.incidents.first_hours import add_step, reword_step, settle_step
from candour.incidents.models import FirstHoursStep, Incident, IncidentChild
from candour.incidents.services.correcting import (
    CorrectedIncident,
    correct_facts,
    correct_incident,
)
from candour.incidents.services.logging import log_incident
from candour.kernel import clock
from candour.kernel.errors import EditedElsewhere, Invalid, NotPermitted, WrongState
from candour.people.roles import Role

SUBJECT = ChildDetails(
    real=RealIdentity(forms=("Quillon Ashby", "Quill"), born="2021-02-03"),
    age_years="3",
    facts={"abuse_neglect": "suspected", "outcome": "death"},
)


def logged(*children: ChildDetails, role: Role = Role.BUSINESS_MANAGER, **told: object) -> Access:
    given = {
        "nature": "DEATH",
        "happened": "some time in the night of 3 May 2024",
        "aware_on": clock.today(),
        "outline": "A child was found unresponsive at home.",
        "place": "14 Larch Road",
        **told,
    }
    return log_incident(
        by=actor(an_appointment(role)),
        partnership=a_partnership(),
        details=IncidentDetails(**given),  # type: ignore[arg-type]
        children=children or (SUBJECT,),
    )


def test_names_stand_nowhere_but_sealed_in_the_register(in_2024: time_machine.Traveller) -> None:
    access = logged()

    told = Incident.objects.filter(case=access.case).values()
    child = IncidentChild.objects.filter(case=access.case).values()
    events = Event.objects.filter(case_id=access.case.pk).values()
    rows = Identity.objects.filter(case=access.case)
    readable = repr([*told, *child, *events, *rows.values("pseudonym", "relationship")])
    assert "Quill" not in readable
    assert "Larch" not in readable
    assert rows.count() == 2


def test_a_proposed_pseudonym_never_gives_an_initial_away(in_2024: time_machine.Traveller) -> None:
    access = logged()

    pseudonym = Identity.objects.get(case=access.case, relationship="subject_child").pseudonym
    assert pseudonym.startswith("Child ")
    assert pseudonym[-1] not in "QA"


def test_only_a_child_to_whom_it_happened_is_assessed(in_2024: time_machine.Traveller) -> None:
    sibling = ChildDetails(
        real=RealIdentity(forms=("Bram Ashby",)), relationship=Identity.Relationship.SIBLING
    )
    mother = ChildDetails(
        real=RealIdentity(forms=("Cora Ashby",)), relationship=Identity.Relationship.MOTHER
    )

    access = logged(SUBJECT, sibling, mother)

    assert IncidentChild.objects.filter(case=access.case).count() == 1
    shown = set(Identity.objects.filter(case=access.case).values_list("pseudonym", flat=True))
    assert {"Sibling 1", "Mother"} < shown


def test_an_incident_needs_a_child_to_whom_it_happened(in_2024: time_machine.Traveller) -> None:
    sibling = ChildDetails(
        real=RealIdentity(forms=("Bram Ashby",)), relationship=Identity.Relationship.SIBLING
    )

    with pytest.raises(Invalid, match="child_missing"):
        logged(sibling)


def named(name: str, born: str = "") -> ChildDetails:
    return ChildDetails(real=RealIdentity(forms=(name,), born=born), age_years="2")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (named("Bram Ashby"), named("bram  ashby")),
        (named("Bram Ashby"), named("Bram Ashby", "2022-01-02")),
        (named("Bram Ashby", "2022-01-02"), named("Bram Ashby")),
        (named("Bram Ashby", "2022-01-02"), named("Bram Ashby", "2022-01-02")),
    ],
)
def test_a_child_listed_twice_is_refused_and_nothing_is_logged(
    in_2024: time_machine.Traveller, one: ChildDetails, other: ChildDetails
) -> None:
    with pytest.raises(Invalid, match="child_twice"):
        logged(one, other)
    assert not Incident.objects.exists()


def test_two_children_of_one_name_are_told_apart_by_their_days_of_birth(
    in_2024: time_machine.Traveller,
) -> None:
    access = logged(named("Bram Ashby", "2022-01-02"), named("Bram Ashby", "2023-01-02"))
    assert IncidentChild.objects.filter(case=access.case).count() == 2


@pytest.mark.parametrize(
    ("told", "earliest", "latest"),
    [
        ("between 3 and 4 May 2024", date(2024, 5, 3), date(2024, 5, 4)),
        ("not known", None, None),
    ],
)
def test_when_it_happened_is_kept_as_told_beside_what_was_understood(
    in_2024: time_machine.Traveller, told: str, earliest: date | None, latest: date | None
) -> None:
    incident = Incident.objects.get(case=logged(happened=told).case)

    assert incident.happened_raw == told
    assert (incident.happened_earliest, incident.happened_latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("aware_on", "rules", "codes"),
    [(date(2024, 5, 6), "WT2023", {"C1", "C2"}), (date(2023, 6, 1), "WT2018", {"C1", "C2"})],
)
def test_the_day_of_awareness_chooses_the_rules_of_the_notification(
    in_2024: time_machine.Traveller, aware_on: date, rules: str, codes: set[str]
) -> None:
    access = logged(aware_on=aware_on)

    assert access.case.notification_rule_set == rules
    assert access.case.rule_set == "WT2023"
    started = Duty.objects.filter(case=access.case)
    assert {duty.code for duty in started} == codes
    assert {duty.rule_set for duty in started} == {rules}


def test_five_working_days_run_from_awareness_and_not_from_the_incident(
    in_2024: time_machine.Traveller,
) -> None:
    access = logged(happened="20 April 2024", aware_on=date(2024, 5, 3))

    duty = Duty.objects.get(case=access.case, code="C1")
    # Friday 3 May; Monday 6 May was a bank holiday.
    assert duty.due_on == date(2024, 5, 13)


def test_under_the_boards_no_day_count_is_made_up_for_the_notification(scr: Access) -> None:
    assert Duty.objects.get(case=scr.case, code="S1").due_on is None


def test_a_looked_after_childs_death_is_also_owed_to_the_secretary_of_state(
    in_2024: time_machine.Traveller,
) -> None:
    child = ChildDetails(
        real=SUBJECT.real, facts={"outcome": "death", "looked_after": "yes"}, age_years="3"
    )

    assert Duty.objects.filter(case=logged(child).case, code="C3").exists()
    assert not Duty.objects.filter(case=logged(SUBJECT).case, code="C3").exists()


def test_nobody_without_an_appointment_in_the_partnership_logs_an_incident(
    in_2024: time_machine.Traveller,
) -> None:
    details = IncidentDetails(
        nature="DEATH", happened="today", aware_on=clock.today(), outline="Told by telephone"
    )

    with pytest.raises(NotPermitted):
        log_incident(
            by=actor(a_user()),
            partnership=a_partnership(),
            details=details,
            children=(SUBJECT,),
        )


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"aware_on": date(2024, 5, 8)}, "day_ahead"),
        ({"outline": " "}, "outline_missing"),
        ({"happened": ""}, "happened_missing"),
        ({"nature": "ACCIDENT"}, "nature_missing"),
    ],
)
def test_an_incomplete_incident_is_refused_whole(
    in_2024: time_machine.Traveller, told: dict[str, object], code: str
) -> None:
    with pytest.raises(Invalid, match=code):
        logged(**told)

    assert not Incident.objects.exists()
    assert not Identity.objects.exists()


def test_a_fact_that_cannot_be_understood_is_refused(in_2024: time_machine.Traveller) -> None:
    child = ChildDetails(real=SUBJECT.real, facts={"outcome": "sad"})

    with pytest.raises(Invalid, match="value_not_in_list"):
        logged(child)


# The first-hours card


def test_a_line_of_the_card_says_who_settled_it_and_can_be_opened_again(cspr: Access) -> None:
    step = FirstHoursStep.objects.get(case=cspr.case, code="safety")

    done = settle_step(access=cspr, step=step, seen_version=1, done=True, note="Seen by Dr X")
    assert str(done.done_by_id) == cspr.actor.id

    undone = settle_step(access=cspr, step=step, seen_version=2, done=False, note="Not the baby")
    assert undone.done_at is None


def test_two_people_settling_one_line_lose_nothing(cspr: Access) -> None:
    step = FirstHoursStep.objects.get(case=cspr.case, code="staff")
    settle_step(access=cspr, step=step, seen_version=1, done=True, note="Told in person")

    with pytest.raises(EditedElsewhere):
        settle_step(access=cspr, step=step, seen_version=1, done=False, note="")

    step.refresh_from_db()
    assert step.note == "Told in person"


def test_the_lines_that_screening_asks_for_keep_their_words(cspr: Access) -> None:
    own = add_step(access=cspr, text="The school is told")
    reworded = reword_step(
        access=cspr, step=own, seen_version=1, text="The nursery is told", help=""
    )
    assert reworded.text == "The nursery is told"

    records = FirstHoursStep.objects.get(case=cspr.case, code="records")
    with pytest.raises(WrongState, match="words_stay"):
        reword_step(access=cspr, step=records, seen_version=1, text="Anything", help="")


# Corrections


def corrected(access: Access, **changes: object) -> Incident:
    incident = Incident.objects.get(case=access.case)
    given = {
        "nature": incident.nature,
        "happened": incident.happened_raw,
        "aware_on": incident.aware_on,
        "outline": incident.outline,
        "place_kind": "",
        "in_area": "yes",
        "outside_england": "no",
        "proceedings": "",
        "bodies_known": (),
        **changes,
    }
    return correct_incident(
        access=access,
        seen_version=incident.version,
        corrected=CorrectedIncident(**given),  # type: ignore[arg-type]
    )


def test_a_corrected_day_of_awareness_counts_its_clocks_again(cspr: Access) -> None:
    before = Duty.objects.get(case=cspr.case, code="C1").due_on

    corrected(cspr, aware_on=clock.today() - timedelta(days=4))

    duty = Duty.objects.get(case=cspr.case, code="C1")
    assert duty.due_on and before and duty.due_on < before
    event = Event.objects.filter(name="duties.recounted").latest("sequence")
    assert event.payload["counted_from_before"] == "2024-05-07"


def test_awareness_cannot_be_corrected_into_other_guidance(cspr: Access) -> None:
    with pytest.raises(Invalid, match="other_rules"):
        corrected(cspr, aware_on=date(2023, 6, 1))


def test_facts_about_a_child_are_corrected_and_checked(cspr: Access) -> None:
    child = IncidentChild.objects.get(case=cspr.case)

    fixed = correct_facts(
        access=cspr,
        child=child,
        seen_version=1,
        age_years="unborn",
        facts={"outcome": "serious_harm", "looked_after": ""},
    )
    assert fixed.facts == {"outcome": "serious_harm"}

    with pytest.raises(Invalid, match="fact_unknown"):
        correct_facts(
            access=cspr, child=child, seen_version=2, age_years="", facts={"weather": "wet"}
        )
