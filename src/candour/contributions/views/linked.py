"""The pages of a one-use link: its code, its request, and the end."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.contributions import selectors
from candour.contributions.desk import Desk, remember_link
from candour.contributions.forms.agencies import CodeForm
from candour.contributions.presenters import agencies as presenters
from candour.kernel.errors import NotPermitted
from candour.people.roles import LinkPurpose
from candour.people.services.links import find_link, open_link


@login_not_required
def link_open(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code; whoever was signed in here is signed out first."""
    if request.user.is_authenticated:
        logout(request)
        return redirect(request.path)
    form = CodeForm(request.POST or None)
    try:
        link = find_link(token=token, purpose=LinkPurpose.CONTRIBUTION)
        if request.method == "POST" and form.is_valid():
            remember_link(request, open_link(token=token, code=form.cleaned_data["code"]))
            return HttpResponseRedirect(reverse("contributions:link_request"))
    except NotPermitted as refusal:
        if refusal.code != "link_wrong_code":
            return render(request, "contributions/link_closed.html", status=410)
        form.refuse(refusal)
        return render(request, "contributions/link_open.html", {"form": form}, status=422)
    return render(request, "contributions/link_open.html", {"form": form, "link": link})


@require_safe
def link_request(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What the agency is asked for, and what was sent by this link."""
    context = {
        "asked": desk.sender.request,
        "rows": presenters.request_rows(desk.sender.request),
        "files": presenters.file_rows(desk, selectors.submissions_to(desk.sender)),
        "upload_address": desk.address("upload"),
        "forms": desk.forms_to_fill_in(),
        "nothing_address": desk.address("nothing_held"),
    }
    return render(request, "contributions/link_request.html", context)


@login_not_required
@require_safe
def link_done(request: HttpRequest) -> HttpResponse:
    """The agency has done; the link opens nothing any more."""
    context = {
        "heading": "Thank you",
        "detail": "Your agency's answer has been received.",
        "next_steps": [
            "The link you used no longer works. If something has to be corrected, ask whoever "
            "sent it to you for a new one."
        ],
    }
    return render(request, "pages/done.html", context)
