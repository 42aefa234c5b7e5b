"""Pages of the bodies whose review it is: joint reviews, and a successor that finishes one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Row, Step, step_page
from candour.reviews import selectors, services
from candour.reviews.forms.beside import HandOverForm, PartnershipForm
from candour.reviews.presenters.commission import address
from candour.ui.wording import day


@require_safe
@case_page(Kind.DECISION)
def bodies(request: HttpRequest, access: Access) -> HttpResponse:
    """Which partnership leads, which take part, and who led before."""
    acts = [("Bring in another partnership", "join"), ("Hand over to a successor", "hand_over")]
    context = {
        "heading": "Whose review it is",
        "caption": access.case.reference,
        "lead": "A joint review has one lead. A successor finishes a review under the rules it "
        "was begun under.",
        "breadcrumbs": crumbs(access, ("Review", address(access, "review"))),
        "sections": [{"title": "Partnerships", "rows": _rows(access)}],
        "actions": [
            {"text": text, "href": address(access, page), "secondary": True}
            for text, page in (acts if access.may(Act.COMMISSION) else [])
        ],
    }
    return render(request, "pages/summary.html", context)


def _rows(access: Access) -> list[Row]:
    others = selectors.partnerships_taking_part(access)
    rows: list[Row] = [{"key": "Leads", "value": access.case.lead_partnership.name}]
    rows += [{"key": "Takes part", "value": each.name} for each in others]
    for each in selectors.hand_overs_of(access):
        whose = f"By {each.from_partnership.name} to {each.to_partnership.name}: {each.reasons}"
        rows.append({"key": f"Handed over on {day(each.handed_over_on)}", "value": whose})
    return rows


@case_page(Kind.DECISION)
def join(request: HttpRequest, access: Access) -> HttpResponse:
    """Make it a joint review."""
    access.may(Act.COMMISSION).require()
    offered = {str(each.pk): each for each in selectors.partnerships_outside(access)}
    form = PartnershipForm(request.POST or None).offer(offered.values())

    def act() -> None:
        told = form.cleaned_data
        services.join_partnership(
            access=access, partnership=offered[told["partnership"]], reasons=told["reasons"]
        )

    lead = "Its standing people come on this case at once, and its agencies can be asked."
    return step_page(
        request, access, form, _step(access, "Bring in another partnership", lead), act
    )


@case_page(Kind.DECISION)
def hand_over(request: HttpRequest, access: Access) -> HttpResponse:
    """Hand the review over to a successor."""
    access.may(Act.COMMISSION).require()
    offered = {str(each.pk): each for each in selectors.possible_successors(access)}
    form = HandOverForm(request.POST or None).offer(offered.values())

    def act() -> None:
        told = form.cleaned_data
        services.hand_over(
            access=access,
            to=offered[told["partnership"]],
            handed_over_on=told["handed_over_on"],
            reasons=told["reasons"],
        )

    lead = (
        "The successor leads from now on. The rules stay those the review was begun under, and "
        "its partners decide what the Chair and the board would have."
    )
    return step_page(request, access, form, _step(access, "Hand over to a successor", lead), act)


def _step(access: Access, heading: str, lead: str) -> Step:
    back = address(access, "bodies")
    way = (("Review", address(access, "review")), ("Whose review it is", back))
    return Step(heading, "Save", back=back, way=way, lead=lead)
