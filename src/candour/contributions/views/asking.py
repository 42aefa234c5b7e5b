"""Pages of those who ask: whom, what, by when, reminders and one-use links."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Step, step_page
from candour.contributions import selectors
from candour.contributions.desk import Desk
from candour.contributions.forms.agencies import AskForm, ChaseForm, LinkForm, WithdrawLinkForm
from candour.contributions.models import AgencyRequest
from candour.contributions.presenters import agencies as presenters
from candour.contributions.presenters.people import address
from candour.contributions.sender import Sender, sender_for
from candour.contributions.services import asking
from candour.kernel.errors import Hidden
from candour.platform.config import config
from candour.reviews.selectors import review_or_none


@require_safe
@case_page(Kind.AGENCY_RETURN)
def requests(request: HttpRequest, access: Access) -> HttpResponse:
    """Which agencies were asked, and how each request stands."""
    may_ask = bool(access.may(Act.ASK_AGENCIES))
    context = {
        "heading": "Agencies asked",
        "caption": access.case.reference,
        "lead": "What each agency was asked for, and what it has sent.",
        "breadcrumbs": crumbs(access),
        "columns": presenters.REQUEST_COLUMNS,
        "rows": presenters.request_table(access, selectors.requests_of(access)),
        "empty": {
            "text": "No agency has been asked yet.",
            "action": "Ask agencies" if may_ask else "",
            "href": address(access, "ask") if may_ask else "",
        },
        "add": {"text": "Ask agencies", "href": address(access, "ask")} if may_ask else None,
    }
    return render(request, "pages/list.html", context)


@case_page(Kind.AGENCY_RETURN)
def ask(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask agencies in scope that have not been asked."""
    access.may(Act.ASK_AGENCIES).require()
    scope = {str(each.agency_id): each for each in selectors.agencies_to_ask(access)}
    form = AskForm(request.POST or None).offer(scope.values())
    back = address(access, "requests")

    def act() -> None:
        told = form.cleaned_data
        for agency_id in told["agencies"]:
            asking.ask_agency(
                access=access,
                agency=scope[agency_id].agency,
                asked_for=told["asked_for"],
                due_on=told["due_on"],
            )

    nobody = () if scope else (("an agency in scope that has not been asked", _review(access)),)
    step = Step(
        "Ask agencies",
        "Ask them",
        back=back,
        way=(("Agencies", back),),
        lead="Candour sends nothing: print each agency's letter from its page.",
        missing=nobody,
    )
    return step_page(request, access, form, step, act)


def _review(access: Access) -> str:
    return reverse("reviews:review", args=[access.case.reference])


@require_safe
@case_page(Kind.AGENCY_RETURN)
def request_page(request: HttpRequest, access: Access, request_id: uuid.UUID) -> HttpResponse:
    """One request: what was asked, what came, and what this person can do."""
    asked = selectors.request_of(access, str(request_id))
    sender = _sender_or_none(access, asked)
    desk = Desk(sender, access) if sender else None
    may_ask = bool(access.may(Act.ASK_AGENCIES))
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access, ("Agencies", address(access, "requests"))),
        "asked": asked,
        "rows": presenters.request_rows(asked),
        "files": presenters.file_rows(desk, selectors.submissions_to(desk.sender)) if desk else [],
        "sends": desk is not None,
        "upload_address": desk.address("upload") if desk else "",
        "forms": desk.forms_to_fill_in() if desk else [],
        "nothing_address": desk.address("nothing_held") if desk and desk.sender.signs else "",
        "may_ask": may_ask,
        "link": selectors.living_link(access, asked) if may_ask else None,
    }
    return render(request, "contributions/request.html", context)


def _sender_or_none(access: Access, asked: AgencyRequest) -> Sender | None:
    try:
        return sender_for(access, asked)
    except Hidden:
        return None


@require_safe
@case_page(Kind.AGENCY_RETURN)
def letter(request: HttpRequest, access: Access, request_id: uuid.UUID) -> HttpResponse:
    """The letter to the agency, to be printed."""
    asked = selectors.request_of(access, str(request_id))
    back = presenters.request_address(access, asked)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access, ("Agencies", address(access, "requests"))),
        "back": back,
        "asked": asked,
        "partnership": access.case.lead_partnership,
        "review": review_or_none(access.case),
    }
    return render(request, "contributions/letter.html", context)


@case_page(Kind.AGENCY_RETURN)
def chase(request: HttpRequest, access: Access, request_id: uuid.UUID) -> HttpResponse:
    """Record that the agency was reminded."""
    access.may(Act.ASK_AGENCIES).require()
    asked = selectors.request_of(access, str(request_id))
    step = _step(access, asked, f"Chase {asked.agency.name}", "Record it")
    form = ChaseForm(request.POST or None)
    return step_page(
        request, access, form, step, lambda: asking.chase(access=access, request=asked)
    )


@case_page(Kind.AGENCY_RETURN)
def make_link(request: HttpRequest, access: Access, request_id: uuid.UUID) -> HttpResponse:
    """Make a one-use link and show it, with its code, this once."""
    access.may(Act.ASK_AGENCIES).require()
    asked = selectors.request_of(access, str(request_id))
    form = LinkForm(request.POST or None)
    step = _step(
        access,
        asked,
        f"A one-use link for {asked.agency.name}",
        "Make the link",
        "With it one person sends and checks this agency's return without an account. It opens "
        "nothing else. An earlier link stops working.",
    )
    if request.method == "POST" and form.is_valid():
        made = asking.make_contribution_link(
            access=access, request=asked, code_channel=form.cleaned_data["code_channel"]
        )
        context = {
            "reference": access.case.reference,
            "breadcrumbs": crumbs(access, *step.way),
            "asked": asked,
            "made": made,
            "address": config().workspace_url.rstrip("/") + address_of_link(made.token),
            "back": step.back,
        }
        return render(request, "contributions/link_made.html", context)
    return step_page(request, access, form, step, lambda: None)


def address_of_link(token: str) -> str:
    """Where a one-use link is opened."""
    return reverse("contributions:link_open", args=[token])


@case_page(Kind.AGENCY_RETURN)
def withdraw_link(request: HttpRequest, access: Access, request_id: uuid.UUID) -> HttpResponse:
    """Make a link stop working."""
    access.may(Act.ASK_AGENCIES).require()
    asked = selectors.request_of(access, str(request_id))
    form = WithdrawLinkForm(request.POST or None)
    step = _step(access, asked, "Withdraw the link", "Withdraw it")

    def act() -> None:
        asking.withdraw_contribution_link(access=access, request=asked)

    return step_page(request, access, form, step, act)


def _step(access: Access, asked: AgencyRequest, heading: str, submit: str, lead: str = "") -> Step:
    back = presenters.request_address(access, asked)
    way = (("Agencies", address(access, "requests")), (asked.agency.name, back))
    return Step(heading, submit, back=back, way=way, lead=lead)
