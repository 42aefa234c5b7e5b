"""Rows and summaries for the pages of a review's commission."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.reviews.models import (
    AgencyInScope,
    LeadReviewerAppointment,
    LineOfEnquiry,
    Review,
    TermsVersion,
)
from candour.reviews.reviewers import stands_worse
from candour.ui.wording import day, instant

Cell = str | dict[str, str]
Row = dict[str, str]

TERMS = {
    "purpose": "What the review is for",
    "terms_of_reference": "Terms of reference",
    "period_start": "First day of the period",
    "period_end": "Last day of the period",
    "period_why": "Why this period",
    "family_plan": "How the family takes part",
    "practitioners_plan": "How practitioners are involved",
    "parallel_plan": "Proceedings beside the review",
    "media_lead": "Who speaks to the media",
    "principles": "How the method meets the five principles",
}


def address(access: Access, page: str, **further: object) -> str:
    """The address of a page of this room."""
    return reverse(f"reviews:{page}", kwargs={"reference": access.case.reference, **further})


def review_rows(review: Review, *, decides: bool) -> list[Row]:
    """What was commissioned; why below the criteria is for those who read decisions."""
    rows = [
        {"key": "Label", "value": review.label},
        {"key": "Method", "value": review.get_method_display()},
        {"key": "Commissioned on", "value": day(review.commissioned_on)},
        {
            "key": "Ends in",
            "value": "Questions to the board" if review.asks_questions else "Recommendations",
        },
    ]
    if decides and review.below_criteria_reason:
        rows.append({"key": "Held below the criteria", "value": review.below_criteria_reason})
    return rows


def terms_rows(review: Review, shown: Iterable[str] = TERMS) -> list[Row]:
    """The terms of reference as they stand."""
    return [{"key": TERMS[name], "value": _said(getattr(review, name))} for name in shown]


def _said(value: object) -> str:
    if hasattr(value, "year"):
        return day(value)  # type: ignore[arg-type]
    return str(value or "") or "Not written yet"


def version_sections(versions: Iterable[TermsVersion]) -> list[dict[str, object]]:
    """Every version, newest first, under a title that says who saved it and when."""
    return [
        {"title": _version_title(version), "rows": _version_rows(version.terms)}
        for version in versions
    ]


def _version_title(version: TermsVersion) -> str:
    saved = f"Version {version.number}, saved by {version.saved_by.name} on "
    agreed = f"; agreed on {day(version.agreed_at)}" if version.agreed_at else ""
    return f"{saved}{instant(version.recorded_at)}{agreed}"


def _version_rows(terms: Mapping[str, str]) -> list[Row]:
    return [{"key": TERMS[name], "value": _as_day(terms[name]) or "Not written"} for name in terms]


def _as_day(held: str) -> str:
    try:
        return day(date.fromisoformat(held))
    except ValueError:
        return held


def line_rows(access: Access, lines: Iterable[LineOfEnquiry], may_write: bool) -> list[list[Cell]]:
    """One row a question."""
    return [
        [
            str(line.order),
            line.text,
            linked("Reword", f"question {line.order}", address(access, "line", line_id=line.pk))
            if may_write
            else "",
        ]
        for line in lines
    ]


def scope_rows(
    access: Access, scope: Iterable[AgencyInScope], may: bool
) -> list[dict[str, object]]:
    """One row an agency, with its colour; what it is asked for, to those who read its return."""
    return [
        {
            "name": scoped.agency.name,
            "colour": scoped.colour,
            "kind": scoped.agency.get_kind_display(),
            "asked_for": scoped.asked_for
            if access.may_read(Kind.AGENCY_RETURN, scoped.agency_id)
            else "",
            "leave": address(access, "leave_scope", scoped_id=scoped.pk) if may else "",
        }
        for scoped in scope
    ]


def reviewer_rows(
    access: Access, appointments: Iterable[LeadReviewerAppointment]
) -> list[list[Cell]]:
    """One row a declaration."""
    return [
        [
            {"text": each.user.name, "href": address(access, "reviewer", appointment_id=each.pk)},
            "Second reviewer" if each.second else "Lead reviewer",
            each.get_result_display(),
            standing_words(each),
        ]
        for each in appointments
    ]


def standing_words(appointment: LeadReviewerAppointment) -> str:
    """How an appointment stands, in words."""
    if appointment.ended_at:
        return f"Ended on {day(appointment.ended_at)}"
    if not appointment.accepted_at:
        return "Waiting for the commissioner"
    if stands_worse(appointment):
        return "To be decided again: it has come to stand worse since it was accepted"
    return f"Accepted on {day(appointment.accepted_at)}"


def declaration_rows(appointment: LeadReviewerAppointment) -> list[Row]:
    """What was declared, what it amounts to, and what was decided."""
    held = appointment.declaration
    decided_by = appointment.accepted_by
    rows = [
        {"key": "Declared on", "value": instant(appointment.declared_at)},
        {"key": "Worked for", "value": "\n".join(map(_engagement, held["engagements"])) or "None"},
        {"key": "Knows of the practice", "value": appointment.knowledge or "Not recorded"},
        {"key": "What it amounts to", "value": appointment.get_result_display()},
        {"key": "Why", "value": appointment.explanation},
        {"key": "Stands", "value": standing_words(appointment)},
    ]
    if decided_by:
        reasons = appointment.reasons or "None were needed"
        rows.append({"key": f"Reasons of {decided_by.name}", "value": reasons})
    if appointment.ended_why:
        rows.append({"key": "Why it ended", "value": appointment.ended_why})
    return rows


def _engagement(held: Mapping[str, str]) -> str:
    since, until = _as_day(held["since"]) or "not known when", _as_day(held["until"]) or "now"
    return f"{held['body']} ({held['kind']}), {since} to {until}"


def linked(text: str, what: str, href: str) -> Cell:
    return {"text": f"{text} {what}", "href": href}
