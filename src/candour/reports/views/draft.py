"""Drafting on the page: the report's sections, its front, its briefing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Step, step_page
from candour.reports import presenters, selectors, services
from candour.reports.forms import BriefingForm, FrontForm, SectionForm, StartForm
from candour.reports.models import Section
from candour.reports.presenters import address
from candour.reports.sections import planned


@require_safe
@case_page(Kind.DRAFT)
def draft(request: HttpRequest, access: Access) -> HttpResponse:
    """The report section by section, and what can be done with it."""
    report = selectors.report_or_none(access)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "report": report,
        "may_write": bool(access.may_write(Kind.DRAFT)),
        "may_accept": bool(access.may(Act.DECIDE)),
        "accepting": selectors.accepting_step(access),
        "reads_checks": bool(access.may_read(Kind.DISCLOSURE)),
        "sections": presenters.section_lines(access, selectors.sections_of(access))
        if report
        else [],
        "planned": presenters.planned_headings(),
    }
    return render(request, "reports/draft.html", context)


@case_page(Kind.DRAFT)
def start(request: HttpRequest, access: Access) -> HttpResponse:
    """Begin the report."""
    access.may_write(Kind.DRAFT).require()
    form = StartForm(request.POST or None)
    step = Step("Start the report", "Start the report", address(access, "draft"))

    def act() -> None:
        told = form.cleaned_data
        services.start_report(access=access, title=told["title"], subtitle=told["subtitle"])

    return step_page(request, access, form, step, act)


@case_page(Kind.DRAFT)
def front(request: HttpRequest, access: Access) -> HttpResponse:
    """Title, abstract and year."""
    access.may_write(Kind.DRAFT).require()
    report = selectors.report_of(access)
    form = FrontForm(request.POST or None, report=report)
    step = Step("Title, abstract and year", "Save", address(access, "draft"), way=_way(access))

    def act() -> None:
        seen = form.cleaned_data["version"]
        services.set_front(access=access, report=report, seen_version=seen, front=form.written())

    return step_page(request, access, form, step, act, saved=lambda: presenters.saved_front(report))


@case_page(Kind.DRAFT)
def section(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Write one section."""
    access.may_write(Kind.DRAFT).require()
    found = selectors.section_of(access, key)
    form = SectionForm(request.POST or None, section=found)

    def act() -> None:
        told = form.cleaned_data
        services.write_section(
            access=access,
            section=found,
            seen_version=told["version"],
            heading=told["heading"],
            body=told["body"],
        )

    return step_page(
        request,
        access,
        form,
        _section_step(access, found),
        act,
        saved=lambda: presenters.saved_section(found),
    )


def _section_step(access: Access, found: Section) -> Step:
    plan = planned(found.key)
    return Step(
        heading=found.heading,
        submit="Save this section",
        back=address(access, "section", key=found.key),
        way=_way(access),
        lead=plan.hint,
        template="reports/section.html",
        more={
            "follows": plan.follows,
            "prompts": presenters.prompts_in(found),
            "draft": address(access, "draft"),
        },
    )


@case_page(Kind.DRAFT)
def briefing(request: HttpRequest, access: Access) -> HttpResponse:
    """Write the one-page briefing."""
    access.may_write(Kind.DRAFT).require()
    report, found = selectors.report_of(access), selectors.briefing_of(access)
    form = BriefingForm(request.POST or None, briefing=found)
    step = Step(
        "Briefing on one page",
        "Save the briefing",
        address(access, "draft"),
        way=_way(access),
        lead="Seven short boxes for people with five minutes. It is published with the report.",
    )

    def act() -> None:
        seen = form.cleaned_data["version"]
        services.write_briefing(access=access, report=report, seen_version=seen, boxes=form.boxes())

    return step_page(
        request, access, form, step, act, saved=lambda: presenters.saved_briefing(found)
    )


def _way(access: Access) -> tuple[tuple[str, str], ...]:
    return (("Report", address(access, "draft")),)
