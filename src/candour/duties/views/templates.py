"""Pages of a partnership's letter templates."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases.pages import actor_of, once
from candour.duties import letter_pages
from candour.duties.letter_forms import TemplateForm
from candour.duties.letters import save_template, template_in_use
from candour.duties.models import LetterKind
from candour.kernel.errors import Hidden, RuleBroken
from candour.people.models import Partnership


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """The words in use for each kind of letter, by partnership."""
    kept = letter_pages.partnerships_kept(actor_of(request))
    if not kept:
        raise Hidden
    rows = [
        [
            {"text": f"{kind.label}, {home.short_name}", "href": _address(home, kind)},
            "As shipped" if number == 0 else f"Version {number}",
            subject,
        ]
        for home in kept
        for kind in LetterKind
        for subject, _, number in [template_in_use(home, kind)]
    ]
    context = {
        "heading": "Letter templates",
        "lead": "The words from which letters are written. A letter already written keeps its own.",
        "columns": ["Letter to", "In use", "Subject"],
        "rows": rows,
    }
    return render(request, "pages/list.html", context)


def template(request: HttpRequest, partnership_id: uuid.UUID, kind: str) -> HttpResponse:
    """Change the words; the earlier version is kept."""
    actor = actor_of(request)
    kept = {home.pk: home for home in letter_pages.partnerships_kept(actor)}
    if partnership_id not in kept or kind not in LetterKind.values:
        raise Hidden
    home, which = kept[partnership_id], LetterKind(kind)
    subject, body, _ = template_in_use(home, which)
    form = TemplateForm(request.POST or None, initial={"subject": subject, "body": body})

    def act() -> str:
        told = form.cleaned_data
        save_template(
            by=actor, partnership=home, kind=which, subject=told["subject"], body=told["body"]
        )
        return reverse("duties:templates")

    if request.method == "POST" and form.is_valid():
        try:
            return once(request, act)
        except RuleBroken as refusal:
            form.refuse(refusal)
    return _page(request, home, which, form)


def _page(
    request: HttpRequest, home: Partnership, which: LetterKind, form: TemplateForm
) -> HttpResponse:
    context = {
        "heading": f"Letter template: {which.label}",
        "caption": home.name,
        "form": form,
        "submit": "Save as the next version",
        "cancel": reverse("duties:templates"),
    }
    return render(request, "pages/form.html", context)


def _address(home: Partnership, kind: LetterKind) -> str:
    return reverse("duties:template", kwargs={"partnership_id": home.pk, "kind": kind.value})
