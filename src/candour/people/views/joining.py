"""What a personal link opens: a first password, a forgotten one, a new authenticator app."""

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.errors import NotPermitted, RuleBroken
from candour.people import second_factor, session_limits
from candour.people.forms import NewPassword, PresentPassword
from candour.people.models import OneUseLink
from candour.people.roles import LinkPurpose
from candour.people.selectors import owner_of
from candour.people.services.accounts import begin_new_second_factor, set_password
from candour.people.services.links import find_link
from candour.ui.forms import Form

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_HEADINGS = {
    LinkPurpose.INVITATION: "Choose a password",
    LinkPurpose.NEW_PASSWORD: "Choose a new password",
    LinkPurpose.NEW_SECOND_FACTOR: "Set up a new authenticator app",
}


@login_not_required
def personal_link(request: HttpRequest, token: str) -> HttpResponse:
    """The one page a personal link opens; whoever was signed in here is signed out first."""
    if request.user.is_authenticated:
        logout(request)
        return redirect(request.path)
    try:
        link = _living(token)
    except NotPermitted as refusal:
        return render(request, "people/link_dead.html", {"refusal": refusal}, status=410)
    form = _form(link)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _go_on(request, link, form.cleaned_data["password"])
        except RuleBroken as refusal:
            form.refuse(refusal)
    return render(request, "people/personal_link.html", _context(link, form))


def _living(token: str) -> OneUseLink:
    link = find_link(token=token)
    of_an_account = link.purpose != LinkPurpose.CONTRIBUTION
    if of_an_account and owner_of(link).is_active:
        return link
    raise NotPermitted("link_dead", "This link cannot be used here.")


def _form(link: OneUseLink) -> type[Form]:
    return PresentPassword if link.purpose == LinkPurpose.NEW_SECOND_FACTOR else NewPassword


def _go_on(request: HttpRequest, link: OneUseLink, password: str) -> HttpResponse:
    if link.purpose == LinkPurpose.NEW_PASSWORD:
        set_password(link=link, password=password)
        return redirect(f"{reverse('account_login')}?password=set")
    restored = link.purpose == LinkPurpose.NEW_SECOND_FACTOR
    take_over = begin_new_second_factor if restored else set_password
    user = take_over(link=link, password=password)
    login(request, user, backend=_BACKEND)
    session_limits.begin(request.session)
    second_factor.let_enrol(request.session, user)
    return redirect("mfa_activate_totp")


def _context(link: OneUseLink, form: Form) -> dict[str, object]:
    user = owner_of(link)
    purpose = LinkPurpose(link.purpose)
    return {"form": form, "heading": _HEADINGS[purpose], "person": user, "purpose": purpose}
