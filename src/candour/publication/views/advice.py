"""The national panel's letters about a decision not to publish."""

import uuid

from django.http import HttpRequest, HttpResponse

from candour.cases.access import Access
from candour.cases.pages import case_page
from candour.cases.permissions import Kind
from candour.cases.steps import Step, step_page
from candour.duties.letter_pages import delivered_letter
from candour.publication import not_publishing_page as page
from candour.publication import selectors
from candour.publication.forms import AdviceForm, AdviceReplyForm
from candour.publication.models import NonPublicationLetter
from candour.publication.presenters import address
from candour.publication.services.panel_on_not_publishing import (
    Advice,
    file_advice,
    reply_about_not_publishing,
)


@case_page(Kind.DECISION)
def letter(request: HttpRequest, access: Access) -> HttpResponse:
    """File what the panel wrote; a letter that its desk delivered is filled in already."""
    access.may_write(Kind.DECISION).require()
    delivered = delivered_letter(access, request.GET.get("delivered", ""), page.ADVICE)
    form = AdviceForm(request.POST or None, initial=page.filled_in(delivered))
    step = _step(access, "File what the panel wrote", "File the letter")

    def act() -> None:
        given = form.answered()
        outcome = NonPublicationLetter.Outcome(given.pop("outcome"))
        file_advice(access=access, advice=Advice(outcome, delivered=delivered, **given))

    return step_page(request, access, form, step, act)


@case_page(Kind.DECISION)
def reply(request: HttpRequest, access: Access, advice_id: uuid.UUID) -> HttpResponse:
    """Record the reply to the panel."""
    access.may_write(Kind.DECISION).require()
    found = selectors.advice_of(access, advice_id)
    form = AdviceReplyForm(request.POST or None)
    step = _step(access, "Record the reply to the panel", "Record it", found)

    def act() -> None:
        reply_about_not_publishing(access=access, letter=found, **form.answered())

    return step_page(request, access, form, step, act)


def _step(
    access: Access, heading: str, submit: str, about: NonPublicationLetter | None = None
) -> Step:
    back = address(access, "not_publishing")
    rows = page.letter_rows(about) if about else ()
    way = (("Not publishing", back),)
    return Step(heading, submit, back, way=way, rows=rows, warning=page.SENDS_NOTHING)
