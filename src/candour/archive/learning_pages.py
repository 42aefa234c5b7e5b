"""Findings and recommendations of all reviews, what was said before, what became of them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from candour.archive import learnt
from candour.archive.models import LearningKind
from candour.archive.selectors import learning_or_hidden
from candour.archive.titles import shown_title

_PAGE = 25


def learning(request: HttpRequest) -> HttpResponse:
    """Everything that was confirmed, the latest reviews first, by kind."""
    kind = request.GET.get("kind", "")
    chosen = kind if kind in LearningKind.values else ""
    page = Paginator(learnt.confirmed(chosen), _PAGE).get_page(request.GET.get("page"))
    context = {
        "kinds": LearningKind.choices,
        "kind": chosen,
        "page": page,
        "lines": [learnt.line_of(each) for each in page.object_list],
        "query": urlencode({"kind": chosen}) if chosen else "",
    }
    return render(request, "archive/learning.html", context)


def one(request: HttpRequest, learning_id: int) -> HttpResponse:
    """One finding or recommendation, what was like it before, and what became of it."""
    found = learning_or_hidden(learning_id)
    context = {
        "line": learnt.line_of(found),
        "title": shown_title(found.record),
        "record": found.record,
        "before": [learnt.line_of(each) for each in learnt.recommended_before(found)],
        "after": [learnt.line_of(each) for each in learnt.recommended_again(found)],
        "reports": list(found.reports.order_by("as_at", "pk")),
        "demo": found.record.is_demonstration,
    }
    return render(request, "archive/learning_one.html", context)
