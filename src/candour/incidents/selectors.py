"""Reading an incident: whole for those who read the referral, agencies only their own form."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet

from candour.cases.access import Access
from candour.cases.permissions import RECORDS, Act, Kind
from candour.duties.letter_pages import delivered_letters
from candour.duties.models import Letter
from candour.duties.states import state_of
from candour.engines.statute.rulebook import rule_set
from candour.incidents.facts import children_of
from candour.incidents.models import (
    CriterionFinding,
    FirstHoursStep,
    Incident,
    IncidentChild,
    Notification,
    PanelLetter,
    PanelNotice,
    PartnerSignOff,
    RapidReview,
    Recommendation,
    ReviewDecision,
    ScopingForm,
)
from candour.incidents.services.assessment import criteria_unanswered
from candour.incidents.services.decision import standing_decision
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden
from candour.people.models import Agency, Partnership
from candour.people.roles import Role
from candour.people.selectors import appointments_of

Found = TypeVar("Found", bound=Model)

# What a letter of the panel's desk about a decision on a review can say of itself.
FROM_DESK = ("agrees", "queries", "reconsider", "national_review")


@dataclass(frozen=True)
class Overview:
    """Where an incident stands, for the case's overview page; None where this person may not know.

    `scoping_own` are the forms of agencies for which this person acts.
    """

    state: str
    nature: str | None
    aware_on: date | None
    children: tuple[str, ...]
    first_hours_open: int | None
    first_hours: int | None
    notification: str | None
    criteria_open: int | None
    scoping_returned: int
    scoping: int
    scoping_own: tuple[ScopingForm, ...]
    rapid_review: str | None
    recommended: str | None
    decided: str | None


def overview(access: Access) -> Overview:
    """Where the incident stands, as far as this person may know."""
    forms = list(scoping_forms(access))
    own = {holding.agency_id for holding in access.holdings if holding.agency_id}
    whole = bool(access.may_read(Kind.REFERRAL))
    decisions = bool(access.may_read(Kind.DECISION))
    incident = incident_of(access) if whole else None
    card = list(first_hours(access)) if whole else None
    return Overview(
        state=state_of(access.case),
        nature=incident.get_nature_display() if incident else None,
        aware_on=incident.aware_on if incident else None,
        children=tuple(each.identity.pseudonym for each in children(access)) if whole else (),
        first_hours_open=sum(not step.done_at for step in card) if card is not None else None,
        first_hours=len(card) if card is not None else None,
        notification=notification_word(notification_of(access)) if whole else None,
        criteria_open=len(criteria_unanswered(access.case)) if whole else None,
        scoping_returned=sum(bool(form.returned_at) for form in forms),
        scoping=len(forms),
        scoping_own=tuple(form for form in forms if form.agency_id in own),
        rapid_review=_rapid_review_word(access) if whole else None,
        recommended=_recommended(access) if decisions else None,
        decided=_decided(access) if decisions else None,
    )


def notification_word(notification: Notification) -> str:
    """How the notification stands."""
    if notification.sent_at:
        return "Recorded as sent"
    if notification.decided_not_to_at:
        return "Decided not to notify"
    return "Being prepared" if notification.prepared_at else "Not started"


def _rapid_review_word(access: Access) -> str | None:
    review = rapid_review_or_none(access)
    if review is None:
        return None
    if review.sent_to_panel_on:
        return "Sent to the panel"
    return f"{len(signed_by(review))} of 3 partners have signed"


def _recommended(access: Access) -> str | None:
    last = recommendations(access).last()
    return last.get_outcome_display() if last else None


def _decided(access: Access) -> str | None:
    decision = standing_decision(access.case)
    return decision.get_outcome_display() if decision else None


def incident_of(access: Access) -> Incident:
    """The incident of the case; Hidden for those who do not read the whole referral."""
    _whole_referral(access)
    return Incident.objects.select_related("place").get(case=access.case)


def bodies_known(incident: Incident) -> QuerySet[Agency]:
    """The bodies that know the family."""
    return incident.bodies_known.all()


def children(access: Access) -> list[IncidentChild]:
    """The children to whom it happened, under their pseudonyms."""
    _whole_referral(access)
    return children_of(access.case)


def child_of(access: Access, child_id: uuid.UUID) -> IncidentChild:
    """One of them; Hidden if it is of another case."""
    return _or_hidden(next((each for each in children(access) if each.pk == child_id), None))


def first_hours(access: Access) -> QuerySet[FirstHoursStep]:
    """The lines of the first-hours card, in order."""
    _whole_referral(access)
    return FirstHoursStep.objects.filter(case=access.case).select_related("done_by")


def step_of(access: Access, step_id: uuid.UUID) -> FirstHoursStep:
    """One line of the card; Hidden if it is of another case."""
    return _or_hidden(first_hours(access).filter(pk=step_id).first())


def notification_of(access: Access) -> Notification:
    """The notification as prepared, sent or decided against."""
    _whole_referral(access)
    return Notification.objects.get(case=access.case)


def findings_of(access: Access) -> dict[tuple[uuid.UUID, str], CriterionFinding]:
    """What people found, by child and criterion."""
    _whole_referral(access)
    rows = CriterionFinding.objects.filter(case=access.case).select_related("found_by")
    return {(row.child_id, row.criterion): row for row in rows}


def criteria_asked(access: Access) -> int:
    """How many questions the rules of the case ask of each child."""
    return len(rule_set(access.case.rule_set).criteria)


def scoping_forms(access: Access) -> QuerySet[ScopingForm]:
    """The scoping forms: all for those who read the referral, their own for agencies."""
    rows = ScopingForm.objects.select_related("agency", "returned_by", "case")
    return access.visible(  # type: ignore[return-value]
        Kind.REFERRAL, rows, agency_field="agency"
    )


def scoping_form(access: Access, form_id: uuid.UUID) -> ScopingForm:
    """One scoping form; Hidden if it is another agency's or another case's."""
    return _or_hidden(scoping_forms(access).filter(pk=form_id).first())


def bodies_known_to(access: Access) -> list[Agency]:
    """The bodies recorded as knowing the family, for whoever may ask agencies."""
    access.may(Act.ASK_AGENCIES).require(_Concealed)
    return list(Incident.objects.get(case=access.case).bodies_known.all())


def agencies_to_ask(access: Access) -> list[Agency]:
    """Agencies of the partnerships whose case it is, not yet asked."""
    asked = ScopingForm.objects.filter(case=access.case).values("agency_id")
    ours = Agency.objects.filter(partnership__in=access.case.partnerships.all())
    return list(ours.exclude(pk__in=asked))


def is_outstanding(form: ScopingForm) -> bool:
    """Is the form past its day and not back?"""
    return not form.returned_at and form.due_on < clock.today()


def rapid_review_or_none(access: Access) -> RapidReview | None:
    """The rapid review, once it has begun."""
    _whole_referral(access)
    return RapidReview.objects.filter(case=access.case).first()


def rapid_review_of(access: Access) -> RapidReview:
    """The rapid review; Hidden before it has begun."""
    return _or_hidden(rapid_review_or_none(access))


def sign_offs(review: RapidReview) -> QuerySet[PartnerSignOff]:
    """Every signature, on whatever version."""
    return review.sign_offs.select_related("by")


def signed_by(review: RapidReview) -> list[PartnerSignOff]:
    """The signatures on the present version."""
    return list(sign_offs(review).filter(signed_version=review.version))


def recommendations(access: Access) -> QuerySet[Recommendation]:
    """What was recommended, earliest first."""
    access.may_read(Kind.DECISION).require(_Concealed)
    rows = Recommendation.objects.filter(case=access.case).select_related("recorded_by")
    return rows.order_by("recorded_at", "id")


def decisions(access: Access) -> QuerySet[ReviewDecision]:
    """Every decision proposed or taken, latest first, with the partners' answers."""
    access.may_read(Kind.DECISION).require(_Concealed)
    rows = ReviewDecision.objects.filter(case=access.case).select_related("recorded_by")
    return rows.prefetch_related("views__by").order_by("-recorded_at", "-id")


def decision_of(access: Access, decision_id: uuid.UUID) -> ReviewDecision:
    """One decision; Hidden if it is of another case."""
    return _or_hidden(decisions(access).filter(pk=decision_id).first())


def panel_letters(access: Access) -> QuerySet[PanelLetter]:
    """The letters of the national panel, in the order in which they came."""
    access.may_read(Kind.DECISION).require(_Concealed)
    rows = PanelLetter.objects.filter(case=access.case)
    return rows.select_related("filed_by", "document").prefetch_related("delivered__answered_by")


def panel_letter(access: Access, letter_id: uuid.UUID) -> PanelLetter:
    """One letter; Hidden if it is of another case."""
    return _or_hidden(panel_letters(access).filter(pk=letter_id).first())


def panel_letters_delivered(access: Access) -> list[Letter]:
    """Letters of the panel's desk on this installation that are not on record here yet."""
    access.may_read(Kind.DECISION).require(_Concealed)
    filed = PanelLetter.objects.filter(case=access.case, delivered__isnull=False)
    on_record = set(filed.values_list("delivered_id", flat=True))
    return [each for each in delivered_letters(access, FROM_DESK) if each.pk not in on_record]


def panel_notices(access: Access) -> QuerySet[PanelNotice]:
    """When the panel, Ofsted and the Department were told of a decision."""
    access.may_read(Kind.DECISION).require(_Concealed)
    return PanelNotice.objects.filter(case=access.case).select_related("recorded_by")


class _Concealed(Hidden):
    def __init__(self, _code: str, _reason: str) -> None:
        super().__init__()


def _whole_referral(access: Access) -> None:
    access.may_read(Kind.REFERRAL).require(_Concealed)


def _or_hidden(found: Found | None) -> Found:
    if found is None:
        raise Hidden
    return found


def partnerships_to_log_for(actor: Actor) -> list[Partnership]:
    """The partnerships for which this person may log: appointed there in a role that sees cases.

    A body that has been succeeded takes no new incident: its successor does.
    """
    blind = [role.value for role in Role if not RECORDS[role]]
    held = appointments_of(actor).exclude(role__in=blind).values("partnership_id")
    return list(
        Partnership.objects.filter(pk__in=held, successor=None).prefetch_related("agencies")
    )
