"""Pages round the catalogue: bodies, the thesaurus, guidance, data, and whom to write to."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.archive import descriptions, presenters, selectors
from candour.archive.exchange.addresses import PURPOSE, of_record
from candour.archive.exchange.bulk import PARAGRAPH_COLUMNS, REVIEW_COLUMNS
from candour.archive.guidance import guidance_documents, in_force_on
from candour.archive.selectors import Wish
from candour.archive.titles import shown_title
from candour.archive.vocabularies import terms_by_vocabulary
from candour.platform.config import config


def publishers(request: HttpRequest) -> HttpResponse:
    """Every body that published a review held or listed here."""
    return render(request, "archive/publishers.html", {"publishers": list(selectors.publishers())})


def publisher(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: what came before and after it, and its reviews, joint ones among them."""
    body = selectors.publisher(slug)
    context = {
        "publisher": body,
        "before": list(body.predecessors.order_by("name")),
        "after": list(body.successors.order_by("name")),
        "lines": presenters.review_lines(selectors.listed(Wish(publisher=slug))),
        "demo": body.is_demonstration,
    }
    return render(request, "archive/publisher.html", context)


def terms(request: HttpRequest) -> HttpResponse:
    """The thesaurus with what each term means and its other names."""
    return render(request, "archive/terms.html", {"vocabularies": terms_by_vocabulary()})


def guidance(request: HttpRequest) -> HttpResponse:
    """Law and guidance, and what was in force on a day."""
    given = request.GET.get("on", "").strip()
    day, problem = _day(given)
    documents = in_force_on(day) if day else guidance_documents()
    context = {
        "on": given,
        "day": day,
        "problem": problem,
        "documents": [
            (each, presenters.published_words(each.since), presenters.published_words(each.until))
            for each in documents
        ],
    }
    return render(request, "archive/guidance.html", context, status=422 if problem else 200)


def data(request: HttpRequest) -> HttpResponse:
    """What machines can read here, and what each column means."""
    context = {"reviews": REVIEW_COLUMNS, "paragraphs": PARAGRAPH_COLUMNS, "note": PURPOSE}
    return render(request, "archive/data.html", context)


def contact(request: HttpRequest) -> HttpResponse:
    """The named person to write to about a correction or a removal."""
    context = {"keeper": config().archive_keeper, "address": config().archive_contact}
    return render(request, "archive/contact.html", context)


def one_page(request: HttpRequest, record_id: str) -> HttpResponse:
    """A review on one printed page."""
    record = selectors.review(record_id)
    context = {
        "record": record,
        "heading": shown_title(record),
        "facts_line": presenters.facts_in_a_line(record),
        "account": descriptions.account_of(record),
        "address": of_record(record),
        "demo": record.is_demonstration,
    }
    return render(request, "archive/one_page.html", context)


def _day(given: str) -> tuple[date | None, str]:
    if not given:
        return None, ""
    try:
        return date.fromisoformat(given), ""
    except ValueError:
        return None, "Give the day as four figures, two and two: 2015-03-26."
