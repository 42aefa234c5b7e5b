"""What may follow, what each step needs, and taking it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Kind
from candour.cases.steps import Step, step_page
from candour.duties.states import state_of
from candour.engines.statute.statewords import in_words
from candour.kernel.decision import Denied
from candour.kernel.errors import Hidden
from candour.process import presenters
from candour.process.forms import PanelForm, SayForm, TakeForm
from candour.process.presenters import address
from candour.process.questions import QUESTIONS
from candour.process.selectors import statements_of
from candour.process.services import say as say_so
from candour.process.services import take_step
from candour.process.steps import ACTIONS, PANEL, NextStep, next_step, next_steps


@require_safe
@case_page(Kind.DECISION)
def steps(request: HttpRequest, access: Access) -> HttpResponse:
    """Where the case stands, every step that may follow, and what people have said for them."""
    found = next_steps(access)
    review = [each for each in found if not each.step.track]
    beside = [each for each in found if each.step.track]
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "state": in_words(state_of(access.case)),
        "actions_state": in_words(state_of(access.case, ACTIONS)),
        "columns": ["Step", "Taken by", "What it needs"],
        "review": presenters.step_rows(access, review),
        "beside": presenters.step_rows(access, beside),
        "statements": presenters.statement_rows(statements_of(access)),
    }
    return render(request, "process/steps.html", context)


@case_page(Kind.DECISION)
def step(request: HttpRequest, access: Access, target: str) -> HttpResponse:
    """One step: what is on record, what is missing and where it is supplied, and taking it."""
    found = next_step(access, target.upper())
    panel = PANEL in found.step.actors
    form = (PanelForm if panel else TakeForm)(request.POST or None)
    back = address(access, "steps")
    page = Step(
        heading=found.step.event,
        submit="Put it on record" if panel else "Take this step",
        back=back,
        way=(("What may follow", back),),
        missing=presenters.missing(access, found),
        template="process/step.html",
        more=_about(access, found),
    )

    def act() -> None:
        take_step(access=access, target=found.step.target, reasons=form.cleaned_data["reasons"])

    return step_page(request, access, form, page, act)


def _about(access: Access, found: NextStep) -> dict[str, object]:
    mine, decision = found.is_for_this_person, found.decision
    page = found.own_page
    return {
        "on_record": presenters.on_record(found),
        "whose": "" if mine else (decision.reason if isinstance(decision, Denied) else ""),
        "may_take": mine and not found.missing and not page,
        "own_page": _address(access, page) if page and mine else "",
    }


def _address(access: Access, page: str) -> str:
    return reverse(page, kwargs={"reference": access.case.reference})


@case_page(Kind.DECISION)
def say(request: HttpRequest, access: Access, fact: str) -> HttpResponse:
    """Answer one question of the process."""
    asked = QUESTIONS.get(fact)
    if asked is None:
        raise Hidden
    if not asked.by & access.roles:
        Denied("actor_not_permitted", asked.question).require()
    form = SayForm(request.POST or None)
    back = address(access, "steps")
    page = Step(
        heading=asked.question,
        submit="Record my answer",
        back=back,
        way=(("What may follow", back),),
        lead=asked.ask,
    )

    def act() -> None:
        told = form.cleaned_data
        say_so(access=access, fact=fact, answer=told["answer"] == "yes", note=told["note"])

    return step_page(request, access, form, page, act)
