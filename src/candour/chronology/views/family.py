"""The family on a day, as recorded by whom: a list, a picture, and ties to record."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, once
from candour.cases.permissions import Kind
from candour.chronology import selectors
from candour.chronology.forms.family import FamilyDayForm, TieForm
from candour.chronology.models import FamilyTie
from candour.chronology.naming import Showing, showing
from candour.chronology.presenters import family as presenters
from candour.chronology.presenters import query_without
from candour.chronology.presenters.places import room_address, room_crumbs
from candour.chronology.presenters.switching import naming_context
from candour.chronology.selectors import family as found
from candour.chronology.selectors.lanes import family_of
from candour.chronology.services.family import Tie, correct_tie, record_tie, withdraw_tie
from candour.identities.models import Identity
from candour.identities.selectors import identities, opened_register, pseudonyms
from candour.kernel.errors import EditedElsewhere, Hidden, RuleBroken
from candour.ui.forms import Form
from candour.ui.wording import day


@require_safe
@case_page(Kind.CHRONOLOGY)
def family(request: HttpRequest, access: Access) -> HttpResponse:
    """Who belonged to whom on the day asked for, as a list, with the picture above it."""
    form, shown = FamilyDayForm(request.GET or None), _showing(request, access)
    ties, names = found.ties_on(access, form.day), _names(access, shown)
    may_write = bool(access.may_write(Kind.CHRONOLOGY))
    context = {
        "reference": access.case.reference,
        "breadcrumbs": room_crumbs(access, ("Lanes", room_address("lanes", access))),
        "form": form,
        "day": form.day,
        "ties": [
            (each.tie, presenters.tie_words(each, names, bool(form.day)), Form(auto_id=False))
            for each in ties
        ],
        "former": [
            [day(each.withdrawn_at), *presenters.plain_words(each, names)]
            for each in found.former_ties(access)
        ],
        "picture": f"{room_address('family_picture', access)}?{query_without(request.GET)}",
        "may_write": may_write,
        **naming_context(request, access, shown),
    }
    return render(request, "chronology/family.html", context)


def _showing(request: HttpRequest, access: Access) -> Showing:
    return showing(access, names=request.GET.get("names") == "shown")


def _names(access: Access, shown: Showing) -> dict[str, str]:
    if not shown.names:
        return pseudonyms(access.case)
    lines = opened_register(access)
    return {str(line.identity.pk): line.real.forms[0] for line in lines}


@require_safe
@case_page(Kind.CHRONOLOGY)
def family_picture(request: HttpRequest, access: Access) -> HttpResponse:
    """The picture; 404 where Graphviz is not installed, as the list says the same."""
    form, shown = FamilyDayForm(request.GET or None), _showing(request, access)
    ties = found.ties_on(access, form.day)
    drawn = presenters.genogram(ties, _names(access, shown))
    if drawn is None:
        raise Hidden
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@case_page(Kind.CHRONOLOGY)
def record_a_tie(request: HttpRequest, access: Access) -> HttpResponse:
    """Record how one person belongs to another, as recorded by whom."""
    access.may_write(Kind.CHRONOLOGY).require()
    agencies = selectors.chronology(access).agencies
    form = TieForm(request.POST or None).offer(family_of(access), agencies)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _record(access, form))
        except RuleBroken as refusal:
            form.refuse(refusal)
    context = {
        "heading": "Record a tie",
        "caption": access.case.reference,
        "lead": "As an agency recorded it. Where agencies differ, record each.",
        "form": form,
        "cancel": room_address("family", access),
        "breadcrumbs": room_crumbs(access, ("Family", room_address("family", access))),
    }
    return render(request, "pages/form.html", context)


@case_page(Kind.CHRONOLOGY)
def correct(request: HttpRequest, access: Access, tie_id: UUID) -> HttpResponse:
    """Record a tie anew; a colleague's correction made meanwhile is shown beside one's own."""
    access.may_write(Kind.CHRONOLOGY).require()
    tie = found.tie_of(access, tie_id)
    form = TieForm(request.POST or None, version=tie.version, initial=TieForm.of(tie))
    form.offer(family_of(access), selectors.chronology(access).agencies)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _correct(access, tie, form))
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = 409 if isinstance(refusal, EditedElsewhere) else 422
    saved = presenters.plain_words(tie, pseudonyms(access.case)) if status == 409 else []
    context = {
        "heading": "Correct a tie",
        "caption": access.case.reference,
        "lead": "As it stood before is kept and shown below the list.",
        "aside": f"What stands now: {'; '.join(saved)}." if saved else "",
        "form": form,
        "cancel": room_address("family", access),
        "breadcrumbs": room_crumbs(access, ("Family", room_address("family", access))),
    }
    return render(request, "pages/form.html", context, status=status)


def _correct(access: Access, tie: FamilyTie, form: TieForm) -> str:
    version = form.cleaned_data["version"]
    correct_tie(access=access, tie=tie, seen_version=version, told=_told(access, form))
    return room_address("family", access)


def _record(access: Access, form: TieForm) -> str:
    record_tie(access=access, tie=_told(access, form))
    return room_address("family", access)


def _told(access: Access, form: TieForm) -> Tie:
    told = form.cleaned_data
    person = {str(each.pk): each for each in identities(access).filter(kind=Identity.Kind.PERSON)}
    agency = found.agency_of_entries(access, told["agency"]) if told["agency"] else None
    return Tie(
        one=person[told["one"]],
        other=person[told["other"]],
        kind=FamilyTie.Kind(told["kind"]),
        agency=agency,
        since=told["since"],
        until=told["until"],
        is_disputed=told["disputed"] == "yes",
        remark=told["remark"] or "",
    )


@require_POST
@case_page(Kind.CHRONOLOGY)
def withdraw(request: HttpRequest, access: Access, tie_id: UUID) -> HttpResponse:
    """Take a tie off the page that was recorded by mistake."""
    access.may_write(Kind.CHRONOLOGY).require()
    tie = found.tie_of(access, tie_id)

    def act() -> str:
        withdraw_tie(access=access, tie=tie, seen_version=tie.version)
        return room_address("family", access)

    return once(request, act)
