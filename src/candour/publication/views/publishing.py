"""Publishing and withdrawing: a page that checks, a page that confirms, a page that is done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.archive.models import ReasonClass, TombstoneKind
from candour.cases.access import Access
from candour.cases.pages import case_address, case_page
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Step, step_page
from candour.disclosure.selectors import latest_check
from candour.people.confirmation import recently_confirmed
from candour.publication import policies, presenters, selectors
from candour.publication.forms import PublishForm, WithdrawForm
from candour.publication.models import Publication
from candour.publication.presenters import address
from candour.publication.services.publish import publish as publish_report
from candour.publication.services.withdraw import Withdrawal
from candour.publication.services.withdraw import withdraw as withdraw_report
from candour.ui.forms import Form


@case_page(Kind.DISCLOSURE)
def publish(request: HttpRequest, access: Access) -> HttpResponse:
    """Confirm, with the password shown again, and publish."""
    access.may(Act.PUBLISH).require()
    return _publish(request, access)


@recently_confirmed
def _publish(request: HttpRequest, access: Access) -> HttpResponse:
    found = selectors.publication_of(access)
    check = latest_check(access)
    digest = check.bundle.sha256 if check and check.bundle else "No files have been built"
    obstacles = policies.in_the_way_of_publishing(access, found)
    form = PublishForm(request.POST or None)
    step = Step(
        "Publish the report",
        "Publish now",
        address(access, "published"),
        way=(("Publication", address(access, "publication")),),
        warning="Everybody will be able to read it, and copies cannot be called back.",
        missing=tuple((words, "") for words in presenters.obstacle_words(obstacles)),
        rows=presenters.publish_rows(found, digest),
    )

    def act() -> None:
        publish_report(access=access, publication=found, reason=form.cleaned_data["reason"])

    return step_page(request, access, form, step, act)


@case_page(Kind.DISCLOSURE)
def withdraw(request: HttpRequest, access: Access) -> HttpResponse:
    """Confirm, with the password shown again, and withdraw."""
    access.may(Act.WITHDRAW).require()
    return _withdraw(request, access)


@recently_confirmed
def _withdraw(request: HttpRequest, access: Access) -> HttpResponse:
    found = selectors.publication_of(access)
    form = WithdrawForm(request.POST or None)
    step = Step(
        "Withdraw the report",
        "Withdraw now",
        address(access, "published"),
        way=(("Publication", address(access, "publication")),),
        warning="The archive stops showing it at once. Tell the panel, the family and the staff.",
        rows=[{"key": "Report", "value": found.report.title}],
    )

    def act() -> None:
        withdraw_report(access=access, publication=found, withdrawal=_told(form))

    return step_page(request, access, form, step, act)


def _told(form: Form) -> Withdrawal:
    told = form.cleaned_data
    return Withdrawal(
        reason_class=ReasonClass(told["reason_class"]),
        tombstone=TombstoneKind(told["tombstone"]),
        reason=told["reason"],
        public_text=told["public_text"] or "",
        panel_told_on=told["panel_told_on"],
    )


_DONE = {
    Publication.State.PUBLISHING: (
        "Being published",
        "The report is on its way into the archive. This takes less than a minute.",
    ),
    Publication.State.PUBLISHED: ("Published", "The report stands in the archive."),
    Publication.State.WITHDRAWING: (
        "Being withdrawn",
        "The archive is about to stop showing the report. Load this page again in a moment.",
    ),
    Publication.State.WITHDRAWN: ("Withdrawn", "The archive no longer shows the report."),
    Publication.State.PREPARING: ("Not published", "The report is being prepared."),
}


@require_safe
@case_page(Kind.DISCLOSURE)
def published(request: HttpRequest, access: Access) -> HttpResponse:
    """What has been done, and what comes next."""
    found = selectors.publication_of(access)
    heading, detail = _DONE[Publication.State(found.state)]
    context = {
        "heading": heading,
        "detail": detail,
        "next_steps": [found.problem] if found.problem else [],
        "links": [
            {"text": "How publication stands", "href": address(access, "publication")},
            {"text": "Back to the review", "href": case_address(access)},
        ],
    }
    return render(request, "pages/done.html", context)
