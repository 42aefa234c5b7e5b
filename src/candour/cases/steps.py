"""One act on a page of its own: what it is about, what is missing, the form, and what was saved.

Whatever a person typed stays on the page when a rule refuses; when somebody else saved meanwhile,
the page answers 409 and shows the saved text beside what was typed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.cases.access import Access
from candour.cases.pages import crumbs, once
from candour.kernel.errors import EditedElsewhere, Hidden, NotPermitted, RuleBroken
from candour.ui.forms import Form


class Row(TypedDict):
    """A row of a summary list: what it is, and what stands there."""

    key: str
    value: str


@dataclass(frozen=True)
class Step:
    """What the page says round its form; `back` is where it leads when done or given up.

    `missing` says what is lacking before the act is possible, each with the address of the page
    that supplies it, or blank; `rows` what the act is about, `way` the pages between the case and
    this one (text, address).
    """

    heading: str
    submit: str
    back: str
    way: tuple[tuple[str, str], ...] = ()
    lead: str = ""
    warning: str = ""
    missing: tuple[tuple[str, str], ...] = ()
    rows: Sequence[Row] = ()
    template: str = "cases/step.html"
    more: Mapping[str, object] = field(default_factory=dict)


def step_page(
    request: HttpRequest,
    access: Access,
    form: Form,
    step: Step,
    act: Callable[[], object],
    saved: Callable[[], Sequence[Row]] | None = None,
) -> HttpResponse:
    """Show the form; when it is sent whole, act once and go to `step.back`.

    `saved` tells what stands saved now, for the person whose version is out of date.
    """
    status = 200
    beside: Sequence[Row] = ()
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _done(act, step.back))
        except (NotPermitted, Hidden):
            raise
        except RuleBroken as refusal:
            form.refuse(refusal)
            status = 409 if isinstance(refusal, EditedElsewhere) else 422
            beside = saved() if saved and status == 409 else ()
    context = {
        **step.more,
        "step": step,
        "form": form,
        "saved": beside,
        "heading": step.heading,
        "caption": access.case.reference,
        "submit": step.submit,
        "cancel": step.back,
        "breadcrumbs": crumbs(access, *step.way),
    }
    return render(request, step.template, context, status=status)


def _done(act: Callable[[], object], back: str) -> str:
    act()
    return back
