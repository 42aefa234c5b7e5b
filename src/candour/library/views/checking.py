"""One file on its way into the archive: its structure, its names, its record, its approval."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from candour.archive.models import Term
from candour.archive.reading import reading_page
from candour.archive.selectors import terms_to_choose
from candour.kernel.errors import Hidden
from candour.library import policies, presenters, selectors
from candour.library.forms import ApproveForm, FactsForm, NamesForm, PressForm, ReasonForm
from candour.library.models import Intake
from candour.library.services import check
from candour.library.services.approve import approve
from candour.library.services.take_in import read_again
from candour.library.views.steps import after_password, form_step, librarian, way


def _here(found: Intake) -> str:
    return reverse("library:intake", args=[found.pk])


@require_safe
def intake(request: HttpRequest, intake_id: uuid.UUID) -> HttpResponse:
    """Where one file stands, and what is next."""
    found = selectors.intake(librarian(request), intake_id)
    context = {
        "intake": found,
        "heading": presenters.intake_heading(found),
        "state": presenters.state_words(found),
        "rows": presenters.structure_rows(found) if found.reading else [],
        "problems": found.reading.get("problems", []),
        "left_out": found.reading.get("left_out", []),
        "headings": found.reading.get("headings", []),
        "obstacles": policies.in_the_way(found) if found.state == Intake.State.READ else [],
        "breadcrumbs": way(("Batch", reverse("library:batch", args=[found.batch_id]))),
    }
    return render(request, "library/intake.html", context)


@require_safe
def text(request: HttpRequest, intake_id: uuid.UUID) -> HttpResponse:
    """The text as it would be published."""
    found = selectors.intake(librarian(request), intake_id)
    if not found.reading:
        raise Hidden
    context = {
        "heading": presenters.intake_heading(found),
        # The reading engine writes accepted mark-up alone and escapes every word of the file.
        "body": mark_safe(reading_page(found.reading["html"]).html),  # noqa: S308
        "language": found.reading["language"],
        "breadcrumbs": way(("This file", _here(found))),
    }
    return render(request, "library/text.html", context)


def names(request: HttpRequest, intake_id: uuid.UUID) -> HttpResponse:
    """The second look for identities, before anything is public."""
    actor = librarian(request)
    found = selectors.intake(actor, intake_id)
    form = NamesForm(request.POST or None, intake=found)

    def act() -> str:
        told = form.cleaned_data
        check.look_for_names(
            by=actor, intake=found, stopped=told["stopped"], version=told["version"]
        )
        return _here(found)

    lead = (
        "Strings that look like names or numbers, found by rules. They miss some: read the text "
        "too. Authors and officials named on purpose may stay."
    )
    return form_step(
        request, "Look for identities", form, "Record it", act, lead=lead, back=_here(found)
    )


def facts(request: HttpRequest, intake_id: uuid.UUID) -> HttpResponse:
    """The catalogue record."""
    actor = librarian(request)
    found = selectors.intake(actor, intake_id)
    terms: list[Term] = terms_to_choose()
    form = FactsForm(request.POST or None, intake=found, terms=terms)

    def act() -> str:
        version = form.cleaned_data["version"]
        check.write_facts(by=actor, intake=found, facts=form.facts(), version=version)
        return _here(found)

    return form_step(request, "Catalogue record", form, "Save the record", act, back=_here(found))


@after_password
def approve_file(request: HttpRequest, intake_id: uuid.UUID) -> HttpResponse:
    """The last step before the public."""
    actor = librarian(request)
    found = selectors.intake(actor, intake_id)
    form = ApproveForm(request.POST or None, version=found.version)

    def act() -> str:
        approve(by=actor, intake=found, version=form.cleaned_data["version"])
        return _here(found)

    lead = "Everybody will be able to read it, and copies cannot be called back."
    return form_step(
        request, "Approve for the archive", form, "Put it into the archive", act, lead=lead,
        back=_here(found),
    )  # fmt: skip


def discard(request: HttpRequest, intake_id: uuid.UUID) -> HttpResponse:
    """Put a file aside."""
    actor = librarian(request)
    found = selectors.intake(actor, intake_id)
    form = ReasonForm(request.POST or None, version=found.version)

    def act() -> str:
        told = form.cleaned_data
        check.discard(by=actor, intake=found, reason=told["reason"], version=told["version"])
        return reverse("library:desk")

    return form_step(request, "Discard this file", form, "Discard it", act, back=_here(found))


def again(request: HttpRequest, intake_id: uuid.UUID) -> HttpResponse:
    """Read a refused file once more."""
    actor = librarian(request)
    found = selectors.intake(actor, intake_id)
    form = PressForm(request.POST or None)

    def act() -> str:
        read_again(by=actor, intake=found)
        return _here(found)

    lead = "After text recognition was installed, or the scanner answers again."
    return form_step(
        request, "Read this file again", form, "Read it again", act, lead=lead, back=_here(found)
    )
