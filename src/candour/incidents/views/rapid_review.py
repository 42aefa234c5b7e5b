"""The rapid review: begun, written, signed by three partners, sent to the panel."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Step, step_page
from candour.duties.presenters import clock_lines
from candour.duties.selectors import duties_of
from candour.duties.states import may_move, state_of
from candour.incidents import presenters, selectors
from candour.incidents.forms.rapid_review import (
    BeginForm,
    SectionsForm,
    SentToPanelForm,
    SignForm,
)
from candour.incidents.presenters import address
from candour.incidents.services.rapid_review import (
    begin_facts,
    missing_sections,
    record_sent_to_panel,
    sign_off_rapid_review,
    start_rapid_review,
    write_rapid_review,
)
from candour.kernel.decision import Denied
from candour.people.roles import PartnerBody

_SENDS_NOTHING = "Candour sends nothing to the panel. Send it yourself, and record here when."


@require_safe
@case_page(Kind.REFERRAL)
def rapid_review(request: HttpRequest, access: Access) -> HttpResponse:
    """The rapid review as it stands, who has signed this version, and its clock."""
    review = selectors.rapid_review_or_none(access)
    signed = {each.partner_body: each for each in selectors.signed_by(review)} if review else {}
    owed = [each for each in duties_of(access) if each.duty.code in ("C4", "C5")]
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "review": review,
        "rows": presenters.section_rows(review) if review else [],
        "missing": missing_sections(review) if review else [],
        "signatures": [(body.label, signed.get(body.value)) for body in PartnerBody],
        "clocks": clock_lines(access, owed),
        "state": state_of(access.case),
        "may_write": bool(access.may(Act.SCREEN)),
        "may_sign": bool(access.may(Act.SIGN_OFF_RAPID_REVIEW)) and bool(access.partner_bodies),
    }
    return render(request, "incidents/rapid_review.html", context)


@case_page(Kind.REFERRAL)
def begin(request: HttpRequest, access: Access) -> HttpResponse:
    """Begin it, once partners are told and forms are out."""
    access.may(Act.SCREEN).require()
    form = BeginForm(request.POST or None)
    answer = may_move(access, "RR_IN_PROGRESS", begin_facts(access.case, partners_told=True))
    lacking = answer.reason if isinstance(answer, Denied) else ""
    missing = ((lacking, address(access, "scoping")),) if lacking else ()
    step = _step(access, "Begin the rapid review", "Begin", missing=missing)

    def act() -> None:
        told = form.cleaned_data["partners_told"] == "yes"
        start_rapid_review(access=access, partners_told=told)

    return step_page(request, access, form, step, act)


@case_page(Kind.REFERRAL)
def write(request: HttpRequest, access: Access) -> HttpResponse:
    """Write its sections, half done or whole."""
    access.may(Act.SCREEN).require()
    review = selectors.rapid_review_of(access)
    form = SectionsForm(request.POST or None, review=review)
    lead = "A signature counts for the version that was read: an edit asks for all three again."
    step = _step(access, "Write the rapid review", "Save", lead=lead)

    def act() -> None:
        seen = form.cleaned_data["version"]
        write_rapid_review(access=access, seen_version=seen, sections=form.sections())

    return step_page(request, access, form, step, act, lambda: presenters.section_rows(review))


@case_page(Kind.REFERRAL)
def sign(request: HttpRequest, access: Access) -> HttpResponse:
    """Sign the version that is shown, for the partner the person stands for."""
    access.may(Act.SIGN_OFF_RAPID_REVIEW).require()
    review = selectors.rapid_review_of(access)
    form = SignForm(request.POST or None, version=review.version)
    missing = tuple((heading, address(access, "write")) for heading in missing_sections(review))
    step = _step(access, f"Sign version {review.version}", "Sign", missing=missing)

    def act() -> None:
        told = form.cleaned_data
        sign_off_rapid_review(access=access, seen_version=told["version"], comment=told["comment"])

    shown = replace(step, rows=presenters.section_rows(review))
    return step_page(request, access, form, shown, act)


@case_page(Kind.REFERRAL)
def sent(request: HttpRequest, access: Access) -> HttpResponse:
    """Record the day it went to the panel."""
    access.may(Act.SCREEN).require()
    form = SentToPanelForm(request.POST or None)
    step = _step(access, "Record that it went to the panel", "Record it", warning=_SENDS_NOTHING)

    def act() -> None:
        record_sent_to_panel(access=access, sent_on=form.cleaned_data["sent_on"])

    return step_page(request, access, form, step, act)


def _step(
    access: Access,
    heading: str,
    submit: str,
    lead: str = "",
    missing: tuple[tuple[str, str], ...] = (),
    warning: str = "",
) -> Step:
    back = address(access, "rapid_review")
    return Step(
        heading,
        submit,
        back,
        way=(("Rapid review", back),),
        lead=lead,
        missing=missing,
        warning=warning,
    )
