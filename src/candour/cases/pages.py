"""What every page of a case does first: find the case for this person, or answer 404.

A page declares the kind of record it shows; the matrix test walks all pages by these marks.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from candour.cases.access import Access, access_to
from candour.cases.models import SubmittedForm
from candour.cases.permissions import Kind
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden

P = ParamSpec("P")
CaseView = Callable[Concatenate[HttpRequest, Access, P], HttpResponse]


class MarkedView(Protocol):
    """A page that says which kind of record it shows."""

    candour_kind: Kind

    def __call__(self, request: HttpRequest, reference: str, **kwargs: object) -> HttpResponse: ...


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person as an actor."""
    return Actor(id=str(request.user.pk))


def case_page(kind: Kind) -> Callable[[CaseView[P]], MarkedView]:
    """Give the page the person's access to the case named in its address.

    Whoever may read nothing of this kind on this case gets 404, as if it did not exist. A page
    of one agency's records checks the agency too (`access.may_read(kind, agency_id)`).
    """

    def decorate(view: CaseView[P]) -> MarkedView:
        @wraps(view)
        def page(
            request: HttpRequest, reference: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            access = access_to(actor_of(request), reference)
            if not any(holding.reach(kind) for holding in access.holdings):
                raise Hidden
            return view(request, access, *args, **kwargs)

        page.candour_kind = kind  # type: ignore[attr-defined]
        return cast(MarkedView, page)

    return decorate


def once(request: HttpRequest, act: Callable[[], str]) -> HttpResponseRedirect:
    """Do `act`, which answers with the address to go to, once for each form shown.

    The form's `submission` token is kept with that address in the act's own transaction: a
    double click, a reload or a retry after a lost answer goes to the same place and does nothing.
    """
    token = _own_token(request)
    with transaction.atomic():
        if token is None:
            return HttpResponseRedirect(act())
        form, first = SubmittedForm.objects.select_for_update().get_or_create(
            token=token, defaults={"user_id": actor_of(request).id}
        )
        if first:
            form.location = act()
            form.save(update_fields=["location"])
    return HttpResponseRedirect(form.location)


def _own_token(request: HttpRequest) -> str | None:
    """The form's token, told apart by person: one that somebody else has used stops nobody."""
    given = request.POST.get("submission", "")
    if not given:
        return None
    return hashlib.sha256(f"{actor_of(request).id}:{given}".encode()).hexdigest()


def crumbs(access: Access, *further: tuple[str, str]) -> list[dict[str, str]]:
    """The way back from a page of a case: all reviews, this case, then what is named further."""
    way = [("Reviews", reverse("cases")), (access.case.reference, case_address(access))]
    return [{"text": text, "href": href} for text, href in (*way, *further)]


def case_address(access: Access) -> str:
    """The address of the case's overview."""
    return reverse("case", kwargs={"reference": access.case.reference})
