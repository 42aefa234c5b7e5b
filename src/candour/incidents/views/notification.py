"""The notification: prepared here, sent by the council elsewhere. Candour notifies nobody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Row, Step, step_page
from candour.duties.presenters import clock_lines
from candour.duties.selectors import duties_of
from candour.duties.states import state_of
from candour.incidents import presenters, selectors
from candour.incidents.forms.notification import (
    LookAgainForm,
    NotSentForm,
    PreparationForm,
    RescindForm,
    SentForm,
)
from candour.incidents.presenters import address
from candour.incidents.services.notification import (
    OWED,
    decide_not_to_notify,
    may_be_sent,
    prepare_notification,
    record_notification_sent,
)
from candour.incidents.services.reopening import look_again, rescind_notification
from candour.kernel import clock
from candour.kernel.decision import Denied
from candour.ui.wording import clock_time

NOTIFIES_NOBODY = (
    "Candour does not notify anyone. The local authority notifies through the Government’s own "
    "service; here it is prepared, and recorded once it has been sent."
)


@require_safe
@case_page(Kind.REFERRAL)
def notification(request: HttpRequest, access: Access) -> HttpResponse:
    """The notification as prepared, its clocks, and what was done with it."""
    found = selectors.notification_of(access)
    owed = [each for each in duties_of(access) if each.duty.code in OWED]
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access, ("Incident", address(access, "incident"))),
        "notifies_nobody": NOTIFIES_NOBODY,
        "notification": found,
        "word": selectors.notification_word(found),
        "sections": presenters.notification_sections(
            found, selectors.incident_of(access), selectors.children(access)
        ),
        "clocks": clock_lines(access, owed),
        "missing": _missing(access),
        "may_write": bool(access.may_write(Kind.REFERRAL)),
        "may_notify": bool(access.may(Act.NOTIFY)),
        "state": state_of(access.case),
    }
    return render(request, "incidents/notification.html", context)


@case_page(Kind.REFERRAL)
def prepare(request: HttpRequest, access: Access) -> HttpResponse:
    """Prepare it, half done or whole."""
    access.may_write(Kind.REFERRAL).require()
    found, children = selectors.notification_of(access), selectors.children(access)
    form = PreparationForm(request.POST or None, notification=found, children=children)
    step = _step(access, "Prepare the notification", "Save what is prepared")

    def act() -> None:
        seen = form.cleaned_data["version"]
        prepare_notification(access=access, seen_version=seen, answers=form.answers())

    def saved() -> list[Row]:
        parts = presenters.notification_sections(found, selectors.incident_of(access), children)
        return [row for part in parts for row in part.rows]

    return step_page(request, access, form, step, act, saved)


@case_page(Kind.REFERRAL)
def sent(request: HttpRequest, access: Access) -> HttpResponse:
    """Record that it has been sent: when, by which role, to whom, under which reference."""
    access.may(Act.NOTIFY).require()
    now = {"sent_on": clock.today(), "sent_at_time": clock_time(clock.now())}
    form = SentForm(request.POST or None, initial=now)
    step = _step(access, "Record that the notification was sent", "Record it", _missing(access))

    def act() -> None:
        told = form.cleaned_data
        record_notification_sent(
            access=access,
            sent_at=form.sent_at(),
            sent_by_role=told["sent_by_role"],
            sent_to=told["sent_to"],
            reference=told["reference"],
        )

    return step_page(request, access, form, step, act)


def _missing(access: Access) -> tuple[tuple[str, str], ...]:
    answer = may_be_sent(access)
    if not isinstance(answer, Denied) or answer.code == "no_such_transition":
        return ()
    first = selectors.children(access)[0]
    supplied = {
        "other_area_notifies": address(access, "correct"),
        "awareness_date_missing": address(access, "correct"),
    }
    return ((answer.reason, supplied.get(answer.code, address(access, "facts", first.pk))),)


@case_page(Kind.REFERRAL)
def not_sent(request: HttpRequest, access: Access) -> HttpResponse:
    """Record the decision not to notify, with reasons, the partners' views and dissent."""
    access.may(Act.NOTIFY).require()
    form = NotSentForm(request.POST or None)
    step = _step(access, "Decide not to notify", "Record the decision")

    def act() -> None:
        told = form.cleaned_data
        decide_not_to_notify(
            access=access,
            reasons=told["reasons"],
            partners_views=told["partners_views"],
            dissent=told["dissent"],
        )

    return step_page(request, access, form, step, act)


@case_page(Kind.REFERRAL)
def again(request: HttpRequest, access: Access) -> HttpResponse:
    """Look again at a decision not to notify, or at a death told for another reason."""
    access.may(Act.NOTIFY).require()
    form = LookAgainForm(request.POST or None)
    step = _step(access, "Look again on new information", "Reopen the notification")

    def act() -> None:
        look_again(access=access, new_information=form.cleaned_data["new_information"])

    return step_page(request, access, form, step, act)


@case_page(Kind.REFERRAL)
def rescind(request: HttpRequest, access: Access) -> HttpResponse:
    """Take the notification back, with the national panel's agreement."""
    access.may(Act.NOTIFY).require()
    form = RescindForm(request.POST or None)
    step = _step(access, "Rescind the notification", "Record that it was rescinded")

    def act() -> None:
        told = form.cleaned_data
        rescind_notification(
            access=access, reasons=told["reasons"], panel_agreed_on=told["panel_agreed_on"]
        )

    return step_page(request, access, form, step, act)


def _step(
    access: Access, heading: str, submit: str, missing: tuple[tuple[str, str], ...] = ()
) -> Step:
    back = address(access, "notification")
    return Step(
        heading,
        submit,
        back,
        way=(("Incident", address(access, "incident")), ("Notification", back)),
        warning=NOTIFIES_NOBODY,
        missing=missing,
    )
