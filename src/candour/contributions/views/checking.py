"""The agency's own pages: it sends its file, sees what was read, settles it and signs off."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.steps import Row, Step
from candour.contributions import selectors
from candour.contributions.desk import Desk, desk_step, forget_link
from candour.contributions.forms.agencies import (
    FiledUploadForm,
    HeadingsForm,
    NothingHeldForm,
    SignOffForm,
    SignOffWithoutAccountForm,
    UploadForm,
)
from candour.contributions.models import Submission
from candour.contributions.presenters import agencies as presenters
from candour.contributions.services import asking, checking, receiving, signing_off

_ROWS_A_PAGE = 100


def upload(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Send the file as it is."""
    filed = desk.sender.how == Submission.How.EMAIL
    form = (FiledUploadForm if filed else UploadForm)(request.POST or None, request.FILES or None)

    received: list[Submission] = []

    def act() -> None:
        told = form.cleaned_data
        received.append(
            receiving.receive_submission(
                sender=desk.sender, upload=told["file"], came_from=told.get("came_from", "")
            )
        )

    step = _step(
        desk,
        "File a return that came by e-mail" if filed else "Send your file",
        "Send it",
        lead="Hidden rows, deleted text, comments and names in the file's properties are shown to "
        "the agency alone, which decides on each before anybody else sees it.",
    )
    answer = desk_step(request, desk, form, step, act, long=True)
    return HttpResponseRedirect(_file(desk, received[0])) if received else answer


def nothing_held(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Declare that the agency holds nothing."""
    desk.sender.may_declare().require()
    form = NothingHeldForm(request.POST or None)

    def act() -> None:
        declaration = form.cleaned_data["declaration"]
        asking.declare_nothing_held(sender=desk.sender, declaration=declaration)

    step = _step(desk, "We hold nothing for this period", "Declare it")
    return _leaving(request, desk, desk_step(request, desk, form, step, act))


@require_safe
def file(request: HttpRequest, desk: Desk, submission_id: uuid.UUID) -> HttpResponse:
    """One file: what is the matter with it, and what is left to do."""
    held = selectors.submission_of(desk.sender, str(submission_id))
    parts = list(selectors.held_back(desk.sender, held))
    queries = signing_off.open_queries(held).count()
    open_now = held.state in (Submission.State.HEADINGS, Submission.State.TO_CHECK)
    waiting = signing_off.what_waits(held)
    context = {
        "breadcrumbs": desk.crumbs(),
        "caption": desk.caption,
        "file": held,
        "tasks": presenters.tasks_of(desk, held, parts, queries) if open_now else [],
        "rows_address": desk.address("rows", submission_id=held.pk),
        "waiting": waiting if open_now else [],
        "sign_off_address": desk.address("sign_off", submission_id=held.pk),
        "may_sign_off": open_now and not waiting and bool(desk.sender.may_sign_off(held)),
        "signs": desk.sender.signs,
        "upload_address": desk.address("upload"),
    }
    return render(request, "contributions/file.html", context)


def headings(request: HttpRequest, desk: Desk, submission_id: uuid.UUID) -> HttpResponse:
    """Say what the headings mean; the page opens on a guess."""
    held = selectors.submission_of(desk.sender, str(submission_id))
    form = HeadingsForm(request.POST or None, submission=held)

    def act() -> None:
        checking.confirm_headings(sender=desk.sender, submission=held, roles=form.roles())

    step = _file_step(desk, held, "What the headings mean", "Confirm", "Check each guess.")
    return desk_step(request, desk, form, step, act, long=True)


@require_safe
def rows(request: HttpRequest, desk: Desk, submission_id: uuid.UUID) -> HttpResponse:
    """Every row as it was read."""
    held = selectors.submission_of(desk.sender, str(submission_id))
    entries = selectors.rows_of(desk.sender, held)
    page = Paginator(entries, _ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": "Rows as they were read",
        "caption": desk.caption,
        "breadcrumbs": desk.crumbs((f"File {held.number}", _file(desk, held))),
        "columns": ["Where", "Date as written", "Understood as", "What happened"],
        "rows": presenters.row_table(page.object_list),
        "empty": {"text": "No row was read from this file."},
        "page": page,
    }
    return render(request, "pages/list.html", context)


def sign_off(request: HttpRequest, desk: Desk, submission_id: uuid.UUID) -> HttpResponse:
    """Sign off: from here on the entries count, and nothing alters them."""
    held = selectors.submission_of(desk.sender, str(submission_id))
    desk.sender.may_sign_off(held).require()
    with_account = desk.sender.how == Submission.How.ACCOUNT
    form = (SignOffForm if with_account else SignOffWithoutAccountForm)(request.POST or None)

    def act() -> None:
        signing_off.sign_off(
            sender=desk.sender,
            submission=held,
            signed_off_as=form.cleaned_data.get("signed_off_as", ""),
        )

    waiting = tuple((what, _file(desk, held)) for what in signing_off.what_waits(held))
    step = Step(
        "Sign off the return",
        "Sign off",
        back=desk.address("request"),
        way=(desk_crumb(desk, held),),
        warning="After this only a new file changes anything.",
        missing=waiting,
        rows=[Row(key="Rows", value=str(held.entries.filter(part=1).count()))],
    )
    return _leaving(request, desk, desk_step(request, desk, form, step, act))


def _leaving(request: HttpRequest, desk: Desk, answer: HttpResponse) -> HttpResponse:
    """The link has done its work once the agency has signed off or declared: it is forgotten."""
    if desk.access is None and answer.status_code == 302:
        forget_link(request)
        answer["Location"] = desk.address("done")
    return answer


def desk_crumb(desk: Desk, submission: Submission) -> tuple[str, str]:
    """The file's own page, on the way back from what belongs to it."""
    return f"File {submission.number}", _file(desk, submission)


def _file(desk: Desk, submission: Submission) -> str:
    return desk.address("file", submission_id=submission.pk)


def _file_step(
    desk: Desk, submission: Submission, heading: str, submit: str, lead: str = ""
) -> Step:
    back = _file(desk, submission)
    return Step(heading, submit, back=back, way=(desk_crumb(desk, submission),), lead=lead)


def _step(desk: Desk, heading: str, submit: str, lead: str = "") -> Step:
    return Step(heading, submit, back=desk.address("request"), lead=lead)
