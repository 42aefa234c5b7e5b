"""One action: how it stands, what proves it, closing it, looking at its impact."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.selectors import people_to_add
from candour.cases.steps import Step, step_page
from candour.improvement import presenters, selectors, services
from candour.improvement.forms import ChangeActionForm, CloseForm, EvidenceForm, ImpactForm
from candour.improvement.models import Action
from candour.improvement.policies import may_add_evidence, may_close
from candour.improvement.presenters import address
from candour.improvement.views.answering import agencies_of, planned_in


@require_safe
@case_page(Kind.PUBLISHED)
def action(request: HttpRequest, access: Access, action_id: uuid.UUID) -> HttpResponse:
    """One action with its notes and proof."""
    found = selectors.action_of(access, str(action_id))
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access, *_way(access)),
        "action": found,
        "facts": presenters.action_facts(found),
        "steps": presenters.evidence_steps(selectors.evidence_of(found)),
        "may_add": bool(may_add_evidence(access, found)),
        "may_change": bool(access.may(Act.RESPOND)) and not found.closed_at,
        "may_close": bool(may_close(access, found)),
        "may_look": bool(access.may(Act.CLOSE_ACTION)) and bool(found.closed_at),
    }
    return render(request, "improvement/action.html", context)


@case_page(Kind.PUBLISHED)
def change(request: HttpRequest, access: Access, action_id: uuid.UUID) -> HttpResponse:
    """Change an open action, with the reason."""
    access.may(Act.RESPOND).require()
    found = selectors.action_of(access, str(action_id))
    form = ChangeActionForm(request.POST or None, action=found)
    form.offer(people_to_add(access), agencies_of(access))

    def act() -> None:
        services.change_action(
            access=access,
            action=found,
            seen_version=form.cleaned_data["version"],
            planned=planned_in(form, access),
            reason=form.cleaned_data["reason"],
        )

    step = _step(access, found, "Change the action", "Save the change")
    return step_page(request, access, form, step, act, saved=lambda: presenters.action_facts(found))


@case_page(Kind.PUBLISHED)
def evidence(request: HttpRequest, access: Access, action_id: uuid.UUID) -> HttpResponse:
    """Add a progress note or proof."""
    found = selectors.action_of(access, str(action_id))
    form = EvidenceForm(request.POST or None)

    def act() -> None:
        told = form.cleaned_data
        services.add_evidence(
            access=access,
            action=found,
            note=told["note"],
            where=told["where"],
            is_progress=told["is_progress"] == "progress",
        )

    step = _step(access, found, "Add a note or evidence", "Add")
    return step_page(request, access, form, step, act)


@case_page(Kind.PUBLISHED)
def close(request: HttpRequest, access: Access, action_id: uuid.UUID) -> HttpResponse:
    """Close an action on evidence, as somebody other than its owner."""
    access.may(Act.CLOSE_ACTION).require()
    found = selectors.action_of(access, str(action_id))
    form = CloseForm(request.POST or None, version=found.version)

    def act() -> None:
        told = form.cleaned_data
        services.close_action(
            access=access,
            action=found,
            seen_version=told["version"],
            reasons=told["reasons"],
            impact_review_on=told["impact_review_on"],
        )

    return step_page(request, access, form, _step(access, found, "Close the action", "Close"), act)


@case_page(Kind.PUBLISHED)
def impact(request: HttpRequest, access: Access, action_id: uuid.UUID) -> HttpResponse:
    """Say what a closed action has changed for children."""
    access.may(Act.CLOSE_ACTION).require()
    found = selectors.action_of(access, str(action_id))
    form = ImpactForm(
        request.POST or None, version=found.version, initial={"found": found.impact_found}
    )

    def act() -> None:
        told = form.cleaned_data
        services.record_impact(
            access=access, action=found, seen_version=told["version"], found=told["found"]
        )

    step = _step(access, found, "What it changed for children", "Save")
    return step_page(request, access, form, step, act)


def _step(access: Access, found: Action, heading: str, submit: str) -> Step:
    back = address(access, "action", action_id=found.pk)
    return Step(
        heading,
        submit,
        back,
        way=(*_way(access), ("Action", back)),
        rows=presenters.action_facts(found)[:5],
    )


def _way(access: Access) -> tuple[tuple[str, str], ...]:
    return (("Response and actions", address(access, "response")),)
