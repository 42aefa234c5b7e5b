"""Criterion by criterion, child by child: the engine's reading beside what people find."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Row, Step, step_page
from candour.duties.states import may_move, state_of
from candour.engines.statute.rulebook import rule_set
from candour.incidents import presenters, selectors
from candour.incidents.facts import assessment_of
from candour.incidents.forms.decision import FindingForm, RecommendationForm, ScreeningForm
from candour.incidents.models import CriterionFinding, IncidentChild, Recommendation
from candour.incidents.presenters import CriterionLine, address, rows_of
from candour.incidents.services.assessment import (
    criteria_unanswered,
    find_criterion,
    may_find,
    may_still_find,
)
from candour.incidents.services.screening import (
    begin_screening,
    recommend,
    referral_facts,
    screening_facts,
)
from candour.kernel.decision import Denied
from candour.kernel.errors import Hidden


@require_safe
@case_page(Kind.REFERRAL)
def criteria(request: HttpRequest, access: Access) -> HttpResponse:
    """Every criterion for every child."""
    children, found = selectors.children(access), selectors.findings_of(access)
    closed = may_still_find(access.case)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access, ("Incident", address(access, "incident"))),
        "rules": rule_set(access.case.rule_set),
        "assessments": presenters.assessments(access, children, found),
        "may_find": bool(may_find(access)) and bool(closed),
        "closed": closed.reason if isinstance(closed, Denied) else "",
        "may_write": bool(access.may_write(Kind.REFERRAL)),
        "may_screen": bool(access.may(Act.SCREEN)),
        "screening": access.case.regime == "SCR"
        and state_of(access.case) in ("INCIDENT_LOGGED", "NOTIFIED"),
        "may_recommend": bool(access.may(Act.RECOMMEND)),
    }
    return render(request, "incidents/criteria.html", context)


@case_page(Kind.REFERRAL)
def finding(
    request: HttpRequest, access: Access, child_id: uuid.UUID, criterion: str
) -> HttpResponse:
    """Record what people find on one criterion."""
    may_find(access).require()
    child = selectors.child_of(access, child_id)
    found = selectors.findings_of(access).get((child.pk, criterion))
    line = _line(access, child, criterion, found)
    form = FindingForm(request.POST or None, found=found)

    def act() -> None:
        told = form.cleaned_data
        find_criterion(
            access=access,
            child=child,
            criterion=criterion,
            finding=CriterionFinding.Finding(told["finding"]),
            evidence=told["evidence"],
            reason=told["reason"],
            seen_version=told["version"],
        )

    def saved() -> list[Row]:
        return presenters.finding_rows(found)

    return step_page(request, access, form, _finding(access, child, line), act, saved)


def _line(
    access: Access, child: IncidentChild, criterion: str, found: CriterionFinding | None
) -> CriterionLine:
    readings = {each.code: each for each in assessment_of(child).findings}
    if criterion not in readings:
        raise Hidden
    return presenters.criterion_line(access, child, readings[criterion], found)


def _finding(access: Access, child: IncidentChild, line: CriterionLine) -> Step:
    back, asked = address(access, "criteria"), rule_set(access.case.rule_set).criterion(line.code)
    about = (
        ("The facts recorded read", f"{line.reading}. {line.why}"),
        ("Rule", line.source),
        ("Missing facts", line.missing or "None"),
    )
    return Step(
        f"{child.identity.pseudonym}: {line.question}",
        "Record the finding",
        back,
        way=(("Incident", address(access, "incident")), ("Criteria", back)),
        lead=asked.help if asked else "",
        rows=rows_of(about),
    )


@case_page(Kind.REFERRAL)
def screening(request: HttpRequest, access: Access) -> HttpResponse:
    """Take the case into screening."""
    access.may(Act.SCREEN).require()
    form = ScreeningForm(request.POST or None)
    answer = may_move(access, "SCREENING", referral_facts(access.case, lead_area_settled=True))
    lacking = answer.reason if isinstance(answer, Denied) else ""
    back = address(access, "criteria")
    step = Step(
        "Begin screening",
        "Begin screening",
        back,
        way=(("Incident", address(access, "incident")), ("Criteria", back)),
        missing=((lacking, address(access, "incident")),) if lacking else (),
    )

    def act() -> None:
        settled = form.cleaned_data["lead_area_settled"] == "yes"
        begin_screening(access=access, lead_area_settled=settled)

    return step_page(request, access, form, step, act)


@case_page(Kind.DECISION)
def recommendation(request: HttpRequest, access: Access) -> HttpResponse:
    """Record what the sub-group recommends."""
    access.may(Act.RECOMMEND).require()
    form = RecommendationForm(request.POST or None)
    back = address(access, "decision")
    way, missing = (("Decision", back),), _before_recommending(access)
    step = Step("Record the recommendation", "Record it", back, way=way, missing=missing)

    def act() -> None:
        told = form.cleaned_data
        recommend(
            access=access,
            outcome=Recommendation.Outcome(told["outcome"]),
            reasons=told["reasons"],
            dissent=told["dissent"],
            recommended_on=told["recommended_on"],
            conflicts_declared=told["conflicts_declared"] == "yes",
        )

    return step_page(request, access, form, step, act)


def _before_recommending(access: Access) -> tuple[tuple[str, str], ...]:
    open_questions = [
        (each, address(access, "criteria")) for each in criteria_unanswered(access.case)
    ]
    if access.case.regime != "SCR":
        return tuple(open_questions)
    answer = may_move(access, "RECOMMENDED", screening_facts(access.case, True))
    if isinstance(answer, Denied) and answer.code != "limb_not_evaluated":
        where = "scoping" if answer.code == "scoping_outstanding" else "criteria"
        return ((answer.reason, address(access, where)), *open_questions)
    return tuple(open_questions)
