"""The pages on which a report is read: whole when it is short, by chapters when it is long."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from candour.archive import presenters, selectors
from candour.archive.asked import Asked
from candour.archive.chapters import Chapter, chapter_with, chapters
from candour.archive.facets import facts
from candour.archive.models import ReviewRecord, Version
from candour.archive.reading import reading_page
from candour.archive.titles import shown_title
from candour.engines.search.asking import parse
from candour.engines.search.query import Query, QueryRefused
from candour.engines.search.synonyms import with_synonyms
from candour.kernel.errors import Hidden


def latest_text(request: HttpRequest, record_id: str) -> HttpResponse:
    """The way to the latest text under its own, lasting address."""
    text = selectors.version(selectors.review(record_id))
    return HttpResponseRedirect(reverse("archive:text", args=[record_id, text.number]))


def at(request: HttpRequest, record_id: str, number: int, anchor: str) -> HttpResponse:
    """The way to a paragraph, on whichever page of the report it stands."""
    version = selectors.version(selectors.review(record_id), number)
    if not version.paragraphs.filter(anchor=anchor).exists():
        raise Hidden()
    part = chapter_with(version.body_html, anchor)
    page = reverse("archive:text", args=[record_id, number])
    if part > 1:
        page = reverse("archive:chapter", args=[record_id, number, part])
    kept = {name: request.GET[name] for name in ("q", "names") if request.GET.get(name)}
    query = f"?{urlencode(kept)}" if kept else ""
    return HttpResponseRedirect(f"{page}{query}#{anchor}")


def text(request: HttpRequest, record_id: str, number: int, chapter: int = 1) -> HttpResponse:
    """A report to read, or a chapter of it, every paragraph at its anchor."""
    record = selectors.review(record_id)
    version = selectors.version(record, number)
    parts = chapters(version.body_html)
    if not 1 <= chapter <= len(parts):
        raise Hidden()
    addresses = "addresses" in request.GET
    asked = Asked.from_query(request.GET)
    page = reading_page(
        parts[chapter - 1].html,
        _anchors(version) if addresses else frozenset(),
        _marked(asked),
    )
    context = {
        "addresses": addresses,
        "marked": asked.typed,
        "contents": page.contents,
        "parts": _parts(version, parts),
        "part": chapter,
        "here": _address(version, chapter),
        # The deposit refused everything that is not on the list of harmless mark-up.
        "body": mark_safe(page.html),  # noqa: S308
        **_about(record, version),
    }
    return render(request, "archive/text.html", context)


def _about(record: ReviewRecord, version: Version) -> dict[str, object]:
    return {
        "record": record,
        "heading": shown_title(record),
        "facts_line": presenters.facts_in_a_line(record),
        "version": version,
        "is_latest": version == selectors.version(record),
        "downloads": presenters.download_lines(version, selectors.downloads(version)),
        "local_help": presenters.local_help(record),
        "demo": record.is_demonstration,
    }


def _marked(asked: Asked) -> Query | None:
    """The words that led here; what the search would refuse is not marked."""
    with suppress(QueryRefused):
        if asked.typed:
            query = parse(asked.typed, facts())
            return with_synonyms(query) if asked.other_names else query
    return None


def _anchors(version: Version) -> frozenset[str]:
    return frozenset(version.paragraphs.values_list("anchor", flat=True))


def _parts(version: Version, parts: tuple[Chapter, ...]) -> list[dict[str, object]]:
    if len(parts) < 2:
        return []
    return [
        {"number": part.number, "title": part.title, "href": _address(version, part.number)}
        for part in parts
    ]


def _address(version: Version, chapter: int) -> str:
    if chapter == 1:
        return reverse("archive:text", args=[version.record_id, version.number])
    return reverse("archive:chapter", args=[version.record_id, version.number, chapter])
