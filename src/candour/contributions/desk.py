"""An agency's desk: one request as whoever acts for the agency works on it.

The same pages serve people who have signed in and the holder of a one-use link, who has opened it
with its code in this browser and sees nothing but what was sent by that link.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Kind
from candour.cases.steps import Row, Step, step_page
from candour.contributions.selectors import request_of
from candour.contributions.sender import Sender, sender_by_link, sender_for
from candour.kernel.errors import EditedElsewhere, Hidden, NotPermitted, RuleBroken
from candour.people.models import OneUseLink
from candour.people.selectors import link_in_force
from candour.people.services.links import link_actor
from candour.platform.acting import acting
from candour.ui.forms import Form

# Takes the request, the desk, and what its address names.
DeskView = Callable[..., HttpResponse]

_OPENED = "contribution_link"
# As long as a signed-in person may be idle.
_IDLE_SECONDS = 15 * 60


@dataclass(frozen=True)
class Desk:
    """Leave to act on one request, with where its pages are; `access` is None under a link."""

    sender: Sender
    access: Access | None = None

    def address(self, page: str, **further: object) -> str:
        """The address of one of the desk's pages."""
        if self.access is None:
            return reverse(f"contributions:link_{page}", kwargs=further)
        place = {"reference": self.access.case.reference, "request_id": self.sender.request.pk}
        return reverse(f"contributions:{page}", kwargs={**place, **further})

    def forms_to_fill_in(self) -> list[tuple[str, str]]:
        """The empty chronologies made for this review: what each is called, and where it is."""
        return [("Word", self.address("word_form")), ("Excel", self.address("excel_form"))]

    def crumbs(self, *further: tuple[str, str]) -> list[dict[str, str]]:
        """The way back to the request, and from there to the case where there is an account."""
        home = (self.sender.request.agency.name, self.address("request"))
        if self.access is None:
            return [{"text": text, "href": href} for text, href in (home, *further)]
        requests = reverse("contributions:requests", args=[self.access.case.reference])
        return crumbs(self.access, ("Agencies", requests), home, *further)

    @property
    def caption(self) -> str:
        """Which case: the holder of a link is told the agency alone."""
        return self.access.case.reference if self.access else self.sender.request.agency.name


def signed_in(view: DeskView) -> Callable[..., HttpResponse]:
    """The page for people on the case who act for the agency; 404 for everybody else."""

    @case_page(Kind.AGENCY_RETURN)
    def page(
        request: HttpRequest, access: Access, /, request_id: uuid.UUID, **further: object
    ) -> HttpResponse:
        asked = request_of(access, str(request_id))
        return view(request, Desk(sender_for(access, asked), access), **further)

    return page


def by_link(view: DeskView) -> Callable[..., HttpResponse]:
    """The same page for the holder of a link that was opened in this browser and still lives."""

    @login_not_required
    @wraps(view)
    def page(request: HttpRequest, **further: object) -> HttpResponse:
        link = opened_link(request)
        if link is None:
            return render(request, "contributions/link_closed.html", status=410)
        with acting(link_actor(link)):
            return view(request, Desk(sender_by_link(link)), **further)

    return page


def opened_link(request: HttpRequest) -> OneUseLink | None:
    """The living link that was opened with its code in this browser, if nobody is signed in."""
    held = request.session.get(_OPENED)
    if held is None or request.user.is_authenticated:
        return None
    request.session.modified = True
    return link_in_force(uuid.UUID(held))


def remember_link(request: HttpRequest, link: OneUseLink) -> None:
    """This browser has opened the link; forgotten after fifteen minutes without a page."""
    request.session.cycle_key()
    request.session[_OPENED] = str(link.pk)
    request.session.set_expiry(_IDLE_SECONDS)
    with acting(link_actor(link)):
        record("contributions.link_opened", by=link_actor(link), case_id=link.case_id)


def forget_link(request: HttpRequest) -> None:
    """The agency has done: this browser opens nothing any more."""
    request.session.flush()


def desk_step(
    request: HttpRequest,
    desk: Desk,
    form: Form,
    step: Step,
    act: Callable[[], object],
    saved: Callable[[], Sequence[Row]] | None = None,
    *,
    long: bool = False,
) -> HttpResponse:
    """Show the form; when it is sent whole, act and go to `step.back`.

    Acts that read a file are `long`: they keep their own short transactions and are safe to
    repeat, so that nobody else waits for them. So are all acts of the holder of a link.
    """
    if desk.access is not None and not long:
        return step_page(request, desk.access, form, step, act, saved)
    status, beside = 200, list[Row]()
    if request.method == "POST" and form.is_valid():
        try:
            act()
            return HttpResponseRedirect(step.back)
        except (NotPermitted, Hidden):
            raise
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = 409 if isinstance(refusal, EditedElsewhere) else 422
            beside = list(saved()) if saved and status == 409 else []
    context = {
        **step.more,
        "step": step,
        "form": form,
        "saved": beside,
        "heading": step.heading,
        "caption": desk.caption,
        "submit": step.submit,
        "cancel": step.back,
        "breadcrumbs": desk.crumbs(*step.way),
    }
    return render(request, step.template, context, status=status)
