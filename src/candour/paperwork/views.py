"""Pages of the forms of the work: all of them, one of them, filling it in, taking it out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Kind
from candour.cases.steps import Row, Step, step_page
from candour.kernel.errors import Hidden
from candour.paperwork import presenters, selectors
from candour.paperwork.forms import FinishForm, OpenAgainForm, PaperForm
from candour.paperwork.schedule import material_of, schedule_file
from candour.paperwork.services import finish_form, missing, open_form_again, save_form
from candour.paperwork.taking import paper_file
from candour.reports.downloads import WorkingCopy

_SCHEDULE_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@case_page(Kind.REFERRAL)
def papers(request: HttpRequest, access: Access) -> HttpResponse:
    """Every form of the work that this person may read."""
    if not selectors.may_open(access):
        raise Hidden
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "filled": presenters.paper_rows(access, selectors.papers_of(access)),
        "composed": presenters.composed_rows(access, selectors.composed_of(access)),
        "schedule": bool(access.may_read(Kind.DISCLOSURE)),
    }
    return render(request, "paperwork/papers.html", context)


@require_safe
@case_page(Kind.REFERRAL)
def paper(request: HttpRequest, access: Access, form: str) -> HttpResponse:
    """One form as filled in so far."""
    found = selectors.paper_of(access, form)
    answers = found.filled.answers if found.filled else {}
    context = {
        "heading": found.form.title,
        "caption": access.case.reference,
        "lead": found.form.about,
        "breadcrumbs": crumbs(access, _way(access)),
        "standing": presenters.standing(found),
        "missing": missing(found.form, answers) if found.filled else [],
        "sections": list(selectors.parts_of(found)) if found.filled else [],
        "actions": presenters.actions(access, found),
    }
    return render(request, "paperwork/paper.html", context)


@case_page(Kind.REFERRAL)
def fill(request: HttpRequest, access: Access, form: str) -> HttpResponse:
    """Fill it in; it can be saved half done."""
    found = selectors.paper_of(access, form)
    access.may_write(found.form.kind).require()
    filling = PaperForm(
        request.POST or None,
        form=found.form,
        version=found.filled.version if found.filled else 0,
        initial=presenters.initial(selectors.begins_as(access, found), found.form),
    )

    def act() -> None:
        seen = filling.cleaned_data["version"]
        save_form(access=access, form=found.form, seen_version=seen, answers=filling.answers())

    def saved() -> list[Row]:
        return [row for part in selectors.parts_of(found) for row in part.rows]

    step = _step(access, found.form.title, "Save", form)
    return step_page(request, access, filling, step, act, saved)


@case_page(Kind.REFERRAL)
def finish(request: HttpRequest, access: Access, form: str) -> HttpResponse:
    """Finish it: it is frozen as it stands."""
    found = selectors.paper_of(access, form)
    access.may_write(found.form.kind).require()
    asked = FinishForm(request.POST or None)
    wanted = missing(found.form, found.filled.answers if found.filled else {})
    fill_in = presenters.address(access, "fill", form=form)
    step = _step(access, f"Finish: {found.form.title}", "Finish this form", form)
    step = Step(**{**vars(step), "missing": tuple((each, fill_in) for each in wanted)})

    def act() -> None:
        finish_form(access=access, form=found.form)

    return step_page(request, access, asked, step, act)


@case_page(Kind.REFERRAL)
def open_again(request: HttpRequest, access: Access, form: str) -> HttpResponse:
    """Open a finished form again, with the reason."""
    found = selectors.paper_of(access, form)
    access.may_write(found.form.kind).require()
    asked = OpenAgainForm(request.POST or None)

    def act() -> None:
        open_form_again(access=access, form=found.form, reasons=asked.cleaned_data["reasons"])

    step = _step(access, f"Open again: {found.form.title}", "Open it again", form)
    return step_page(request, access, asked, step, act)


@require_safe
@case_page(Kind.REFERRAL)
def take(request: HttpRequest, access: Access, form: str, file_format: str) -> HttpResponse:
    """The form as Word or PDF."""
    found = selectors.paper_of(access, form)
    parts = selectors.parts_of(found)
    return _attachment(paper_file(access, form, found.form.title, parts, file_format))


@require_safe
@case_page(Kind.REFERRAL)
def composed(request: HttpRequest, access: Access, record: str) -> HttpResponse:
    """A paper made from what is on record."""
    found, parts = selectors.composed_paper(access, record)
    context = {
        "heading": found.title,
        "caption": access.case.reference,
        "lead": "Made from what is on record; nobody fills it in a second time.",
        "breadcrumbs": crumbs(access, _way(access)),
        "standing": [],
        "missing": [],
        "sections": parts,
        "actions": presenters.files(access, "take_composed", record=record),
    }
    return render(request, "paperwork/paper.html", context)


@require_safe
@case_page(Kind.REFERRAL)
def take_composed(
    request: HttpRequest, access: Access, record: str, file_format: str
) -> HttpResponse:
    """A paper made from what is on record, as Word or PDF."""
    found, parts = selectors.composed_paper(access, record)
    return _attachment(paper_file(access, record, found.title, parts, file_format))


@require_safe
@case_page(Kind.DISCLOSURE)
def schedule(request: HttpRequest, access: Access) -> HttpResponse:
    """Everything that is held: reference, kind and date, and never its content."""
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access, _way(access)),
        "rows": presenters.material_rows(material_of(access)),
    }
    return render(request, "paperwork/schedule.html", context)


@require_safe
@case_page(Kind.DISCLOSURE)
def take_schedule(request: HttpRequest, access: Access, file_format: str) -> HttpResponse:
    """The schedule as CSV or Excel."""
    if file_format not in _SCHEDULE_TYPES:
        raise Hidden
    name = f"{access.case.reference}-schedule.{file_format}"
    content = schedule_file(access, file_format)
    return _attachment(WorkingCopy(name, _SCHEDULE_TYPES[file_format], content))


def _attachment(copy: WorkingCopy) -> HttpResponse:
    response = HttpResponse(copy.content, content_type=copy.media_type)
    response["Content-Disposition"] = f'attachment; filename="{copy.name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _step(access: Access, heading: str, submit: str, form: str) -> Step:
    back = presenters.address(access, "paper", form=form)
    return Step(heading, submit, back, way=(_way(access), (heading, back)))


def _way(access: Access) -> tuple[str, str]:
    where = reverse("paperwork:papers", kwargs={"reference": access.case.reference})
    return ("Forms of the work", where)
