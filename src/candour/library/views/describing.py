"""Reviews that the archive holds: what is said of them, their learning, and the thesaurus."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.archive.deposits import DepositDescription
from candour.archive.descriptions import account_of
from candour.archive.models import (
    AnnouncedStatus,
    LearningKind,
    LearningStatus,
    Methodology,
    Version,
)
from candour.archive.selectors import (
    learning_of,
    learning_or_hidden,
    term_or_hidden,
    terms_to_choose,
)
from candour.archive.vocabularies import terms_by_vocabulary
from candour.kernel.errors import Hidden
from candour.library import presenters, selectors
from candour.library.forms import (
    AccountForm,
    AnnouncementForm,
    GiveTermForm,
    LearningForm,
    LikeForm,
    StatusForm,
    TermForm,
    VisibilityForm,
)
from candour.library.services import describe, learning
from candour.library.views.steps import form_step, librarian, way

_MOST_SHOWN = 200


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Every review of the archive, to be described."""
    actor = librarian(request)
    asked = request.GET.get("q", "").strip()[:200]
    found = selectors.records_with(actor, asked)
    lines = [(each, presenters.record_line(each)) for each in found[:_MOST_SHOWN]]
    context = {"lines": lines, "count": found.count(), "asked": asked, "breadcrumbs": way()}
    return render(request, "library/reviews.html", context)


@require_safe
def review(request: HttpRequest, record_id: str) -> HttpResponse:
    """What is said of one review, and what can be added."""
    actor = librarian(request)
    found = selectors.record(actor, record_id)
    told = account_of(found)
    text = selectors.latest_text(found)
    context = {
        "review": found,
        "line": presenters.record_line(found),
        "described": presenters.account_words(told),
        "account": told,
        "learning": [(each, presenters.status_words(each)) for each in learning_of(found)],
        "proposed": len(learning.proposed(text)) if text else 0,
        "held": text is not None,
        "related": list(selectors.related(actor, found)),
        "course": selectors.course_or_none(actor, found),
        "breadcrumbs": way(("Reviews of the archive", reverse("library:reviews"))),
    }
    return render(request, "library/review.html", context)


def account(request: HttpRequest, record_id: str) -> HttpResponse:
    """Write the short account of a review, and give it its subjects."""
    actor = librarian(request)
    found = selectors.record(actor, record_id)
    form = AccountForm(request.POST or None, initial=selectors.account_now(actor, found))
    form.offer(terms_to_choose())

    def act() -> str:
        told = dict(form.cleaned_data)
        described = DepositDescription(
            **{name: told[name] for name in ("incident", "background", "learning")},
            **{name: told[name] for name in ("recommendations", "do_differently", "questions")},
            methodology=told["methodology"] or Methodology.UNKNOWN,
            subjects=tuple(tuple(each.split(":", 1)) for each in told["subjects"]),
        )
        describe.describe(by=actor, review=found, told=described, abstract=told["abstract"])
        return reverse("library:review", args=[found.pk])

    lead = f"{found.title}. In your own words: one case under its rules, not guidance. Name nobody."
    back = reverse("library:review", args=[found.pk])
    return form_step(request, "Short account", form, "Publish it", act, lead=lead, back=back)


def announce(request: HttpRequest, record_id: str) -> HttpResponse:
    """Note what the body itself announced."""
    actor = librarian(request)
    found = selectors.record(actor, record_id)
    form = AnnouncementForm(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        describe.announce(
            by=actor,
            review=found,
            status=AnnouncedStatus(told["status"]),
            on=told["announced_text"],
            source=told["source"],
        )
        return reverse("library:review", args=[found.pk])

    return form_step(request, "What the body announced", form, "Note it", act)


def visibility(request: HttpRequest, record_id: str) -> HttpResponse:
    """Who may find it, and how long it may stand."""
    actor = librarian(request)
    found = selectors.record(actor, record_id)
    now = {"noindex": "yes" if found.is_noindexed else "no"}
    now |= {"kept_until": found.kept_until, "gone": found.address_gone_on}  # type: ignore[dict-item]
    form = VisibilityForm(request.POST or None, initial=now)

    def act() -> str:
        told = form.cleaned_data
        describe.set_visibility(
            by=actor,
            review=found,
            noindex=told["noindex"] == "yes",
            kept_until=told["kept_until"],
            gone=told["gone"],
        )
        return reverse("library:review", args=[found.pk])

    return form_step(request, "Who may find it", form, "Save", act)


def confirm_learning(request: HttpRequest, record_id: str) -> HttpResponse:
    """Confirm which paragraphs are findings, recommendations or questions."""
    actor = librarian(request)
    found = selectors.record(actor, record_id)
    text = selectors.latest_text(found)
    if text is None:
        raise Hidden
    form = LearningForm(request.POST or None)
    form.fields["chosen"].choices = _offered(text)  # type: ignore[attr-defined]

    def act() -> str:
        chosen = [each.split("|", 1) for each in form.cleaned_data["chosen"]]
        pairs = [(anchor, LearningKind(kind)) for kind, anchor in chosen]
        learning.confirm(by=actor, version=text, chosen=pairs)
        return reverse("library:review", args=[found.pk])

    lead = "Proposed by rule from headings and wording. Only what you tick becomes a record."
    return form_step(request, "Findings and recommendations", form, "Confirm these", act, lead=lead)


def _offered(text: Version) -> list[tuple[str, str]]:
    return [
        (f"{each.kind}|{each.anchor}", f"{LearningKind(each.kind).label}, {each.why}: {each.text}")
        for each in learning.proposed(text)
    ]


def alike(request: HttpRequest, learning_id: int) -> HttpResponse:
    """Earlier passages of similar wording, to confirm."""
    actor = librarian(request)
    found = learning_or_hidden(learning_id)
    near = [each for each in learning.alike(found) if not each.is_confirmed]
    form = LikeForm(request.POST or None)
    form.fields["chosen"].choices = [  # type: ignore[attr-defined]
        (str(each.earlier.pk), f"{each.earlier.record.year_text}: {each.earlier.text}")
        for each in near
    ]

    def act() -> str:
        for each in near:
            if str(each.earlier.pk) in form.cleaned_data["chosen"]:
                learning.confirm_like(by=actor, later=found, earlier=each.earlier)
        return reverse("library:review", args=[found.record_id])

    lead = f"This one: {found.text}"
    if not near:
        lead += " – No earlier passage of similar wording was found."
    return form_step(request, "Recommended before?", form, "Confirm these", act, lead=lead)


def status(request: HttpRequest, learning_id: int) -> HttpResponse:
    """Note where a recommendation stood on a day."""
    actor = librarian(request)
    found = learning_or_hidden(learning_id)
    form = StatusForm(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        learning.report_status(
            by=actor,
            learning=found,
            status=LearningStatus(told["status"]),
            as_at=told["as_at"],
            source=told["source"],
        )
        return reverse("library:review", args=[found.record_id])

    return form_step(request, "How it stood", form, "Note it", act, lead=found.text)


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The thesaurus, to be changed."""
    librarian(request)
    context = {"vocabularies": terms_by_vocabulary(), "breadcrumbs": way()}
    return render(request, "library/terms.html", context)


def term(request: HttpRequest, term_id: int) -> HttpResponse:
    """Change a term."""
    actor = librarian(request)
    found = term_or_hidden(term_id)
    names = "\n".join(name.words for name in found.names.all())
    now = {"label": found.label, "scope_note": found.scope_note, "names": names}
    form = TermForm(request.POST or None, initial=now)

    def act() -> str:
        told = form.cleaned_data
        describe.save_term(
            by=actor,
            term=found,
            label=told["label"],
            scope_note=told["scope_note"],
            names=told["names"].splitlines(),
        )
        return reverse("library:terms")

    return form_step(request, f"Term: {found.label}", form, "Save the term", act)


def give_term(request: HttpRequest, term_id: int) -> HttpResponse:
    """Give one term to several reviews at once."""
    actor = librarian(request)
    found = term_or_hidden(term_id)
    form = GiveTermForm(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        wanted = told["reviews"].split()
        rows = [selectors.record(actor, record_id) for record_id in wanted]
        describe.give_term(by=actor, term=found, reviews=rows, take=told["take"] == "take")
        return reverse("library:terms")

    return form_step(request, f"Several reviews: {found.label}", form, "Change them", act)
