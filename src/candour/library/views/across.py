"""What is written across reviews: pages on a theme, and yearly totals."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.archive.models import ThemePage, Vocabulary
from candour.archive.selectors import terms_to_choose
from candour.archive.theme_pages import beside_paragraphs, line_of, sentences_in
from candour.kernel.actor import Actor
from candour.kernel.errors import Invalid
from candour.library import selectors
from candour.library.forms import PressForm
from candour.library.relation_forms import ThemePageForm, TotalForm
from candour.library.services import look_across
from candour.library.views.steps import form_step, librarian, way
from candour.people.signed_in import user_of


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    """Every page on a theme."""
    context = {"pages": list(selectors.theme_pages(librarian(request))), "breadcrumbs": way()}
    return render(request, "library/themes.html", context)


def write_theme(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Write a page on a theme, or write one anew; each sentence is shown beside its paragraph."""
    actor = librarian(request)
    page = selectors.theme_page(actor, slug) if slug else None
    form = ThemePageForm(request.POST or None, initial=_as_it_stands(page, user_of(request).name))
    form.fields["theme"].choices = _themes()  # type: ignore[attr-defined]

    def act() -> str:
        _publish(actor, form.cleaned_data)
        return reverse("library:themes")

    typed = request.POST.get("sentences", "") or str(form.initial.get("sentences", ""))
    return form_step(
        request, "A page on a theme", form, "Publish it", act,
        lead="Written and signed by a person. Everybody will be able to read it.",
        back=reverse("library:themes"), template="library/theme.html",
        more={"beside": _beside(typed)},
    )  # fmt: skip


def _publish(actor: Actor, told: dict[str, Any]) -> None:
    look_across.publish_theme_page(
        by=actor,
        title=told["title"],
        signed_by=told["signed_by"],
        theme=told["theme"] or "",
        sentences=sentences_in(told["sentences"]),
    )


def _themes() -> list[tuple[str, str]]:
    terms = (term for term in terms_to_choose() if term.vocabulary == Vocabulary.THEME)
    return [("", "None of the list"), *((term.code, term.label) for term in terms)]


def take_down_theme(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a page on a theme away."""
    actor = librarian(request)
    page = selectors.theme_page(actor, slug)
    form = PressForm(request.POST or None)

    def act() -> str:
        look_across.take_down_theme_page(by=actor, slug=page.slug)
        return reverse("library:themes")

    return form_step(
        request, "Take this page away", form, "Take it away", act,
        lead=page.title, back=reverse("library:themes"),
    )  # fmt: skip


def totals(request: HttpRequest) -> HttpResponse:
    """Yearly totals of reviews that nobody has announced."""
    actor = librarian(request)
    form = TotalForm(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        look_across.set_total(
            by=actor, year=told["year"], count=told["count"], source=told["source"]
        )
        return reverse("library:totals")

    return form_step(
        request, "Reviews that were not announced", form, "Save", act,
        lead="One total a year for the whole of England, and none under ten.",
        template="library/totals.html", more={"totals": list(selectors.totals(actor))},
    )  # fmt: skip


def _as_it_stands(page: ThemePage | None, name: str) -> dict[str, Any]:
    if page is None:
        return {"signed_by": name}
    return {
        "title": page.title,
        "theme": page.term.code if page.term else "",
        "sentences": "\n".join(line_of(each) for each in page.sentences.all()),
        "signed_by": name,
    }


def _beside(typed: str) -> list[tuple[str, str]]:
    """Each sentence with the words of its paragraph; nothing while a line cannot be read."""
    try:
        return beside_paragraphs(sentences_in(typed))
    except Invalid:
        return []
