"""Pages of the terms of reference and the lines of enquiry."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Row, Step, step_page
from candour.reviews import selectors, services
from candour.reviews.forms.commission import AgreeForm, LineForm, TermsForm
from candour.reviews.presenters import commission as presenters
from candour.reviews.presenters.commission import address


@case_page(Kind.DECISION)
def terms(request: HttpRequest, access: Access) -> HttpResponse:
    """Write the terms of reference; each saving is a version of its own."""
    access.may_write(Kind.DECISION).require()
    held = selectors.review_of(access)
    form = TermsForm(request.POST or None, initial=TermsForm.held(held), version=held.version)

    def act() -> None:
        services.set_terms(
            access=access,
            review=held,
            seen_version=form.cleaned_data["version"],
            terms=form.terms(),
        )

    def saved() -> list[Row]:
        rows = presenters.terms_rows(selectors.review_of(access))
        return [Row(key=row["key"], value=row["value"]) for row in rows]

    lead = "Every version is kept. Saving a change means that the terms are to be agreed again."
    return step_page(request, access, form, _step(access, "Terms of reference", lead), act, saved)


@require_safe
@case_page(Kind.DECISION)
def versions(request: HttpRequest, access: Access) -> HttpResponse:
    """Every version of the terms, newest first."""
    context = {
        "heading": "Versions of the terms of reference",
        "caption": access.case.reference,
        "breadcrumbs": crumbs(access, ("Review", address(access, "review"))),
        "sections": presenters.version_sections(selectors.terms_versions(access)),
    }
    return render(request, "pages/summary.html", context)


@case_page(Kind.DECISION)
def agree(request: HttpRequest, access: Access) -> HttpResponse:
    """The commissioner agrees the terms as they stand."""
    access.may(Act.DECIDE).require()
    held = selectors.review_of(access)
    form = AgreeForm(request.POST or None)
    back = address(access, "review")
    terms_page = address(access, "terms")
    step = Step(
        "Agree the terms of reference",
        "Agree them",
        back=back,
        way=(("Review", back),),
        missing=tuple((what, terms_page) for what in services.missing_terms(held)),
        rows=[Row(key=r["key"], value=r["value"]) for r in presenters.terms_rows(held)],
    )
    return step_page(
        request, access, form, step, lambda: services.agree_terms(access=access, review=held)
    )


@case_page(Kind.DECISION)
def add_line(request: HttpRequest, access: Access) -> HttpResponse:
    """Add a line of enquiry."""
    access.may_write(Kind.DECISION).require()
    held = selectors.review_of(access)
    form = LineForm(request.POST or None)

    def act() -> None:
        text = form.cleaned_data["text"]
        services.add_line_of_enquiry(access=access, review=held, text=text)

    return step_page(request, access, form, _step(access, "Add a line of enquiry"), act)


@case_page(Kind.DECISION)
def line(request: HttpRequest, access: Access, line_id: uuid.UUID) -> HttpResponse:
    """Reword a line of enquiry."""
    access.may_write(Kind.DECISION).require()
    held = selectors.line_of_enquiry(access, str(line_id))
    form = LineForm(request.POST or None, initial={"text": held.text}, version=held.version)

    def act() -> None:
        told = form.cleaned_data
        services.reword_line_of_enquiry(
            access=access, line=held, seen_version=told["version"], text=told["text"]
        )

    step = _step(access, f"Reword line of enquiry {held.order}")
    return step_page(
        request, access, form, step, act, lambda: [Row(key="Line of enquiry", value=held.text)]
    )


def _step(access: Access, heading: str, lead: str = "") -> Step:
    back = address(access, "review")
    return Step(heading, "Save", back=back, way=(("Review", back),), lead=lead)
