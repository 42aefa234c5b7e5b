"""A person's own account: who they are here, their sessions, what was kept for them."""

import uuid

from allauth.account.views import PasswordChangeView
from allauth.usersessions.views import ListUserSessionsView
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from candour.people import session_limits
from candour.people.policies import may_administer, may_restore
from candour.people.selectors import (
    appointments_of,
    kept_forms_of,
    looks_after,
    sessions_of,
)
from candour.people.services.accounts import end_session, record_own_act
from candour.people.services.kept_forms import discard, typed_in
from candour.people.signed_in import actor_of

# Carried along when a form is given back, but nothing a person typed.
_NOT_TYPED = frozenset({"version", "submission"})


def account(request: HttpRequest) -> HttpResponse:
    """Who am I here, and how do I look after my account?"""
    actor = actor_of(request)
    context = {
        "person": request.user,
        "appointments": list(appointments_of(actor)),
        "sessions": sessions_of(actor),
        "kept": list(kept_forms_of(actor)),
        "administers": bool(may_administer(actor)),
        "restores": bool(may_restore(actor)),
        "looks_after": looks_after(actor),
    }
    return render(request, "people/account.html", context)


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """The page says that its reader is still there."""
    session_limits.mark_used(request.session)
    return HttpResponse(status=204)


class PasswordChange(PasswordChangeView):  # type: ignore[misc]
    """Change a known password; every other session ends."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_own_act("password_changed", by=actor_of(self.request))
        return response


class Sessions(ListUserSessionsView):  # type: ignore[misc]
    """Where the person is signed in; all other sessions end with one button."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_own_act("other_sessions_ended", by=actor_of(self.request))
        return response


@require_POST
def session_end(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of one's own sessions."""
    end_session(by=actor_of(request), session_id=session_id)
    return redirect("usersessions_list")


def resume(request: HttpRequest, form_id: uuid.UUID) -> HttpResponse:
    """What the person had typed, to be sent on to where it was going, or thrown away."""
    typed = typed_in(by=actor_of(request), form_id=form_id)
    shown = [
        (name.replace("_", " ").replace("-", " ").capitalize(), value)
        for name, values in typed.fields.items()
        for value in values
        if value and name not in _NOT_TYPED
    ]
    context = {"typed": typed, "shown": shown, "form_id": form_id}
    return render(request, "people/resume.html", context)


@require_POST
def resume_discard(request: HttpRequest, form_id: uuid.UUID) -> HttpResponse:
    """The person has no use for it any more."""
    discard(by=actor_of(request), form_id=form_id)
    return redirect("account")
