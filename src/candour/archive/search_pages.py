"""The pages of the search. They know nobody and keep nothing: all that was asked is the address."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from candour.archive import counting, exporting, finding, presenters, selectors, standing
from candour.archive.asked import Asked
from candour.archive.models import ReviewRecord
from candour.archive.search_presenters import (
    filters_of,
    history_lines,
    hit_lines,
    like_address,
    other_names_in_words,
)
from candour.archive.titles import shown_title
from candour.engines.search.query import QueryRefused
from candour.engines.search.synonyms import groups, reviewed_on

_RIS = "application/x-research-info-systems; charset=utf-8"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def search(request: HttpRequest) -> HttpResponse:
    """Paragraphs that meet a question, in all reviews or in one."""
    asked = Asked.from_query(request.GET)
    record = selectors.review(asked.review) if asked.review else None
    context = {**_empty(asked, record), "can_compare_meaning": finding.can_compare_meaning()}
    status = 200
    if asked.typed or asked.like:
        try:
            context |= _results(asked)
        except (QueryRefused, finding.SearchNotReady) as refusal:
            context["refusal"] = refusal.reason
            status = 422 if isinstance(refusal, QueryRefused) else 503
    return render(request, "archive/search.html", context, status=status)


def search_help(request: HttpRequest) -> HttpResponse:
    """Every sign that the search understands, with an example that can be followed."""
    return render(request, "archive/search_help.html", {})


def other_names(request: HttpRequest) -> HttpResponse:
    """The reviewed table of names that are looked for together."""
    context = {"groups": groups(), "reviewed_on": reviewed_on()}
    return render(request, "archive/other_names.html", context)


def kept_list(request: HttpRequest) -> HttpResponse:
    """The reader's own list of paragraphs, each with the abstract of its review."""
    asked = Asked.from_query(request.GET)
    context = {
        "asked": asked,
        "entries": exporting.entries_of(standing.paragraphs_at(asked.kept)),
        "gone": len(asked.kept) - len(standing.paragraphs_at(asked.kept)),
    }
    return render(request, "archive/kept_list.html", context)


@never_cache
def kept_list_file(request: HttpRequest, ending: str) -> HttpResponse:
    """The reader's list as a Word document or for a reference manager."""
    entries = exporting.entries_of(standing.paragraphs_at(Asked.from_query(request.GET).kept))
    content, kind = (
        (exporting.as_word(entries), _WORD)
        if ending == "docx"
        else (exporting.as_ris(entries).encode(), _RIS)
    )
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="paragraphs.{ending}"'
    return response


def _empty(asked: Asked, record: ReviewRecord | None) -> dict[str, object]:
    return {
        "asked": asked,
        "q": asked.typed,
        "record": record,
        "heading": shown_title(record) if record else "",
        "demo": bool(record and record.is_demonstration),
        "local_help": presenters.local_help(record) if record else None,
        "like_address": like_address(asked),
        "refusal": None,
        "results": None,
        "history": history_lines(asked),
    }


def _results(asked: Asked) -> dict[str, object]:
    results = finding.find(asked)
    return {
        "results": results,
        "hits": hit_lines(asked, results),
        "review_lines": presenters.review_lines(results.reviews),
        "page": Paginator(range(finding.reachable(results)), finding.PAGE).get_page(results.page),
        "query": asked.query(),
        "filters": filters_of(asked, counting.counts_of(asked, results.query)),
        "added": other_names_in_words(results.query),
        "meant": "" if results.total else counting.did_you_mean(asked),
        "history": history_lines(asked, results.total),
    }
