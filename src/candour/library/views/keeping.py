"""What leaves the archive: orders that end, withdrawals by two people, the ledger."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.archive.models import ReasonClass, TombstoneKind
from candour.kernel import clock
from candour.kernel.decision import Denied
from candour.library import policies, presenters, selectors
from candour.library.forms import ReasonForm
from candour.library.order_forms import CarryOutForm, StrikeOutForm, WithdrawalForm
from candour.library.services import ledger as the_ledger
from candour.library.services import withdrawing
from candour.library.services.withdrawing import SEEN_BEFOREHAND, Order
from candour.library.views.steps import after_password, form_step, librarian, way


@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """Reviews whose order ends, and withdrawals that wait for a second person."""
    actor, today = librarian(request), clock.today()
    ending = selectors.ending(actor, before=today + SEEN_BEFOREHAND)
    asked = set(selectors.open_withdrawals(actor).values_list("record_id", flat=True))
    context = {
        "ending": [
            (each, presenters.record_line(each), each.kept_until < today, each.pk in asked)
            for each in ending
            if each.kept_until
        ],
        "withdrawals": [
            (each, presenters.withdrawal_words(each)) for each in selectors.withdrawals(actor)
        ],
        "breadcrumbs": way(),
    }
    return render(request, "library/keeping.html", context)


@after_password
def withdraw(request: HttpRequest, record_id: str) -> HttpResponse:
    """Ask that a review is withdrawn."""
    actor = librarian(request)
    found = selectors.record_ever(actor, record_id)
    now = {"reason_class": ReasonClass.RETENTION_END.value} if found.kept_until else {}
    form = WithdrawalForm(request.POST or None, initial=now)

    def act() -> str:
        told = form.cleaned_data
        order = Order(
            reason_class=ReasonClass(told["reason_class"]),
            tombstone=TombstoneKind(told["tombstone"]),
            ordered_by=told["ordered_by"],
            public_text=told["public_text"] or "",
        )
        asked = withdrawing.ask_to_withdraw(by=actor, review=found, order=order)
        return reverse("library:withdrawal", args=[asked.pk])

    lead = (
        f"{presenters.record_line(found)}. Another librarian carries it out; under a court’s "
        "order, or where a child may be recognised, it is done at once."
    )
    return form_step(
        request, "Withdraw this review", form, "Withdraw it", act,
        lead=lead, back=reverse("library:keeping"),
    )  # fmt: skip


@after_password
def withdrawal(request: HttpRequest, withdrawal_id: uuid.UUID) -> HttpResponse:
    """What was asked, and for another librarian the button that carries it out."""
    actor = librarian(request)
    found = selectors.withdrawal(actor, withdrawal_id)
    allowed = policies.may_carry_out(actor, found)
    form = CarryOutForm(request.POST or None)

    def act() -> str:
        withdrawing.carry_out(by=actor, withdrawal=found)
        return reverse("library:withdrawal", args=[found.pk])

    return form_step(
        request, "Withdrawal", form, "Carry it out", act,
        back=reverse("library:keeping"), template="library/withdrawal.html",
        more={
            "rows": presenters.withdrawal_rows(found),
            "withdrawal": found,
            "refusal": allowed.reason if isinstance(allowed, Denied) else "",
        },
    )  # fmt: skip


def leave(request: HttpRequest, withdrawal_id: uuid.UUID) -> HttpResponse:
    """Leave the review where it stands."""
    actor = librarian(request)
    found = selectors.withdrawal(actor, withdrawal_id)
    form = ReasonForm(request.POST or None)
    here = reverse("library:withdrawal", args=[found.pk])

    def act() -> str:
        withdrawing.refuse(by=actor, withdrawal=found, why=form.cleaned_data["reason"])
        return here

    return form_step(request, "Leave it where it stands", form, "Leave it", act, back=here)


@after_password
def strike_out(request: HttpRequest, record_id: str) -> HttpResponse:
    """Empty an entry of the ledger, because a court orders it."""
    actor = librarian(request)
    found = selectors.ledger_entry(actor, record_id)
    form = StrikeOutForm(request.POST or None)

    def act() -> str:
        the_ledger.strike_out(by=actor, record_id=found.record_id, order=form.cleaned_data["order"])
        return reverse("library:ledger")

    lead = (
        f"{found.record_id}. The ledger keeps what the archive held after every withdrawal. Only "
        "a court’s order to the keeper empties an entry."
    )
    return form_step(
        request, "Strike out an entry", form, "Strike it out", act,
        lead=lead, back=reverse("library:ledger"),
    )  # fmt: skip
