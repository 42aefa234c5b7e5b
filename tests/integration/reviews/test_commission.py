"""A review is commissioned on a decision, its terms kept in versions, its reviewer independent."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests import world

from candour.audit.models import Event
from candour.cases.access import Access
from candour.duties.models import Duty
from candour.engines.statute import independence
from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.identities.services import enter
from candour.incidents.models import Recommendation
from candour.incidents.services.decision import decide, record_partner_view
from candour.kernel import clock
from candour.kernel.errors import EditedElsewhere, Hidden, Invalid, NotPermitted, WrongState
from candour.people.models import Agency, User
from candour.people.roles import Role
from candour.reviews import reviewers, services
from candour.reviews.declarations import Declared
from candour.reviews.models import LeadReviewerAppointment, ParallelProceeding, Review, TermsVersion
from candour.reviews.selectors import agencies_in_scope, review_of, terms_versions

pytestmark = pytest.mark.django_db

NOTHING = Declared(
    engagements=(),
    case_involvement=independence.CaseInvolvement.NONE,
    relation=independence.Relation.NONE,
    commissioner_role=independence.CommissionerRole.NONE,
    commissioner_until=None,
    same_board_reviews=0,
    published_view=independence.PublishedView.NONE,
)
PERIOD = {
    "period_start": date(2013, 1, 1),
    "period_end": date(2015, 2, 1),
    "period_why": "From the first referral to the incident",
}
WHOLE = services.Terms(
    purpose="To learn",
    family_plan="The mother is visited",
    practitioners_plan="An event",
    parallel_plan="The officer in the case is asked",
    **PERIOD,
)


@pytest.fixture
def manager() -> Access:
    return world.a_case()


@pytest.fixture
def chair(manager: Access) -> Access:
    return world.a_member(manager, Role.CHAIR)


def employed_by(agency: Agency, until: date | None = None) -> Declared:
    engagement = independence.Engagement(agency.name, "employed", date(2012, 1, 1), until)
    return replace(NOTHING, engagements=(engagement,))


def declared(
    manager: Access, what: Declared = NOTHING, user: User | None = None
) -> LeadReviewerAppointment:
    return reviewers.declare_independence(
        access=manager,
        review=review_of(manager),
        user=user or world.a_user("Robin Example"),
        declared=what,
    )


def the_partners_decide_to_review(manager: Access) -> None:
    world.a_rapid_review(manager)
    world.every_criterion_found(manager)
    partners = list(world.a_partners_trio(manager).values())
    decision = decide(
        access=partners[0], outcome=Recommendation.Outcome.REVIEW, reasons="There is learning"
    )
    for partner in partners:
        record_partner_view(access=partner, decision=decision, agrees=True, reasons="Yes")


def test_no_review_is_commissioned_without_a_decision_or_a_reason(manager: Access) -> None:
    with pytest.raises(WrongState, match="decision_is_not_scr"):
        services.commission(
            access=manager,
            label="Child T",
            method=Review.Method.SILP,
            commissioned_on=clock.today(),
        )
    assert not Review.objects.exists()


def test_a_review_below_the_criteria_keeps_its_reason(manager: Access) -> None:
    assert world.a_review(manager).below_criteria_reason == "The partners want to learn from it"


def test_a_review_decided_upon_needs_no_reason_and_its_clock_runs_from_the_decision() -> None:
    manager = world.an_incident()
    the_partners_decide_to_review(manager)
    started = Duty.objects.get(case=manager.case, code="C6")

    review = services.commission(
        access=manager,
        label="Child T",
        method=Review.Method.HYBRID,
        commissioned_on=clock.today(),
        below_criteria_reason="not needed",
    )
    assert review.below_criteria_reason == ""
    assert Duty.objects.get(case=manager.case, code="C6") == started


def test_the_clock_for_completion_starts_with_a_review_below_the_criteria(manager: Access) -> None:
    world.a_review(manager)
    assert Duty.objects.filter(case=manager.case, code="C6").count() == 1


def test_a_case_has_one_review(manager: Access) -> None:
    world.a_review(manager)
    with pytest.raises(WrongState, match="already_commissioned"):
        world.a_review(manager)


@pytest.mark.parametrize("label", ["", "  ", "Jodie", "The Jodie Fictional review"])
def test_a_label_is_given_and_holds_no_name_of_the_register(manager: Access, label: str) -> None:
    enter(
        access=manager,
        kind=Identity.Kind.PERSON,
        relationship=Identity.Relationship.SUBJECT_CHILD,
        pseudonym="Subject child",
        real=RealIdentity(forms=("Jodie Fictional", "Jodie")),
    )
    with pytest.raises(Invalid, match="label_"):
        world.a_review(manager, label=label)


def test_only_those_who_commission_may_commission(manager: Access) -> None:
    author = world.a_member(manager, Role.AGENCY_AUTHOR, agency=world.an_agency())
    with pytest.raises(NotPermitted):
        world.a_review(author)


def test_every_version_of_the_terms_is_kept(manager: Access) -> None:
    review = world.a_review(manager)
    services.set_terms(access=manager, review=review, seen_version=1, terms=WHOLE)
    services.set_terms(
        access=manager, review=review, seen_version=2, terms=replace(WHOLE, purpose="To improve")
    )
    versions = list(terms_versions(manager))
    assert [version.terms["purpose"] for version in versions] == ["To improve", "To learn"]
    assert versions[0].terms["period_start"] == "2013-01-01"


def test_the_second_to_save_the_terms_overwrites_nothing(manager: Access) -> None:
    review = world.a_review(manager)
    services.set_terms(access=manager, review=review, seen_version=1, terms=WHOLE)
    with pytest.raises(EditedElsewhere):
        services.set_terms(
            access=manager, review=review, seen_version=1, terms=services.Terms(purpose="Mine")
        )
    review.refresh_from_db()
    assert review.purpose == "To learn"
    assert TermsVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (replace(WHOLE, period_why=" "), "reasons_missing"),
        (replace(WHOLE, period_end=date(2012, 1, 1)), "period_backwards"),
    ],
)
def test_a_period_has_reasons_and_runs_forward(
    manager: Access, terms: services.Terms, code: str
) -> None:
    with pytest.raises(Invalid, match=code):
        services.set_terms(
            access=manager, review=world.a_review(manager), seen_version=1, terms=terms
        )


def test_terms_are_agreed_only_when_whole_and_by_those_who_decide(
    manager: Access, chair: Access
) -> None:
    review = world.a_review(manager)
    with pytest.raises(WrongState, match="the period under review"):
        services.agree_terms(access=chair, review=review)
    services.set_terms(access=manager, review=review, seen_version=1, terms=WHOLE)
    services.add_line_of_enquiry(access=manager, review=review, text="Was the child seen?")
    world.an_agency_in_scope(manager)
    with pytest.raises(NotPermitted):
        services.agree_terms(access=manager, review=review)
    assert services.agree_terms(access=chair, review=review).terms_agreed_at
    assert terms_versions(manager)[0].agreed_at


def test_changed_terms_are_to_be_agreed_again(manager: Access, chair: Access) -> None:
    test_terms_are_agreed_only_when_whole_and_by_those_who_decide(manager, chair)
    review = services.set_terms(
        access=manager, review=review_of(manager), seen_version=2, terms=WHOLE
    )
    assert review.terms_agreed_at is None


def test_a_line_of_enquiry_is_reworded_only_over_the_version_seen(manager: Access) -> None:
    line = services.add_line_of_enquiry(
        access=manager, review=world.a_review(manager), text="Was the child seen?"
    )
    services.reword_line_of_enquiry(access=manager, line=line, seen_version=1, text="Seen alone?")
    with pytest.raises(EditedElsewhere):
        services.reword_line_of_enquiry(access=manager, line=line, seen_version=1, text="Mine")


def test_each_agency_keeps_a_colour_of_its_own(manager: Access) -> None:
    names = [f"Body {number}" for number in range(1, 5)]
    agencies = [world.an_agency_in_scope(manager, name) for name in names]
    second = agencies_in_scope(manager)[1]
    services.take_agency_out_of_scope(access=manager, scoped=second, reason="No contact")
    world.an_agency_in_scope(manager, "Body 5")
    assert [scoped.colour for scoped in agencies_in_scope(manager)] == [1, 3, 4, 5]
    back = services.bring_agency_into_scope(
        access=manager, review=review_of(manager), agency=agencies[1]
    )
    assert back.colour == 2


def test_an_agency_of_a_partnership_without_part_in_the_case_cannot_come_into_scope(
    manager: Access,
) -> None:
    stranger = world.an_agency(world.a_partnership("Elsewhere Partnership"), "Elsewhere Council")
    with pytest.raises(Hidden):
        services.bring_agency_into_scope(
            access=manager, review=world.a_review(manager), agency=stranger
        )


def test_an_accepted_reviewer_is_on_the_case_from_then(manager: Access, chair: Access) -> None:
    world.a_review(manager)
    person = world.a_user("Robin Example")
    appointment = declared(manager, user=person)
    with pytest.raises(Hidden):
        world.access_for(person, manager.case)
    reviewers.accept_reviewer(access=chair, appointment=appointment, reasons="")
    assert world.access_for(person, manager.case).roles == {Role.LEAD_REVIEWER}


def test_a_conflict_cannot_be_accepted_away(manager: Access, chair: Access) -> None:
    agency = world.an_agency_in_scope(manager)
    appointment = declared(manager, employed_by(agency))
    assert appointment.result == LeadReviewerAppointment.Result.CONFLICT
    assert appointment.kinds
    with pytest.raises(WrongState, match="reviewer_not_independent"):
        reviewers.accept_reviewer(access=chair, appointment=appointment, reasons="We trust them")


def test_a_declaration_that_calls_for_a_decision_needs_reasons(
    manager: Access, chair: Access
) -> None:
    world.a_review(manager)
    appointment = declared(manager, replace(NOTHING, same_board_reviews=1))
    assert appointment.result == LeadReviewerAppointment.Result.DECLARE_AND_DECIDE
    with pytest.raises(Invalid, match="reasons_missing"):
        reviewers.accept_reviewer(access=chair, appointment=appointment, reasons=" ")
    accepted = reviewers.accept_reviewer(access=chair, appointment=appointment, reasons="Long ago")
    assert accepted.accepted_at


def test_a_predecessor_of_an_agency_in_scope_counts_as_that_agency(manager: Access) -> None:
    agency = world.an_agency_in_scope(manager)
    older = world.an_agency(agency.partnership, "Old Borough")
    oldest = world.an_agency(agency.partnership, "Older Borough")
    Agency.objects.filter(pk=older.pk).update(predecessor=oldest)
    Agency.objects.filter(pk=agency.pk).update(predecessor=older)
    assert declared(manager, employed_by(oldest)).result == "conflict"


def test_independence_is_tested_again_when_an_agency_comes_into_scope(
    manager: Access, chair: Access
) -> None:
    world.a_review(manager)
    late = world.an_agency(name="Late Trust")
    appointment = declared(manager, employed_by(late))
    reviewers.accept_reviewer(access=chair, appointment=appointment, reasons="")
    services.bring_agency_into_scope(access=manager, review=review_of(manager), agency=late)
    appointment.refresh_from_db()
    assert reviewers.stands_worse(appointment)
    with pytest.raises(WrongState, match="reviewer_not_independent"):
        reviewers.accept_reviewer(access=chair, appointment=appointment, reasons="Still")


def test_independence_is_tested_again_when_the_period_changes(
    manager: Access, chair: Access
) -> None:
    agency = world.an_agency_in_scope(manager)
    long_ago = employed_by(agency, until=date(2014, 1, 1))
    appointment = declared(manager, long_ago)
    reviewers.accept_reviewer(access=chair, appointment=appointment, reasons="Long ago")
    services.set_terms(access=manager, review=review_of(manager), seen_version=1, terms=WHOLE)
    appointment.refresh_from_db()
    assert "engaged_in_period" in appointment.kinds


def test_ending_an_appointment_ends_access_at_once(manager: Access, chair: Access) -> None:
    world.a_review(manager)
    person = world.a_user("Robin Example")
    appointment = declared(manager, user=person)
    reviewers.accept_reviewer(access=chair, appointment=appointment, reasons="")
    reviewers.end_reviewer(access=chair, appointment=appointment, reasons="A conflict came up")
    with pytest.raises(Hidden):
        world.access_for(person, manager.case)
    assert Event.objects.filter(name="reviews.reviewer_ended").exists()


def test_nobody_accepts_their_own_declaration(manager: Access, chair: Access) -> None:
    world.a_review(manager)
    appointment = declared(manager, user=User.objects.get(pk=chair.actor.id))
    with pytest.raises(NotPermitted, match="own_declaration"):
        reviewers.accept_reviewer(access=chair, appointment=appointment, reasons="")


def test_proceedings_are_changed_only_over_the_version_seen(manager: Access) -> None:
    held = services.record_proceeding(
        access=manager, kind=ParallelProceeding.Kind.INQUEST, now=services.Stands("Opened")
    )
    change = {"access": manager, "proceeding": held, "seen_version": 1}
    services.change_proceeding(now=services.Stands("Concluded", ended_on=clock.today()), **change)
    with pytest.raises(EditedElsewhere):
        services.change_proceeding(now=services.Stands("Adjourned"), **change)


def test_a_commission_does_not_lie_ahead(manager: Access) -> None:
    with pytest.raises(Invalid, match="day_ahead"):
        services.commission(
            access=manager,
            label="Child T",
            method=Review.Method.SILP,
            commissioned_on=clock.today() + timedelta(days=1),
            below_criteria_reason="To learn",
        )
