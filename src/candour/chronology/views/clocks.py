"""Steps that entries tell of: time limits, the child seen and heard, and proposals to read."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page
from candour.cases.permissions import Kind
from candour.chronology import selectors
from candour.chronology.forms.working import ConfirmForm, StepForm
from candour.chronology.naming import Showing
from candour.chronology.presenters import query_without, shown_lines
from candour.chronology.presenters import steps as presenters
from candour.chronology.presenters.places import room_address, room_crumbs
from candour.chronology.selectors import steps as found

PAGE = 50


@require_safe
@case_page(Kind.CHRONOLOGY)
def clocks(request: HttpRequest, access: Access) -> HttpResponse:
    """What had to follow what, and how often the child was seen and heard."""
    confirmed = found.steps_confirmed(access)
    whole = selectors.chronology(access)
    outcomes = found.outcomes(whole, confirmed)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": room_crumbs(access, ("Lanes", room_address("lanes", access))),
        "steps": confirmed,
        "rows": presenters.outcome_rows(outcomes),
        "unverified": any(not each.standard.verified for each in outcomes),
        "seen_heads": [*(step.label for step in found.SEEN), "Entries in all"],
        "seen_rows": presenters.seen_rows(found.seen_by_agency(whole, confirmed)),
    }
    return render(request, "chronology/clocks.html", context)


@require_safe
@case_page(Kind.CHRONOLOGY)
def steps(request: HttpRequest, access: Access) -> HttpResponse:
    """Entries whose words speak of a step, to be read and confirmed one by one."""
    confirmed = found.steps_confirmed(access)
    whole, form = selectors.chronology(access), StepForm(request.GET or None)
    proposals = found.proposed(access, whole, form.step, confirmed)
    page = Paginator(proposals, PAGE).get_page(request.GET.get("page"))
    lines = selectors.lines_of(access, page)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": room_crumbs(
            access, ("Contact and time limits", room_address("clocks", access))
        ),
        "form": form,
        "confirm": ConfirmForm(auto_id="confirm_%s"),
        "step": form.step,
        "page": page,
        "query": query_without(request.GET, "page"),
        "may_work": bool(access.may_write(Kind.CHRONOLOGY)),
        "lines": shown_lines(access, lines, selectors.colours(access), Showing(access)),
    }
    return render(request, "chronology/steps.html", context)
