"""What stands beside a review: its documents, publishers and course, and the bodies themselves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.archive.models import PublisherKind, RelatedKind, ReviewRecord
from candour.library import selectors
from candour.library.forms import PressForm
from candour.library.relation_forms import BodyForm, CourseForm, NamesForm, RelatedForm
from candour.library.services import look_across, relate
from candour.library.services.relate import Beside
from candour.library.views.steps import form_step, librarian, way


def _review(found: ReviewRecord) -> str:
    return reverse("library:review", args=[found.pk])


def related(request: HttpRequest, record_id: str) -> HttpResponse:
    """Name a document that belongs to a review."""
    actor = librarian(request)
    found = selectors.record(actor, record_id)
    form = RelatedForm(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        beside = Beside(
            kind=RelatedKind(told["kind"]),
            title=told["title"],
            address=told["address"],
            other=told["other"],
            dated_text=told["dated_text"],
        )
        relate.relate(by=actor, review=found, beside=beside)
        return _review(found)

    return form_step(
        request, "A document belonging to it", form, "Add it", act,
        lead=found.title, back=_review(found),
    )  # fmt: skip


def unrelated(request: HttpRequest, record_id: str, related_id: int) -> HttpResponse:
    """Take such a document off the review's page."""
    actor = librarian(request)
    found = selectors.record(actor, record_id)
    named = selectors.related_document(actor, found, related_id)
    form = PressForm(request.POST or None)

    def act() -> str:
        relate.unrelate(by=actor, review=found, related_id=related_id)
        return _review(found)

    return form_step(
        request, "Take this document away", form, "Take it away", act,
        lead=f"{named.get_kind_display()}: {named.title}", back=_review(found),
    )  # fmt: skip


def publishers(request: HttpRequest, record_id: str) -> HttpResponse:
    """Put a review under the bodies that published it."""
    actor = librarian(request)
    found = selectors.record(actor, record_id)
    now = "\n".join(body.name for body in found.publishers.all())
    form = NamesForm(request.POST or None, initial={"names": now})

    def act() -> str:
        names = form.cleaned_data["names"].splitlines()
        relate.set_publishers(by=actor, review=found, names=names)
        return _review(found)

    lead = "A joint review stands under each of its bodies and is one review with one reference."
    return form_step(request, "Published by", form, "Save", act, lead=lead, back=_review(found))


def course(request: HttpRequest, record_id: str) -> HttpResponse:
    """Write down how long a review took."""
    actor = librarian(request)
    found = selectors.record(actor, record_id)
    known = selectors.course_or_none(actor, found)
    now = (
        {"incident": f"{known.incident_month:%Y-%m}", "reason": known.reason}
        | {"source": known.source}
        if known
        else {}
    )
    form = CourseForm(request.POST or None, initial=now)

    def act() -> str:
        told = form.cleaned_data
        look_across.set_course(
            by=actor,
            review=found,
            told=look_across.Told(told["incident"], told["reason"], told["source"]),
        )
        return _review(found)

    lead = "It serves medians over ten reviews or more and is shown of no review alone."
    return form_step(request, "How long it took", form, "Save", act, lead=lead, back=_review(found))


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Every body, with what came before and after it."""
    context = {"bodies": list(selectors.bodies(librarian(request))), "breadcrumbs": way()}
    return render(request, "library/bodies.html", context)


def add_body(request: HttpRequest) -> HttpResponse:
    """Enter a body of which no review is here."""
    actor = librarian(request)
    form = BodyForm(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        relate.add_body(by=actor, name=told["name"], kind=PublisherKind(told["kind"]))
        return reverse("library:bodies")

    lead = "Bodies come with their reviews. Add one only so that it can follow another."
    return form_step(
        request, "Add a body", form, "Add it", act, lead=lead, back=reverse("library:bodies")
    )


def successors(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which bodies took the place of one."""
    actor = librarian(request)
    found = selectors.body(actor, slug)
    now = "\n".join(each.name for each in found.successors.all())
    form = NamesForm(request.POST or None, initial={"names": now})

    def act() -> str:
        names = form.cleaned_data["names"].splitlines()
        relate.set_successors(by=actor, body=found, names=names)
        return reverse("library:bodies")

    return form_step(
        request, f"What took the place of {found.name}", form, "Save", act,
        lead="Leave it empty where nothing has.", back=reverse("library:bodies"),
    )  # fmt: skip
