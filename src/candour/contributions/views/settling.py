"""The agency's pages for what needs its decision: held-back parts, unclear dates and cells."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.steps import Row, Step
from candour.contributions import selectors
from candour.contributions.desk import Desk, desk_step
from candour.contributions.forms.agencies import HeldBackForm, QueryForm
from candour.contributions.models import EntryQuery, HeldBack, Submission
from candour.contributions.presenters import agencies as presenters
from candour.contributions.presenters import held_back as held_words
from candour.contributions.services import checking
from candour.contributions.views.checking import desk_crumb
from candour.kernel.errors import Hidden

_ALONE = "Only your agency sees this page. Release each part to the review or keep it out."


@require_safe
def held_back(request: HttpRequest, desk: Desk, submission_id: uuid.UUID) -> HttpResponse:
    """What the file holds besides its visible rows, for the agency alone."""
    held = selectors.submission_of(desk.sender, str(submission_id))
    parts = list(selectors.held_back(desk.sender, held))
    context = {
        "breadcrumbs": desk.crumbs(desk_crumb(desk, held)),
        "caption": desk.caption,
        "lead": _ALONE,
        "groups": held_words.held_groups(desk, held, parts),
    }
    return render(request, "contributions/held_back.html", context)


def decide_part(
    request: HttpRequest, desk: Desk, submission_id: uuid.UUID, part_id: uuid.UUID
) -> HttpResponse:
    """Decide on one part."""
    held = selectors.submission_of(desk.sender, str(submission_id))
    part = selectors.held_back_part(desk.sender, held, str(part_id))
    heading = f"{part.get_kind_display()}: {held_words.where_it_stands(part)}"
    return _decide(request, desk, held, [part], heading)


def decide_kind(
    request: HttpRequest, desk: Desk, submission_id: uuid.UUID, kind: str
) -> HttpResponse:
    """The same decision, with one reason, on all parts of a kind that wait."""
    held = selectors.submission_of(desk.sender, str(submission_id))
    if kind not in HeldBack.Kind.values:
        raise Hidden
    waiting = selectors.held_back(desk.sender, held).filter(kind=kind, state=HeldBack.State.PENDING)
    if not waiting and request.method != "POST":
        return HttpResponseRedirect(desk.address("held_back", submission_id=held.pk))
    heading = f"All that wait: {HeldBack.Kind(kind).label}"
    return _decide(request, desk, held, list(waiting), heading)


def _decide(
    request: HttpRequest,
    desk: Desk,
    submission: Submission,
    parts: list[HeldBack],
    heading: str,
) -> HttpResponse:
    form = HeldBackForm(request.POST or None)

    def act() -> None:
        told = form.cleaned_data
        decide = checking.release if told["decision"] == "release" else checking.remove
        decide(sender=desk.sender, held=parts, reason=told["reason"])

    back = desk.address("held_back", submission_id=submission.pk)
    way = (desk_crumb(desk, submission), ("Hidden parts", back))
    rows = [Row(key=row["key"], value=row["value"]) for row in held_words.held_rows(parts)]
    step = Step(heading, "Decide", back=back, way=way, lead=_ALONE, rows=rows)
    return desk_step(request, desk, form, step, act)


@require_safe
def queries(request: HttpRequest, desk: Desk, submission_id: uuid.UUID) -> HttpResponse:
    """Every unclear date or cell with its row and what was answered."""
    held = selectors.submission_of(desk.sender, str(submission_id))
    listed = selectors.queries_of(desk.sender, held)
    context = {
        "heading": "Unclear dates and cells",
        "caption": desk.caption,
        "lead": "What you wrote stays as it is; your answer stands beside it.",
        "breadcrumbs": desk.crumbs(desk_crumb(desk, held)),
        "columns": ["Where", "Date as written", "What is unclear", "Answer", "Settle"],
        "rows": presenters.query_table(desk, held, listed),
        "empty": {"text": "Nothing in this file is unclear."},
    }
    return render(request, "pages/list.html", context)


def query(
    request: HttpRequest, desk: Desk, submission_id: uuid.UUID, query_id: uuid.UUID
) -> HttpResponse:
    """Settle one of them."""
    held = selectors.submission_of(desk.sender, str(submission_id))
    asked = selectors.query_of(desk.sender, held, str(query_id))
    form = QueryForm(request.POST or None, initial=_held(asked), version=asked.version)
    back = desk.address("queries", submission_id=held.pk)
    step = Step(
        "Settle what is unclear",
        "Save",
        back=back,
        way=(desk_crumb(desk, held), ("Unclear", back)),
        rows=[Row(key=row["key"], value=row["value"]) for row in presenters.query_rows(asked)],
    )

    def saved() -> list[Row]:
        return [Row(key="Answered meanwhile", value=presenters.answered(asked))]

    return desk_step(request, desk, form, step, lambda: _settle(desk, asked, form), saved)


def _held(asked: EntryQuery) -> dict[str, str]:
    return QueryForm.held(asked) if asked.state != EntryQuery.State.OPEN else {}


def _settle(desk: Desk, asked: EntryQuery, form: QueryForm) -> None:
    told = form.cleaned_data
    if told["how"] == "leave":
        checking.leave_query(
            sender=desk.sender, query=asked, reason=told["reason"], seen_version=told["version"]
        )
        return
    answer, date_text = form.said()
    checking.answer_query(
        sender=desk.sender,
        query=asked,
        answer=answer,
        date_text=date_text,
        seen_version=told["version"],
    )
