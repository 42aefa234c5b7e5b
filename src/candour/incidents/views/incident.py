"""The incident's page with its first-hours card and clocks, and corrections."""

import uuid
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Kind
from candour.cases.steps import Row, Step, step_page
from candour.duties.presenters import clock_lines
from candour.duties.selectors import duties_of
from candour.incidents import presenters, selectors
from candour.incidents.first_hours import ASKED_FOR, add_step, reword_step, settle_step
from candour.incidents.forms.incident import FactsForm, IncidentForm, StepForm, WordsForm
from candour.incidents.models import FirstHoursStep
from candour.incidents.presenters import address, rows_of
from candour.incidents.services.correcting import correct_facts, correct_incident
from candour.people.models import Agency


@require_safe
@case_page(Kind.REFERRAL)
def incident(request: HttpRequest, access: Access) -> HttpResponse:
    """What is known, what must be made sure of in the first hours, and what is owed."""
    found = selectors.incident_of(access)
    may_write = bool(access.may_write(Kind.REFERRAL))
    children = selectors.children(access)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "incident": presenters.incident_rows(found, selectors.bodies_known(found)),
        "children": [(child, presenters.fact_rows(child)) for child in children],
        "card": presenters.card_tasks(access, selectors.first_hours(access), may_write),
        "clocks": clock_lines(access, duties_of(access)),
        "notification": selectors.notification_word(selectors.notification_of(access)),
        "may_write": may_write,
        "may_read_identities": bool(access.may_read(Kind.IDENTITIES)),
        "may_read_decision": bool(access.may_read(Kind.DECISION)),
        "cspr": access.case.regime == "CSPR",
    }
    return render(request, "incidents/incident.html", context)


@case_page(Kind.REFERRAL)
def correct(request: HttpRequest, access: Access) -> HttpResponse:
    """Correct or complete what is known."""
    access.may_write(Kind.REFERRAL).require()
    found, agencies = selectors.incident_of(access), agencies_of(access)
    form = IncidentForm(request.POST or None, incident=found, agencies=agencies)
    step = _step(access, "Correct the incident", "Save the correction")

    def act() -> None:
        seen = form.cleaned_data["version"]
        correct_incident(access=access, seen_version=seen, corrected=form.corrected(agencies))

    def saved() -> list[Row]:
        return presenters.incident_rows(found, selectors.bodies_known(found))

    return step_page(request, access, form, step, act, saved)


def agencies_of(access: Access) -> list[Agency]:
    """The agencies of the partnership that leads the case."""
    return list(access.case.lead_partnership.agencies.all())


@case_page(Kind.REFERRAL)
def facts(request: HttpRequest, access: Access, child_id: uuid.UUID) -> HttpResponse:
    """The facts about a child on which the law turns."""
    access.may_write(Kind.REFERRAL).require()
    child = selectors.child_of(access, child_id)
    form = FactsForm(request.POST or None, child=child)
    step = _step(access, f"Facts about {child.identity.pseudonym}", "Save the facts")

    def act() -> None:
        told = form.cleaned_data
        correct_facts(
            access=access,
            child=child,
            seen_version=told["version"],
            age_years=told["age_years"],
            facts=form.facts(),
        )

    return step_page(request, access, form, step, act, lambda: presenters.fact_rows(child))


@case_page(Kind.REFERRAL)
def first_hours(request: HttpRequest, access: Access, step_id: uuid.UUID) -> HttpResponse:
    """Settle one line of the card."""
    access.may_write(Kind.REFERRAL).require()
    line = selectors.step_of(access, step_id)
    form = StepForm(request.POST or None, step=line)

    def act() -> None:
        told = form.cleaned_data
        settle_step(
            access=access,
            step=line,
            seen_version=told["version"],
            done=told["done"] == "yes",
            note=told["note"],
        )

    def saved() -> list[Row]:
        return rows_of((("Done", "Yes" if line.done_at else "No"), ("Note", line.note)))

    return step_page(request, access, form, _settling(access, line), act, saved)


def _settling(access: Access, line: FirstHoursStep) -> Step:
    return replace(
        _step(access, line.text, "Save"),
        lead=line.help,
        template="incidents/first_hours.html",
        more={"line": line, "may_reword": line.code not in ASKED_FOR},
    )


@case_page(Kind.REFERRAL)
def first_hours_reword(request: HttpRequest, access: Access, step_id: uuid.UUID) -> HttpResponse:
    """Change the words of a line."""
    access.may_write(Kind.REFERRAL).require()
    line = selectors.step_of(access, step_id)
    now = {"text": line.text, "help": line.help}
    form = WordsForm(request.POST or None, version=line.version, initial=now)
    step = _step(access, "Change the words of a line", "Save the words")

    def act() -> None:
        told = form.cleaned_data
        reword_step(
            access=access,
            step=line,
            seen_version=told["version"],
            text=told["text"],
            help=told["help"],
        )

    def saved() -> list[Row]:
        return rows_of((("What is to be made sure of", line.text), ("More about it", line.help)))

    return step_page(request, access, form, step, act, saved)


@case_page(Kind.REFERRAL)
def first_hours_add(request: HttpRequest, access: Access) -> HttpResponse:
    """Add a line to the card."""
    access.may_write(Kind.REFERRAL).require()
    form = WordsForm(request.POST or None)
    step = _step(access, "Add a line to the first-hours card", "Add the line")

    def act() -> None:
        add_step(access=access, text=form.cleaned_data["text"], help=form.cleaned_data["help"])

    return step_page(request, access, form, step, act)


def _step(access: Access, heading: str, submit: str) -> Step:
    back = address(access, "incident")
    return Step(heading, submit, back, way=(("Incident", back),))
