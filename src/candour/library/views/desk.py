"""The desk itself, what was taken in, and the ledger."""

import uuid
from typing import IO, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.archive.catalogue import COLUMNS, CatalogueReport
from candour.kernel import clock
from candour.library import presenters, selectors
from candour.library.forms import CatalogueForm, TakeInForm
from candour.library.services.catalogue import load
from candour.library.services.take_in import begin_batch, take_in
from candour.library.views.steps import form_step, librarian, way

_MOST_SHOWN = 100


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, what was taken in lately, and what can be begun."""
    actor = librarian(request)
    waiting = selectors.open_intakes(actor)
    context = {
        "waiting": [
            (each, presenters.intake_heading(each), presenters.state_words(each))
            for each in waiting[:_MOST_SHOWN]
        ],
        "more": max(0, waiting.count() - _MOST_SHOWN),
        "batches": [(each, presenters.batch_line(each)) for each in selectors.batches(actor)[:10]],
        "reviews": selectors.records(actor).count(),
        "ended": selectors.ending(actor, before=clock.today()).count(),
        "asked": selectors.open_withdrawals(actor).count(),
    }
    return render(request, "library/desk.html", context)


def take_in_files(request: HttpRequest) -> HttpResponse:
    """Take in one report or several."""
    actor = librarian(request)
    form = TakeInForm(request.POST or None, files=request.FILES or None)

    def act() -> str:
        batch = begin_batch(by=actor, source="by hand")
        take_in(by=actor, batch=batch, uploads=form.cleaned_data["reports"])
        return reverse("library:batch", args=[batch.pk])

    lead = (
        "Each file is kept as it is, read, and shown to you. Nothing is public before you say so."
    )
    return form_step(request, "Take in reports", form, "Take in", act, lead=lead)


@require_safe
def batch(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """One batch, file by file."""
    actor = librarian(request)
    found = selectors.batch(actor, batch_id)
    context = {
        "batch": found,
        "line": presenters.batch_line(found),
        "files": [
            (each, presenters.intake_heading(each), presenters.state_words(each))
            for each in selectors.intakes(actor).filter(batch=found)
        ],
        "breadcrumbs": way(),
    }
    return render(request, "library/batch.html", context)


def catalogue(request: HttpRequest) -> HttpResponse:
    """Load a catalogue; the lines that could not be read are named, the others loaded."""
    actor = librarian(request)
    form = CatalogueForm(request.POST or None, files=request.FILES or None)
    report: list[CatalogueReport] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            report = [load(by=actor, source=cast(IO[bytes], upload.file))]
        except ValueError as fault:
            form.add_error("file", str(fault))
    context = {
        "form": form,
        "report": report[0] if report else None,
        "columns": COLUMNS,
        "breadcrumbs": way(),
    }
    return render(request, "library/catalogue.html", context, status=422 if form.errors else 200)


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """What the archive ever held."""
    actor = librarian(request)
    context = {
        "entries": list(selectors.ledger(actor)[:_MOST_SHOWN]),
        "count": selectors.ledger(actor).count(),
        "breadcrumbs": way(),
    }
    return render(request, "library/ledger.html", context)
