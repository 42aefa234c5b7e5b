"""What runs beside a review holds named activities, never the review; who finishes it decides."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests import world
from tests.process import taken_to

from candour.audit.models import Event
from candour.cases.access import Access
from candour.cases.models import Case
from candour.duties.models import Duty
from candour.duties.states import may_move, state_of
from candour.incidents.services.decision import may_decide
from candour.kernel import clock
from candour.kernel.errors import EditedElsewhere, Invalid, NotPermitted, WrongState
from candour.people.roles import PartnerBody, Role
from candour.reviews import services
from candour.reviews.models import (
    HeldActivity,
    ParallelProceeding,
    ProgressCheck,
    ProsecutionAgreement,
)
from candour.reviews.selectors import agencies_outside_scope

pytestmark = pytest.mark.django_db

AGREED = services.Agreed(
    agreed_on=date(2016, 2, 1),
    agreed_with="Senior investigating officer",
    may_speak_to="All staff",
    what_is_kept="Notes as agreed with each person",
)


@pytest.fixture
def scr() -> Access:
    return world.a_case(regime=Case.Regime.SCR, rule_set="WT2015")


def a_trial(access: Access) -> ParallelProceeding:
    return services.record_proceeding(
        access=access, kind=ParallelProceeding.Kind.CRIMINAL, now=services.Stands("Charged")
    )


def waiting(**changed: object) -> services.Waiting:
    whole = services.Waiting(
        kind=HeldActivity.Kind.CONVERSATION,
        activity="Speaking to witness 3",
        reason="She gives evidence in May",
        agreed_with="The prosecutor",
        interim_learning="Handover notes are now read at each shift",
        held_on=clock.today(),
    )
    return replace(whole, **changed)


def test_a_named_activity_waits_and_the_clock_of_the_review_keeps_running(scr: Access) -> None:
    taken_to(scr, "IN_REVIEW")
    held = services.hold_activity(access=scr, proceeding=a_trial(scr), waiting=waiting())

    assert state_of(scr.case) == "CONSTRAINED"
    assert not Duty.objects.filter(case=scr.case, fulfilled_at__isnull=False).exists()

    lifted = {"access": scr, "held": held, "lifted_on": clock.today(), "reasons": "Verdict given"}
    services.lift_activity(seen_version=1, **lifted)
    assert state_of(scr.case) == "IN_REVIEW"
    with pytest.raises(EditedElsewhere):
        services.lift_activity(seen_version=1, **lifted)


def test_the_review_goes_on_only_when_nothing_waits_any_more(scr: Access) -> None:
    taken_to(scr, "IN_REVIEW")
    trial = a_trial(scr)
    first = services.hold_activity(access=scr, proceeding=trial, waiting=waiting())
    services.hold_activity(access=scr, proceeding=trial, waiting=waiting(activity="The event"))
    services.lift_activity(
        access=scr, held=first, seen_version=1, lifted_on=clock.today(), reasons="Agreed"
    )
    assert state_of(scr.case) == "CONSTRAINED"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"activity": " The whole review. "}, "clock_cannot_stop"),
        ({"activity": ""}, "clock_cannot_stop"),
        ({"interim_learning": " "}, "interim_learning_missing"),
        ({"reason": ""}, "reasons_missing"),
        ({"agreed_with": ""}, "reasons_missing"),
        ({"held_on": date(2200, 1, 1)}, "day_ahead"),
    ],
)
def test_the_whole_review_is_never_held_and_learning_is_never_put_off(
    scr: Access, changed: dict[str, object], code: str
) -> None:
    with pytest.raises(Invalid, match=code):
        services.hold_activity(access=scr, proceeding=a_trial(scr), waiting=waiting(**changed))


def test_nothing_waits_for_proceedings_that_have_ended(scr: Access) -> None:
    trial = a_trial(scr)
    over = services.Stands("Convicted", ended_on=clock.today())
    trial = services.change_proceeding(access=scr, proceeding=trial, seen_version=1, now=over)
    with pytest.raises(WrongState, match="proceeding_ended"):
        services.hold_activity(access=scr, proceeding=trial, waiting=waiting())


def test_the_terms_wait_for_what_police_and_prosecutors_agreed(scr: Access) -> None:
    review = world.a_review(scr)
    wanted = "what the police and the prosecutors agreed"
    assert wanted not in services.missing_terms(review)
    a_trial(scr)
    assert wanted in services.missing_terms(review)
    services.record_prosecution_agreement(access=scr, agreed=AGREED)
    assert wanted not in services.missing_terms(review)


def test_an_agreement_is_whole_and_a_later_one_takes_its_place_beside_it(scr: Access) -> None:
    for field in ("agreed_with", "may_speak_to", "what_is_kept"):
        with pytest.raises(Invalid, match="text_missing"):
            services.record_prosecution_agreement(access=scr, agreed=replace(AGREED, **{field: ""}))
    services.record_prosecution_agreement(access=scr, agreed=AGREED)
    later = replace(AGREED, agreed_on=date(2016, 5, 1))
    services.record_prosecution_agreement(access=scr, agreed=later)
    days = ProsecutionAgreement.objects.values_list("agreed_on", flat=True)
    assert list(days) == [date(2016, 5, 1), date(2016, 2, 1)]


def a_check(access: Access, **changed: object) -> ProgressCheck:
    whole = services.Checked(ProgressCheck.Kind.PROGRESS, clock.today(), "Seen the draft of part 1")
    return services.record_progress_check(access=access, checked=replace(whole, **changed))


def test_a_check_meets_its_clock_and_starts_the_next() -> None:
    manager = taken_to(world.a_case(), "IN_REVIEW")
    a_check(manager, made_on=clock.today() - timedelta(days=42))
    first = Duty.objects.get(case=manager.case, code="C10")
    assert first.due_on == clock.today()
    a_check(manager)
    first.refresh_from_db()
    assert first.fulfilled_at
    following = Duty.objects.get(case=manager.case, code="C10", fulfilled_at__isnull=True)
    assert following.due_on == clock.today() + timedelta(days=42)


def test_a_request_to_the_reviewer_is_in_writing_and_starts_no_clock() -> None:
    manager = taken_to(world.a_case(), "IN_REVIEW")
    made = a_check(manager, kind=ProgressCheck.Kind.DRAFT)
    assert not Duty.objects.filter(case=manager.case, code="C10").exists()
    with pytest.raises(Invalid, match="text_missing"):
        a_check(manager, words=" ")
    answer = {"access": manager, "check": made, "answered_on": clock.today()}
    services.answer_progress_check(answer="Sent today", **answer)
    with pytest.raises(WrongState, match="already_answered"):
        services.answer_progress_check(answer="Again", **answer)


def test_a_review_that_will_be_late_says_why() -> None:
    manager = world.a_case()
    with pytest.raises(Invalid, match="reasons_missing"):
        a_check(manager, on_time=False)
    late = a_check(manager, on_time=False, delay_reasons="The trial was put back to May")
    assert late.delay_reasons


def test_a_joint_review_has_one_lead_and_its_partners_agencies_can_be_asked(scr: Access) -> None:
    lead = scr.case.lead_partnership
    other = world.a_partnership("Otherplace Partnership")
    partner = world.an_appointment(Role.LEAD_PARTNER, other, partner_body=PartnerBody.POLICE)
    agency = world.an_agency(other, name="Otherplace Council")
    world.a_review(scr)

    services.join_partnership(access=scr, partnership=other, reasons="The family moved")

    scr.case.refresh_from_db()
    assert scr.case.lead_partnership == lead
    assert agency in agencies_outside_scope(scr)
    assert world.access_for(partner, scr.case).roles == {Role.LEAD_PARTNER}
    with pytest.raises(WrongState, match="already_joined"):
        services.join_partnership(access=scr, partnership=other, reasons="Again")


def handed_over(access: Access) -> Access:
    successor = world.a_partnership(
        "New Partnership", arrangements_started_on=date(2019, 3, 1), kind="partnership"
    )
    partner = world.an_appointment(
        Role.LEAD_PARTNER, successor, partner_body=PartnerBody.LOCAL_AUTHORITY
    )
    services.hand_over(
        access=access, to=successor, handed_over_on=date(2019, 3, 1), reasons="Switchover"
    )
    return world.access_for(partner, access.case)


def test_a_successor_finishes_under_the_old_rules_within_the_time_of_grace(scr: Access) -> None:
    partner = handed_over(taken_to(scr, "IN_REVIEW"))
    assert (partner.case.regime, partner.case.rule_set) == ("SCR", "WT2015")
    assert partner.case.lead_partnership.name == "New Partnership"
    grace = Duty.objects.get(case=scr.case, code="T1")
    assert grace.due_on == date(2020, 3, 1)
    assert Event.objects.filter(name="reviews.handed_over").count() == 1


def test_the_successors_partners_decide_what_the_chair_would_have(scr: Access) -> None:
    taken_to(scr, "FACT_CHECK")
    partner = world.a_member(scr, Role.LEAD_PARTNER, partner_body=PartnerBody.HEALTH)
    assert not may_move(partner, "DRAFT_REPORT", {"reasons": "yes"})
    assert not may_decide(partner)
    successor = handed_over(scr)
    assert may_move(successor, "DRAFT_REPORT", {"reasons": "yes"})
    assert may_decide(successor)


def test_only_those_who_commission_hand_a_review_over(scr: Access) -> None:
    adviser = world.a_member(scr, Role.LEGAL_ADVISER)
    with pytest.raises(NotPermitted):
        services.hand_over(
            access=adviser,
            to=world.a_partnership("New Partnership"),
            handed_over_on=clock.today(),
            reasons="Switchover",
        )
    with pytest.raises(Invalid, match="same_body"):
        services.hand_over(
            access=scr,
            to=scr.case.lead_partnership,
            handed_over_on=clock.today(),
            reasons="Switchover",
        )
