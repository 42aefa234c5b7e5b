"""The board's response to each recommendation, and setting actions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.analysis.models import Recommendation
from candour.cases.access import Access
from candour.cases.pages import actor_of, case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.selectors import people_to_add
from candour.cases.steps import Step, step_page
from candour.improvement import presenters, selectors, services
from candour.improvement.forms import ActionForm, ResponseForm
from candour.improvement.models import Response
from candour.improvement.presenters import address
from candour.people.models import Agency


@require_safe
@case_page(Kind.PUBLISHED)
def response(request: HttpRequest, access: Access) -> HttpResponse:
    """Every recommendation with the board's answer and its actions."""
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "answers": presenters.answered(access, selectors.answers_of(access)),
        "may_respond": bool(access.may(Act.RESPOND)),
    }
    return render(request, "improvement/response.html", context)


@case_page(Kind.PUBLISHED)
def respond(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Answer one recommendation or question."""
    access.may(Act.RESPOND).require()
    asked = selectors.recommendation_of(access, number)
    present = selectors.response_to(access, asked)
    form = ResponseForm(request.POST or None, response=present)
    step = _step(access, asked, "Response to", "Save the response")

    def act() -> None:
        told = form.cleaned_data
        services.respond(
            access=access,
            recommendation=asked,
            answer=Response.Answer(told["answer"]),
            text=told["text"],
            responded_on=told["responded_on"],
            seen_version=told["version"],
        )

    return step_page(
        request, access, form, step, act, saved=lambda: presenters.saved_response(present)
    )


@case_page(Kind.PUBLISHED)
def set_action(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Set an action on one recommendation or question."""
    access.may(Act.RESPOND).require()
    asked = selectors.recommendation_of(access, number)
    people, agencies = list(people_to_add(access)), agencies_of(access)
    form = ActionForm(request.POST or None).offer(people, agencies)
    step = _step(access, asked, "Set an action on", "Set this action")

    def act() -> None:
        planned = planned_in(form, access)
        services.set_action(access=access, recommendation=asked, planned=planned)

    return step_page(request, access, form, step, act)


def planned_in(form: ActionForm, access: Access) -> services.Planned:
    """What the form plans, with the person and agency it names."""
    told = form.cleaned_data
    people = {str(person.pk): person for person in people_to_add(access)}
    bodies = {str(agency.pk): agency for agency in agencies_of(access)}
    return services.Planned(
        text=told["text"],
        owner=people[told["owner"]],
        due_on=told["due_on"],
        intended_outcome=told["intended_outcome"],
        agency=bodies.get(told["agency"]),
    )


def agencies_of(access: Access) -> list[Agency]:
    """The agencies of the partnership that leads the case."""
    return list(access.case.lead_partnership.agencies.all())


def mine(request: HttpRequest) -> HttpResponse:
    """What the person still has to do, on all their cases."""
    context = {
        "heading": "My actions",
        "lead": "Actions from reviews that you own and that are still open, soonest first.",
        "columns": ["Action", "Case", "To be done by", "How it stands"],
        "rows": presenters.own_rows(selectors.actions_owned_by(actor_of(request))),
        "empty": {"text": "You own no open action."},
    }
    return render(request, "pages/list.html", context)


def _step(access: Access, asked: Recommendation, heading: str, submit: str) -> Step:
    what = "question" if asked.is_question else "recommendation"
    return Step(
        f"{heading} {what} {asked.number}",
        submit,
        address(access, "response"),
        way=_way(access),
        rows=[{"key": "Text", "value": asked.text}, {"key": "To", "value": asked.addressee}],
    )


def _way(access: Access) -> tuple[tuple[str, str], ...]:
    return (("Response and actions", address(access, "response")),)
