"""Preparing publication: holds, the panel's copy, the day, clearance by two people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs, once
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Step, step_page
from candour.publication import policies, presenters, selectors
from candour.publication.forms import ClearForm, CopyForm, DayForm, HoldForm, PrepareForm
from candour.publication.models import Hold, Publication
from candour.publication.presenters import address
from candour.publication.services.clear import clear as clear_files
from candour.publication.services.prepare import (
    answer_hold,
    choose_day,
    prepare,
    record_copy_sent,
)
from candour.ui.wording import day as day_in_words


@case_page(Kind.DISCLOSURE)
def publication(request: HttpRequest, access: Access) -> HttpResponse:
    """How far publication has come, and everything that stands in the way."""
    form = PrepareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return once(request, lambda: _prepare(access))
    found = selectors.publication_or_none(access)
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "form": form,
        "publication": found,
        "may_prepare": bool(access.may_write(Kind.DISCLOSURE)),
        "may_clear": bool(access.may(Act.CLEAR_PUBLICATION)),
        "may_publish": bool(access.may(Act.PUBLISH)),
        "may_withdraw": bool(access.may(Act.WITHDRAW)),
        "reads_decisions": bool(access.may_read(Kind.DECISION)),
        **(_standing(access, found) if found else {}),
    }
    return render(request, "publication/publication.html", context)


def _prepare(access: Access) -> str:
    prepare(access=access)
    return address(access, "publication")


def _standing(access: Access, found: Publication) -> dict[str, object]:
    standing = policies.standing_of(access, found)
    earliest = day_in_words(standing.earliest) or "Counted from the day the panel had its copy"
    bundle = standing.check.bundle if standing.check else None
    return {
        "digest": bundle.sha256 if bundle else "",
        "holds": presenters.hold_tasks(access, found),
        "rows": presenters.publication_rows(access, found, earliest),
        "obstacles": presenters.obstacle_words(standing.obstacles),
        "done": presenters.nothing_to_settle(found, standing.obstacles),
        "cleared": presenters.clearance_words(standing.cleared),
        "editions": presenters.edition_rows(found, selectors.editions_of(found)),
        "withdrawal": presenters.withdrawal_rows(found, selectors.purge_pending(found))
        if found.withdrawal_reason
        else [],
    }


@case_page(Kind.DISCLOSURE)
def hold(request: HttpRequest, access: Access, kind: str) -> HttpResponse:
    """Answer one hold."""
    access.may_write(Kind.DISCLOSURE).require()
    found = selectors.hold_of(access, kind)
    form = HoldForm(request.POST or None, hold=found)
    step = Step(
        Hold.Kind(found.kind).label,
        "Record this answer",
        address(access, "publication"),
        way=_way(access),
        lead=presenters.QUESTIONS[Hold.Kind(found.kind)],
    )

    def act() -> None:
        told = form.cleaned_data
        answer_hold(
            access=access,
            hold=found,
            seen_version=told["version"],
            answer=Hold.Answer(told["answer"]),
            note=told["note"],
        )

    return step_page(
        request, access, form, step, act, saved=lambda: [{"key": "Note", "value": found.note}]
    )


@case_page(Kind.DISCLOSURE)
def copy(request: HttpRequest, access: Access) -> HttpResponse:
    """Record when the panel had its copy. Candour sends nothing."""
    access.may_write(Kind.DISCLOSURE).require()
    found = selectors.publication_of(access)
    form = CopyForm(request.POST or None, version=found.version)
    step = Step(
        "Copy to the panel",
        "Record this day",
        address(access, "publication"),
        way=_way(access),
        lead="Candour does not send the copy. Send it, then record the day here; the earliest day "
        "of publication is counted from it.",
    )

    def act() -> None:
        told = form.cleaned_data
        record_copy_sent(
            access=access,
            publication=found,
            seen_version=told["version"],
            sent_on=told["sent_on"],
        )

    return step_page(request, access, form, step, act)


@case_page(Kind.DISCLOSURE)
def day(request: HttpRequest, access: Access) -> HttpResponse:
    """Choose the day of publication."""
    access.may_write(Kind.DISCLOSURE).require()
    found = selectors.publication_of(access)
    form = DayForm(request.POST or None, version=found.version)
    step = Step(
        "Day of publication", "Save this day", address(access, "publication"), way=_way(access)
    )

    def act() -> None:
        told = form.cleaned_data
        choose_day(
            access=access,
            publication=found,
            seen_version=told["version"],
            publish_on=told["publish_on"],
        )

    return step_page(request, access, form, step, act)


@case_page(Kind.DISCLOSURE)
def clear(request: HttpRequest, access: Access, digest: str) -> HttpResponse:
    """Clear exactly the files with this digest."""
    access.may(Act.CLEAR_PUBLICATION).require()
    found = selectors.publication_of(access)
    form = ClearForm(request.POST or None)
    obstacles = policies.in_the_way_of_clearing(access, found)
    step = Step(
        "Clear for publication",
        "Clear these files",
        address(access, "publication"),
        way=_way(access),
        lead="Two different people clear exactly these files. Any edit asks for both again.",
        missing=tuple((words, "") for words in presenters.obstacle_words(obstacles)),
        rows=presenters.publish_rows(found, digest),
    )

    def act() -> None:
        clear_files(access=access, publication=found, bundle_sha256=digest)

    return step_page(request, access, form, step, act)


def _way(access: Access) -> tuple[tuple[str, str], ...]:
    return (("Publication", address(access, "publication")),)
