"""Pages about a case as such: who is on it, and what has been done on it."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.cases import selectors, services
from candour.cases.access import Access
from candour.cases.forms import EndAccessForm, GiveAccessForm, GrantForm
from candour.cases.pages import case_page, crumbs, once
from candour.cases.permissions import Act, Kind
from candour.cases.presenters import event_rows, grant_rows, member_rows
from candour.kernel.clock import LONDON
from candour.kernel.errors import RuleBroken
from candour.people.roles import PartnerBody, Role
from candour.ui.forms import Form


@case_page(Kind.MEMBERS)
def members(request: HttpRequest, access: Access) -> HttpResponse:
    """Everybody who is or was on the case."""
    may_manage = bool(access.may(Act.MANAGE_MEMBERS))
    add = {"text": "Give somebody access", "href": _address("give", access)}
    context = {
        "heading": "Who is on this case",
        "caption": access.case.reference,
        "breadcrumbs": crumbs(access),
        "leave": _address("grants", access),
        "columns": ["Name", "Role", "For", "From", "Until", "Under an order", "End"],
        "rows": member_rows(access, selectors.members_of(access), may_manage),
        "empty": {"text": "Nobody is on this case yet."},
        "add": add if may_manage else None,
    }
    return render(request, "cases/members.html", context)


@case_page(Kind.MEMBERS)
def give(request: HttpRequest, access: Access) -> HttpResponse:
    """Put somebody on the case."""
    access.may(Act.MANAGE_MEMBERS).require()
    form = GiveAccessForm(request.POST or None).offer(
        selectors.people_to_add(access), selectors.agencies_of(access)
    )
    context = {"heading": "Give somebody access", "submit": "Give access"}
    return _form_page(request, access, form, lambda: _give(access, form), context)


def _give(access: Access, form: GiveAccessForm) -> str:
    told = form.cleaned_data
    people = {str(person.pk): person for person in selectors.people_to_add(access)}
    agencies = {str(agency.pk): agency for agency in selectors.agencies_of(access)}
    services.give_membership(
        access=access,
        user=people[told["person"]],
        role=Role(told["role"]),
        reason=told["reason"],
        agency=agencies.get(told["agency"]),
        partner_body=PartnerBody(told["partner_body"]) if told["partner_body"] else None,
    )
    return _address("members", access)


@case_page(Kind.MEMBERS)
def end(request: HttpRequest, access: Access, membership_id: str) -> HttpResponse:
    """End somebody's access at once."""
    access.may(Act.MANAGE_MEMBERS).require()
    membership = selectors.member_of(access, membership_id)
    form = EndAccessForm(request.POST or None)

    def act() -> str:
        reason = form.cleaned_data["reason"]
        services.end_membership(access=access, membership=membership, reason=reason)
        return _address("members", access)

    context = {
        "heading": f"End access: {membership.user.name}, {Role(membership.role).label}",
        "submit": "End access now",
    }
    return _form_page(request, access, form, act, context)


@case_page(Kind.MEMBERS)
def grant(request: HttpRequest, access: Access, membership_id: str) -> HttpResponse:
    """Give dated leave to see one kind of record, as a court or the law requires."""
    access.may(Act.MANAGE_MEMBERS).require()
    membership = selectors.member_of(access, membership_id)
    form = GrantForm(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        services.grant(
            access=access,
            membership=membership,
            kind=Kind(told["kind"]),
            legal_basis=told["legal_basis"],
            onward_use=told["onward_use"],
            ends_at=datetime.combine(told["ends_on"] + timedelta(days=1), time(), LONDON),
        )
        return _address("members", access)

    context = {
        "heading": f"Give leave under an order: {membership.user.name}",
        "submit": "Give leave",
    }
    return _form_page(request, access, form, act, context)


@case_page(Kind.MEMBERS)
def grants(request: HttpRequest, access: Access) -> HttpResponse:
    """Leave given under orders, in force and past."""
    may_manage = bool(access.may(Act.MANAGE_MEMBERS))
    context = {
        "heading": "Leave under an order",
        "caption": access.case.reference,
        "lead": "Dated leave to see one kind of record, with its legal basis and its limit.",
        "breadcrumbs": crumbs(access, ("Who is on this case", _address("members", access))),
        "columns": ["Name", "Record", "Basis", "Onward use", "From", "Until", "End"],
        "rows": grant_rows(access, selectors.grants_of(access), may_manage),
        "empty": {"text": "No leave has been given. It is given to a member of the case."},
    }
    return render(request, "pages/list.html", context)


@case_page(Kind.MEMBERS)
def end_leave(request: HttpRequest, access: Access, grant_id: str) -> HttpResponse:
    """End leave under an order before its day."""
    access.may(Act.MANAGE_MEMBERS).require()
    given = selectors.grant_of(access, grant_id)
    form = EndAccessForm(request.POST or None)

    def act() -> str:
        reason = form.cleaned_data["reason"]
        services.end_grant(access=access, given=given, reason=reason)
        return _address("grants", access)

    context = {
        "heading": f"End leave under an order: {given.membership.user.name}",
        "submit": "End it now",
    }
    return _form_page(request, access, form, act, context)


@case_page(Kind.AUDIT)
def audit(request: HttpRequest, access: Access) -> HttpResponse:
    """Who did and read what on this case, newest first."""
    page = Paginator(selectors.events_of(access), 100).get_page(request.GET.get("page"))
    events = list(page.object_list)
    context = {
        "heading": "What has been done on this case",
        "caption": access.case.reference,
        "lead": "Every act and every opening of something sealed. Nobody can change this list.",
        "breadcrumbs": crumbs(access),
        "columns": ["Number", "When", "Who", "What", "About"],
        "rows": event_rows(
            events, selectors.actor_names(events), selectors.subject_names(access, events)
        ),
        "empty": {"text": "Nothing has been done yet."},
        "page": page,
    }
    return render(request, "pages/list.html", context)


def _form_page(
    request: HttpRequest,
    access: Access,
    form: Form,
    act: Callable[[], str],
    context: Mapping[str, object],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except RuleBroken as refusal:
            form.refuse(refusal)
    back = _address("members", access)
    way = {
        "caption": access.case.reference,
        "form": form,
        "cancel": back,
        "breadcrumbs": crumbs(access, ("Who is on this case", back)),
    }
    return render(request, "pages/form.html", {**context, **way})


def _address(page: str, access: Access) -> str:
    return reverse(f"cases:{page}", kwargs={"reference": access.case.reference})
