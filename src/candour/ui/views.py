"""Pages that both sites owe: accessibility statement, privacy, cookies, help and contact."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.ui.errors import site
from candour.ui.national_lines import NATIONAL_LINES


@login_not_required
def about(request: HttpRequest, page: str) -> HttpResponse:
    """One of the standing pages, in the words of the site that shows it."""
    context = {"site": site(), "help_lines": NATIONAL_LINES}
    return render(request, f"about/{page}.html", context)
