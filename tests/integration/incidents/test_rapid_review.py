"""The rapid review and the national panel's letters, step by step, each with its clock."""

from datetime import date, timedelta

import pytest
import time_machine
from tests.world import (
    a_member,
    a_partners_trio,
    a_rapid_review,
    a_rapid_review_with_the_panel,
    a_recommended_incident,
    an_agency,
    every_criterion_found,
)

from candour.cases.access import Access
from candour.duties.models import Duty, Status
from candour.duties.states import state_of
from candour.incidents.models import (
    PanelLetter,
    PartnerSignOff,
    RapidReview,
    Recommendation,
    ScopingForm,
)
from candour.incidents.services.decision import decide, record_partner_view
from candour.incidents.services.panel import (
    act_on_partners_decision,
    close_challenge,
    file_panel_letter,
    record_panel_told,
    reply_to_panel,
)
from candour.incidents.services.rapid_review import (
    SECTIONS,
    missing_sections,
    record_sent_to_panel,
    sign_off_rapid_review,
    start_rapid_review,
    write_rapid_review,
)
from candour.incidents.services.scoping import chase_scoping, file_scoping, send_scoping
from candour.kernel import clock
from candour.kernel.errors import EditedElsewhere, Invalid, NotPermitted, WrongState
from candour.people.roles import PartnerBody, Role

WHOLE = {key: "What was found" for key, _, _ in SECTIONS}
Letter = PanelLetter.Outcome


def asked(manager: Access) -> ScopingForm:
    return send_scoping(access=manager, agency=an_agency(), due_on=clock.today())


# Scoping forms


def test_an_agency_is_asked_once(cspr: Access) -> None:
    assert asked(cspr) == asked(cspr)


def test_every_chaser_is_kept_until_the_agency_answers(cspr: Access) -> None:
    form = asked(cspr)
    chase_scoping(access=cspr, form=form)
    assert len(chase_scoping(access=cspr, form=form).chased_at) == 2

    file_scoping(access=cspr, form=form, seen_version=1, answers={"summary": "Known"}, secured=True)
    with pytest.raises(WrongState, match="already_returned"):
        chase_scoping(access=cspr, form=form)


def test_an_agencys_own_author_files_its_form_and_no_other_agencys(cspr: Access) -> None:
    form = asked(cspr)
    own = a_member(cspr, Role.AGENCY_AUTHOR, agency=an_agency())
    other = a_member(cspr, Role.AGENCY_AUTHOR, agency=an_agency(name="Testshire Police"))

    with pytest.raises(NotPermitted):
        file_scoping(
            access=other, form=form, seen_version=1, answers={"summary": "x"}, secured=False
        )
    filed = file_scoping(
        access=own, form=form, seen_version=1, answers={"summary": "Known"}, secured=True
    )

    assert str(filed.returned_by_id) == own.actor.id
    assert filed.records_secured_at


def test_the_day_of_return_stays_when_an_answer_is_completed_later(
    cspr: Access, in_2024: time_machine.Traveller
) -> None:
    form = asked(cspr)
    first = file_scoping(
        access=cspr, form=form, seen_version=1, answers={"summary": "Known"}, secured=False
    )
    in_2024.shift(timedelta(days=2))

    again = file_scoping(
        access=cspr, form=form, seen_version=2, answers={"summary": "Well known"}, secured=False
    )

    assert again.returned_at == first.returned_at
    assert again.records_secured_at is None


def test_an_empty_return_is_refused(cspr: Access) -> None:
    with pytest.raises(Invalid, match="answers_missing"):
        file_scoping(
            access=cspr, form=asked(cspr), seen_version=1, answers={"summary": " "}, secured=True
        )


# Writing and signing


def test_a_rapid_review_begins_when_partners_are_told_and_forms_are_out(cspr: Access) -> None:
    with pytest.raises(WrongState, match="no_such_transition"):
        start_rapid_review(access=cspr, partners_told=True)

    a_rapid_review(cspr)
    assert state_of(cspr.case) == "RR_IN_PROGRESS"


def test_fifteen_working_days_run_from_the_day_of_sending(cspr: Access) -> None:
    a_rapid_review(cspr)

    # Tuesday 7 May 2024; Monday 27 May was a bank holiday.
    assert Duty.objects.get(case=cspr.case, code="C4").due_on == date(2024, 5, 29)


def test_nobody_signs_while_a_required_section_is_empty(cspr: Access) -> None:
    a_rapid_review(cspr)
    partner = a_partners_trio(cspr)[PartnerBody.POLICE]
    write_rapid_review(access=cspr, seen_version=1, sections={**WHOLE, "identity": ""})

    with pytest.raises(WrongState, match="Identity and inequality"):
        sign_off_rapid_review(access=partner, seen_version=2)


def test_a_signature_is_bound_to_the_version_that_was_read(cspr: Access) -> None:
    a_rapid_review(cspr)
    partner = a_partners_trio(cspr)[PartnerBody.POLICE]
    write_rapid_review(access=cspr, seen_version=1, sections=WHOLE)
    sign_off_rapid_review(access=partner, seen_version=2)

    write_rapid_review(access=cspr, seen_version=2, sections={**WHOLE, "facts": "Corrected"})

    assert state_of(cspr.case) == "RR_IN_PROGRESS"
    with pytest.raises(WrongState, match="version_changed"):
        sign_off_rapid_review(access=partner, seen_version=2)
    assert list(PartnerSignOff.objects.values_list("signed_version", flat=True)) == [2]


def test_three_signatures_on_one_version_sign_it_off_and_freeze_it(cspr: Access) -> None:
    a_rapid_review(cspr)
    partners = list(a_partners_trio(cspr).values())
    write_rapid_review(access=cspr, seen_version=1, sections=WHOLE)
    for number, partner in enumerate(partners, start=1):
        sign_off_rapid_review(access=partner, seen_version=2)
        signed = state_of(cspr.case) == "RR_SIGNED_OFF"
        assert signed == (number == 3)

    with pytest.raises(WrongState, match="signed_off"):
        write_rapid_review(access=cspr, seen_version=2, sections=WHOLE)


def test_signing_twice_is_signing_once(cspr: Access) -> None:
    a_rapid_review(cspr)
    partner = a_partners_trio(cspr)[PartnerBody.POLICE]
    write_rapid_review(access=cspr, seen_version=1, sections=WHOLE)

    first = sign_off_rapid_review(access=partner, seen_version=2)
    assert sign_off_rapid_review(access=partner, seen_version=2) == first


def test_the_business_manager_does_not_sign_for_a_partner(cspr: Access) -> None:
    a_rapid_review(cspr)
    write_rapid_review(access=cspr, seen_version=1, sections=WHOLE)

    with pytest.raises(NotPermitted):
        sign_off_rapid_review(access=cspr, seen_version=2)


def test_two_people_writing_it_lose_nothing(cspr: Access) -> None:
    a_rapid_review(cspr)
    write_rapid_review(access=cspr, seen_version=1, sections=WHOLE)

    with pytest.raises(EditedElsewhere):
        write_rapid_review(access=cspr, seen_version=1, sections={"facts": "Mine"})
    assert RapidReview.objects.get(case=cspr.case).sections["facts"] == "What was found"


def test_an_unsigned_rapid_review_is_not_sent(cspr: Access) -> None:
    a_rapid_review(cspr)
    review = write_rapid_review(access=cspr, seen_version=1, sections=WHOLE)
    assert missing_sections(review) == []

    with pytest.raises(WrongState):
        record_sent_to_panel(access=cspr, sent_on=clock.today())


def test_sending_meets_the_clock_on_the_day_it_was_sent(
    cspr: Access, in_2024: time_machine.Traveller
) -> None:
    a_rapid_review_with_the_panel(cspr)

    met = Duty.objects.get(case=cspr.case, code="C4")
    assert met.fulfilled_at and clock.day_of(met.fulfilled_at) == clock.today()
    assert Duty.objects.get(case=cspr.case, code="C5").starts_on == clock.today()


# The panel's letters since 2018


def filed(manager: Access, outcome: Letter, reply_due_on: date | None = None) -> PanelLetter:
    return file_panel_letter(
        access=manager,
        outcome=outcome,
        received_on=clock.today(),
        text="We have read your rapid review.",
        reply_due_on=reply_due_on,
    )


def decided(partners: dict[PartnerBody, Access], outcome: Recommendation.Outcome) -> None:
    first = next(iter(partners.values()))
    every_criterion_found(first)
    decision = decide(
        access=first, outcome=outcome, reasons="There is learning", alternative="An audit"
    )
    for partner in partners.values():
        record_partner_view(access=partner, decision=decision, agrees=True, reasons="Yes")


def test_the_business_unit_files_the_panels_letter_as_it_came(cspr: Access) -> None:
    a_rapid_review_with_the_panel(cspr)

    letter = filed(cspr, Letter.AGREES)

    assert state_of(cspr.case) == "PANEL_AGREES"
    assert letter.text == "We have read your rapid review."
    assert Duty.objects.get(case=cspr.case, code="C5").fulfilled_at
    assert str(Status.objects.latest("order").by_id) == cspr.actor.id


def test_who_may_not_keep_the_decision_record_files_no_letter(cspr: Access) -> None:
    a_rapid_review_with_the_panel(cspr)

    with pytest.raises(NotPermitted):
        filed(a_member(cspr, Role.NOTIFIER), Letter.AGREES)


def test_questions_of_the_panel_carry_the_day_of_reply_and_are_answered(cspr: Access) -> None:
    a_rapid_review_with_the_panel(cspr)
    with pytest.raises(WrongState, match="reply_due_missing"):
        filed(cspr, Letter.QUERIES)

    letter = filed(cspr, Letter.QUERIES, clock.today() + timedelta(days=7))
    assert state_of(cspr.case) == "PANEL_QUERIES"

    reply_to_panel(access=cspr, letter=letter, reply="Our answer", replied_on=clock.today())
    assert state_of(cspr.case) == "RR_WITH_PANEL"
    with pytest.raises(WrongState, match="already_answered"):
        reply_to_panel(access=cspr, letter=letter, reply="Again", replied_on=clock.today())


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Recommendation.Outcome.REVIEW, "LCSPR_DECIDED"),
        (Recommendation.Outcome.OTHER, "CLOSED_RR_LEARNING"),
    ],
)
def test_after_the_letter_the_partners_act_on_their_own_decision(
    cspr: Access, outcome: Recommendation.Outcome, state: str
) -> None:
    partners = a_rapid_review_with_the_panel(cspr)
    decided(partners, outcome)
    filed(cspr, Letter.AGREES)

    reached = act_on_partners_decision(
        access=partners[PartnerBody.HEALTH], reasons="As decided", action_plan="Train, then audit"
    )

    assert reached == state


def test_without_a_decision_of_all_three_nothing_follows_the_letter(cspr: Access) -> None:
    partners = a_rapid_review_with_the_panel(cspr)
    filed(cspr, Letter.AGREES)

    with pytest.raises(WrongState, match="reasons_missing"):
        act_on_partners_decision(access=partners[PartnerBody.HEALTH], reasons="As decided")


def test_closing_on_the_learning_needs_a_plan(cspr: Access) -> None:
    partners = a_rapid_review_with_the_panel(cspr)
    decided(partners, Recommendation.Outcome.NONE)
    filed(cspr, Letter.AGREES)

    with pytest.raises(Invalid, match="recommendation_incomplete"):
        act_on_partners_decision(access=partners[PartnerBody.POLICE], reasons="As decided")


# The panel under the boards


def told(access: Access, copied: bool = True) -> None:
    record_panel_told(
        access=access,
        letter="The Chair has decided.",
        told_on=clock.today(),
        ofsted_told_on=clock.today(),
        dfe_told_on=clock.today(),
        notification_copied=copied,
    )


@pytest.fixture
def chair(scr: Access) -> Access:
    chair = a_member(a_recommended_incident(scr), Role.CHAIR)
    decide(
        access=chair,
        outcome=Recommendation.Outcome.NONE,
        reasons="Nothing to learn",
        override_reasons="The coroner found a natural cause",
    )
    return chair


def test_a_no_goes_to_the_panel_with_a_copy_of_the_notification(chair: Access) -> None:
    with pytest.raises(WrongState, match="notification_copy_missing"):
        told(chair, copied=False)

    told(chair)
    assert state_of(chair.case) == "PANEL_INFORMED"
    assert Duty.objects.get(case=chair.case, code="S4").fulfilled_at


def test_the_chair_thinks_again_when_the_panel_asks_and_may_keep_the_decision_with_reasons(
    chair: Access, scr: Access
) -> None:
    told(chair)
    letter = filed(scr, Letter.CHALLENGES, clock.today() + timedelta(days=14))
    reply_to_panel(access=chair, letter=letter, reply="We thought again", replied_on=clock.today())
    assert state_of(chair.case) == "RECONSIDERED"

    with pytest.raises(Invalid, match="reasons_missing"):
        close_challenge(access=chair, reasons_for_not_following=" ")
    close_challenge(access=chair, reasons_for_not_following="No abuse was found")
    assert state_of(chair.case) == "CHALLENGE_CLOSED"


def test_after_thinking_again_the_chair_may_decide_to_hold_a_review(
    chair: Access, scr: Access
) -> None:
    told(chair)
    letter = filed(scr, Letter.CHALLENGES, clock.today())
    reply_to_panel(access=chair, letter=letter, reply="We thought again", replied_on=clock.today())

    decide(access=chair, outcome=Recommendation.Outcome.REVIEW, reasons="The panel is right")

    assert state_of(chair.case) == "DECIDED_SCR"
