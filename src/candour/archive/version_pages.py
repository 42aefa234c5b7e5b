"""Pages about the texts of a review through time, also for programs that ask by date."""

from datetime import date, datetime
from email.utils import format_datetime, parsedate_to_datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from candour.archive import selectors, versions
from candour.archive.exchange.addresses import of_record, of_version, whole
from candour.archive.exchange.reading_rows import texts_of
from candour.archive.models import ReviewRecord, Version
from candour.archive.titles import shown_title
from candour.kernel import clock
from candour.kernel.errors import Hidden


def all_versions(request: HttpRequest, record_id: str) -> HttpResponse:
    """Every text of a review with what changed, and the way to the one of a day."""
    record = selectors.review(record_id)
    texts = texts_of(record)
    if not texts:
        raise Hidden()
    if day := request.GET.get("on", "").strip():
        return _on_day(request, record, day)
    return render(request, "archive/versions.html", _context(record, texts))


def _context(record: ReviewRecord, texts: list[Version], problem: str = "") -> dict[str, object]:
    pairs = list(zip(texts, [None, *texts], strict=False))
    return {
        "record": record,
        "heading": shown_title(record),
        "texts": [(text, before) for text, before in reversed(pairs)],
        "problem": problem,
        "demo": record.is_demonstration,
    }


def _on_day(request: HttpRequest, record: ReviewRecord, given: str) -> HttpResponse:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        problem = "Give the day as four figures, two and two: 2026-11-23."
        context = _context(record, texts_of(record), problem)
        return render(request, "archive/versions.html", context, status=422)
    text = versions.in_force_on(record, day)
    if text is None:
        problem = "On that day no text of this review was held here."
        context = _context(record, texts_of(record), problem)
        return render(request, "archive/versions.html", context, status=404)
    return HttpResponseRedirect(reverse("archive:text", args=[record.pk, text.number]))


def compare(request: HttpRequest, record_id: str, before: int, after: int) -> HttpResponse:
    """What changed from one text to another."""
    record = selectors.review(record_id)
    context = {
        "record": record,
        "heading": shown_title(record),
        "before": selectors.version(record, before),
        "after": selectors.version(record, after),
        "changes": versions.changes_between(record, before, after),
        "demo": record.is_demonstration,
    }
    return render(request, "archive/compare.html", context)


def time_gate(request: HttpRequest, record_id: str) -> HttpResponse:
    """The text that stood at the time a program names in `Accept-Datetime`."""
    record = selectors.review(record_id)
    given = request.headers.get("Accept-Datetime", "")
    try:
        at = parsedate_to_datetime(given) if given else clock.now()
    except ValueError:
        return HttpResponse("Accept-Datetime is no date.", status=400, content_type="text/plain")
    texts = texts_of(record)
    if not texts:
        raise Hidden()
    chosen = versions.in_force_on(record, at.date()) or texts[0]
    response = HttpResponseRedirect(of_version(chosen))
    response["Vary"] = "accept-datetime"
    response["Link"] = ", ".join((f'<{of_record(record)}>; rel="original"', _time_map_link(record)))
    return response


def time_map(request: HttpRequest, record_id: str) -> HttpResponse:
    """Every text with its day, as programs read such lists."""
    record = selectors.review(record_id)
    gate = whole("archive:time_gate", record.pk)
    lines = [f'<{of_record(record)}>; rel="original"', f'<{gate}>; rel="timegate"']
    lines += [
        f'<{of_version(text)}>; rel="memento"; datetime="{memento_time(text.deposited_at)}"'
        for text in texts_of(record)
    ]
    return HttpResponse(",\n".join(lines) + "\n", content_type="application/link-format")


def memento_time(at: datetime) -> str:
    """An instant as HTTP writes it."""
    return format_datetime(at, usegmt=True)


def _time_map_link(record: ReviewRecord) -> str:
    address = whole("archive:time_map", record.pk)
    return f'<{address}>; rel="timemap"; type="application/link-format"'
