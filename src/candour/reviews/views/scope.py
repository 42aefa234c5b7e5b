"""Pages of the agencies in scope."""

import uuid

from django.http import HttpRequest, HttpResponse

from candour.cases.access import Access
from candour.cases.pages import case_page
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Step, step_page
from candour.reviews import selectors, services
from candour.reviews.forms.commission import LeaveScopeForm, ScopeForm
from candour.reviews.presenters.commission import address


@case_page(Kind.CASE)
def add_agency(request: HttpRequest, access: Access) -> HttpResponse:
    """Bring an agency into scope."""
    access.may(Act.ASK_AGENCIES).require()
    held = selectors.review_of(access)
    agencies = {str(each.pk): each for each in selectors.agencies_outside_scope(access)}
    form = ScopeForm(request.POST or None).offer(agencies.values())

    def act() -> None:
        told = form.cleaned_data
        services.bring_agency_into_scope(
            access=access,
            review=held,
            agency=agencies[told["agency"]],
            asked_for=told["asked_for"],
        )

    lead = "Its colour stays its own. Every reviewer's independence is judged anew."
    return step_page(request, access, form, _step(access, "Bring an agency into scope", lead), act)


@case_page(Kind.CASE)
def leave_scope(request: HttpRequest, access: Access, scoped_id: uuid.UUID) -> HttpResponse:
    """Take an agency out of scope, with a reason."""
    access.may(Act.ASK_AGENCIES).require()
    scoped = selectors.agency_in_scope(access, str(scoped_id))
    form = LeaveScopeForm(request.POST or None)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        services.take_agency_out_of_scope(access=access, scoped=scoped, reason=reason)

    step = _step(access, f"Take out of scope: {scoped.agency.name}")
    return step_page(request, access, form, step, act)


def _step(access: Access, heading: str, lead: str = "") -> Step:
    back = address(access, "review")
    return Step(heading, "Save", back=back, way=(("Review", back),), lead=lead)
