"""Enrolling an authenticator app, and recovery codes."""

from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from candour.people import second_factor
from candour.people.services.accounts import enrolled, record_own_act
from candour.people.signed_in import actor_of, user_of


class Enrol(ActivateTOTPView):  # type: ignore[misc]
    """Register an authenticator app by its QR code or secret; recovery codes come next."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if second_factor.is_enrolled(user_of(request)):
            return redirect("account")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        second_factor.confirm(self.request.session, user_of(self.request))
        enrolled(by=actor_of(self.request))
        return response


class RecoveryCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    """The recovery codes, shown once and never again."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response: HttpResponse = super().get(request, *args, **kwargs).render()
        second_factor.finish_enrolment(request.session)
        return response


class NewRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes; the old ones open nothing any more."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_own_act("recovery_codes_made", by=actor_of(self.request))
        return response


def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """For somebody who signed in with a password and has no authenticator app registered."""
    return render(request, "people/second_factor_needed.html")
