"""Papers made from what is on record already: nobody fills them in a second time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.cases.steps import Row
from candour.contributions.models import FamilyContribution, PractitionerEvent
from candour.duties.presenters import clock_lines
from candour.duties.selectors import duties_of
from candour.incidents import presenters as incident_presenters
from candour.incidents import selectors as incidents
from candour.incidents.models import Incident, Notification, Recommendation, ReviewDecision
from candour.incidents.services.scoping import QUESTIONS
from candour.reviews.presenters import beside
from candour.reviews.presenters import commission as review_presenters
from candour.reviews.selectors import (
    hand_overs_of,
    lines_of_enquiry,
    proceedings_of,
    progress_checks_of,
    prosecution_agreements_of,
    review_or_none,
    reviewers_of,
)
from candour.ui.wording import day, instant


@dataclass(frozen=True)
class Part:
    """A titled part of a paper."""

    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Composed:
    """A paper made from records: its code, title, kind of record, and how it is read."""

    code: str
    title: str
    kind: Kind
    read: Callable[[Access], Iterable[Part]]


def _rows(*pairs: tuple[str, str]) -> list[Row]:
    return [{"key": key, "value": value or "Not recorded"} for key, value in pairs]


def _as_rows(rows: Iterable[Mapping[str, str]]) -> list[Row]:
    return [{"key": each["key"], "value": each["value"]} for each in rows]


def _notification(access: Access) -> Iterable[Part]:
    found = incidents.notification_of(access)
    yield Part("Where it stands", _rows(("State", incidents.notification_word(found))))
    if found.sent_at:
        yield Part("Sent", _sent(found))
    if found.decided_not_to_at:
        yield Part("Decided not to notify", _not_sent(found))
    sections = incident_presenters.notification_sections(
        found, incidents.incident_of(access), incidents.children(access)
    )
    yield from (Part(each.title, each.rows) for each in sections)


def _sent(found: Notification) -> list[Row]:
    return _rows(
        ("When", instant(found.sent_at)),
        ("By", found.sent_by_role),
        ("To", found.sent_to),
        ("Reference", found.reference),
        ("Rescinded", f"{instant(found.rescinded_at)} {found.rescinded_reasons}".strip()),
    )


def _not_sent(found: Notification) -> list[Row]:
    return _rows(
        ("When", instant(found.decided_not_to_at)),
        ("Reasons", found.not_notified_reasons),
        ("Partners’ views", found.partners_views),
        ("Dissent", found.dissent),
    )


def _scoping(access: Access) -> Iterable[Part]:
    for form in incidents.scoping_forms(access):
        rows = _rows(
            ("Asked on", day(form.sent_at)),
            ("To be returned by", day(form.due_on)),
            ("Returned on", day(form.returned_at)),
            ("Records secured", day(form.records_secured_at)),
            *((text, form.answers.get(key, "")) for key, text, _ in QUESTIONS),
        )
        yield Part(form.agency.name, rows)


def _rapid_review(access: Access) -> Iterable[Part]:
    review = incidents.rapid_review_or_none(access)
    if review is None:
        return
    signed = {each.get_partner_body_display(): each for each in incidents.signed_by(review)}
    yield Part(
        f"Signatures on version {review.version}",
        _rows(
            *(
                (body, f"{each.by.name}, {instant(each.recorded_at)}")
                for body, each in signed.items()
            )
        )
        or _rows(("Signatures", "")),
    )
    yield Part("Rapid review", incident_presenters.section_rows(review))


def _decision(access: Access) -> Iterable[Part]:
    if access.may_read(Kind.REFERRAL) and Incident.objects.filter(case=access.case).exists():
        yield from _findings(access)
    for each in incidents.recommendations(access):
        yield Part(f"Recommended on {day(each.recommended_on)}", _recommended(each))
    for decision in incidents.decisions(access):
        yield Part(f"Decision of {day(decision.decided_on)}", _decided(decision))
    for notice in incidents.panel_notices(access):
        told = (
            ("National panel", day(notice.told_on)),
            ("Ofsted", day(notice.ofsted_told_on)),
            ("Department for Education", day(notice.dfe_told_on)),
        )
        yield Part("Told of the decision", _rows(*told))


def _recommended(each: Recommendation) -> list[Row]:
    return _rows(
        ("Recommendation", each.get_outcome_display()),
        ("Reasons", each.reasons),
        ("Dissent", each.dissent),
        ("Recorded", f"{each.recorded_by.name}, {instant(each.recorded_at)}"),
    )


def _decided(decision: ReviewDecision) -> list[Row]:
    views = (
        (
            f"View of the {view.get_partner_body_display().lower()}",
            f"{'Agrees' if view.agrees else 'Does not agree'}. {view.reasons}",
        )
        for view in decision.views.all()
    )
    return _rows(
        ("Decision", decision.get_outcome_display()),
        ("Reasons", decision.reasons),
        ("Other exercise", decision.alternative),
        ("Reasons against the criteria", decision.override_reasons),
        ("Dissent", decision.dissent),
        *views,
        ("In force since", instant(decision.stands_from)),
        ("Entered", f"{decision.recorded_by.name}, {instant(decision.recorded_at)}"),
    )


def _findings(access: Access) -> Iterable[Part]:
    found = incidents.findings_of(access)
    for child in incidents.children(access):
        lines = [
            (
                code,
                f"{each.get_finding_display()}. {each.reason} Evidence: {each.evidence or 'none'}",
            )
            for (owner, code), each in found.items()
            if owner == child.pk
        ]
        asked = incident_presenters.assessments(access, [child], found)[0].lines
        words = {line.code: line.question for line in asked}
        rows = _rows(*((words.get(code, code), text) for code, text in lines))
        yield Part(f"Criteria: {child.identity.pseudonym}", rows or _rows(("Findings", "")))


def _terms(access: Access) -> Iterable[Part]:
    review = review_or_none(access.case)
    if review is None:
        return
    yield Part("Review", _as_rows(review_presenters.review_rows(review, decides=True)))
    yield Part("Terms of reference", _as_rows(review_presenters.terms_rows(review)))
    lines = ((f"Line {each.order}", each.text) for each in lines_of_enquiry(access))
    yield Part("Lines of enquiry", _rows(*lines) or _rows(("Lines", "")))
    yield Part("Agreed", _rows(("On", day(review.terms_agreed_at))))


def _declarations(access: Access) -> Iterable[Part]:
    for each in reviewers_of(access):
        yield Part(each.user.name, _as_rows(review_presenters.declaration_rows(each)))


def _beside(access: Access) -> Iterable[Part]:
    for each in proceedings_of(access):
        yield Part(
            each.get_kind_display(),
            _rows(
                ("How it stands", each.stands),
                ("Reference", each.reference),
                ("Who leads it", each.lead_contact),
                ("Agreed", each.agreed),
                ("Shared, so that all are asked once", each.asked_once),
                ("Ended on", day(each.ended_on)),
            ),
        )
    for agreed in prosecution_agreements_of(access):
        yield Part("Police and prosecutors", beside.agreement_rows(agreed))
    for handed in hand_overs_of(access):
        whose = f"{handed.from_partnership.name} to {handed.to_partnership.name}"
        yield Part("Handed over", _rows((day(handed.handed_over_on), f"{whose}: {handed.reasons}")))


def _checks(access: Access) -> Iterable[Part]:
    for each in progress_checks_of(access):
        yield Part(
            f"{each.get_kind_display()}, {day(each.made_on)}",
            _rows(
                ("Words", each.words),
                ("In time", "Yes" if each.on_time else f"No. {each.delay_reasons}"),
                ("Answer", f"{day(each.answered_on)} {each.answer}".strip()),
            ),
        )


def _event(access: Access) -> Iterable[Part]:
    for each in PractitionerEvent.objects.filter(case=access.case):
        yield Part(
            f"Event of {day(each.held_on)}",
            _rows(
                ("Facilitators", each.facilitators),
                ("Who came, by role", each.attendees_by_role),
                ("Support offered", each.support_offered),
                ("Discussed", each.discussed),
                ("Amendments", each.amendments),
            ),
        )


def _family(access: Access) -> Iterable[Part]:
    for each in FamilyContribution.objects.filter(case=access.case).select_related("identity"):
        yield Part(
            each.identity.pseudonym,
            _rows(
                ("Safe contact", each.safe_contact_rule),
                ("Approached", f"{day(each.approached_on)} {each.approached_how}".strip()),
                ("Why not approached", each.not_approached_reason),
                ("Their own words", each.words),
                ("What they asked the review to look at", each.asked_the_review_to_look_at),
                ("Read back on", day(each.read_back_on)),
                ("Agreed on", day(each.agreed_on)),
            ),
        )


def _clocks(access: Access) -> Iterable[Part]:
    for line in clock_lines(access, duties_of(access)):
        yield Part(
            line.name,
            _rows(
                ("Due", line.due),
                ("Owed", line.owed),
                ("Counted", line.counted),
                ("Met", line.met),
                ("Explained", line.explained),
                ("Source", line.source),
            ),
        )


COMPOSED = (
    Composed("notification", "Serious incident notification", Kind.REFERRAL, _notification),
    Composed("scoping", "Agencies’ scoping forms", Kind.REFERRAL, _scoping),
    Composed("rapid_review", "Rapid review", Kind.REFERRAL, _rapid_review),
    Composed("decision", "Recommendation and decision record", Kind.DECISION, _decision),
    Composed("terms", "Terms of reference", Kind.DECISION, _terms),
    Composed("declarations", "Reviewers’ declarations", Kind.DECISION, _declarations),
    Composed("beside", "Proceedings and agreements", Kind.DECISION, _beside),
    Composed("checks", "Checks of progress and quality", Kind.DECISION, _checks),
    Composed("event", "Practitioner event", Kind.CONVERSATIONS, _event),
    Composed("family", "Family involvement", Kind.FAMILY, _family),
    Composed("clocks", "Clocks, and how each was counted", Kind.DECISION, _clocks),
)
