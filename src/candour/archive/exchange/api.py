"""The read interface: reviews, their paragraphs, publishers and terms, page by page."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from candour.archive import selectors
from candour.archive.exchange import openapi
from candour.archive.exchange.addresses import PURPOSE, of_record, of_version, whole
from candour.archive.exchange.plain_answers import as_json, refused
from candour.archive.exchange.reading_rows import (
    changed_at,
    latest_text,
    paragraphs_of,
    records,
    texts_of,
)
from candour.archive.models import PublishedFile, Publisher, ReviewRecord, Version
from candour.archive.selectors import Withdrawn
from candour.archive.titles import shown_title
from candour.archive.vocabularies import terms_in_use
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid

MOST = 200
USUAL = 50

_NAMES = frozenset({"limit", "cursor", "publisher", "year", "type", "term", "changed_since"})
_ID = re.compile(r"[A-Za-z0-9-]{1,24}")


def reviews(request: HttpRequest) -> HttpResponse:
    """The visible reviews by reference, with filters; `next` leads to the following page."""
    try:
        rows, limit = _filtered(request), _limit(request)
    except Invalid as refusal:
        return refused(request, 400, refusal.code, refusal.reason)
    found = list(rows[: limit + 1])
    told: dict[str, Any] = {
        "note": PURPOSE,
        "reviews": [facts_of(record) for record in found[:limit]],
        "next": None,
    }
    if len(found) > limit:
        told["next"] = _next(request, found[limit - 1].pk)
    return as_json(request, told)


def review(request: HttpRequest, record_id: str) -> HttpResponse:
    """One review: all its public facts, versions and files."""
    record = _record_or_refusal(request, record_id)
    if isinstance(record, HttpResponse):
        return record
    return as_json(request, whole_record(record))


def paragraphs(request: HttpRequest, record_id: str) -> HttpResponse:
    """The paragraphs of the latest text, each with its anchor and the headings above it."""
    record = _record_or_refusal(request, record_id)
    if isinstance(record, HttpResponse):
        return record
    version = latest_text(record)
    if version is None:
        return refused(request, 404, "no_text_held", "The catalogue holds facts, but no text.")
    try:
        after, limit = _place(request), _limit(request)
    except Invalid as refusal:
        return refused(request, 400, refusal.code, refusal.reason)
    return as_json(request, _paragraphs_told(request, version, after, limit))


def _paragraphs_told(
    request: HttpRequest, version: Version, after: int, limit: int
) -> dict[str, Any]:
    found = [each for each in paragraphs_of(version) if each.order > after][: limit + 1]
    return {
        "note": PURPOSE,
        "review": version.record_id,
        "version": version.number,
        "paragraphs": [
            {
                "anchor": each.anchor,
                "address": f"{of_version(version)}#{each.anchor}",
                "headings": each.heading_path,
                "text": each.text,
            }
            for each in found[:limit]
        ],
        "next": _next(request, str(found[limit - 1].order)) if len(found) > limit else None,
    }


def publishers(request: HttpRequest) -> HttpResponse:
    """The bodies that published visible reviews, with what came before and after each."""
    rows = selectors.publishers().prefetch_related("successors", "predecessors")
    return as_json(request, {"publishers": [_publisher(body) for body in rows]})


def terms(request: HttpRequest) -> HttpResponse:
    """The thesaurus."""
    return as_json(request, {"terms": terms_in_use()})


def description(request: HttpRequest) -> HttpResponse:
    """This interface, described as OpenAPI 3.1."""
    return as_json(request, openapi.description())


def facts_of(record: ReviewRecord) -> dict[str, Any]:
    """A review's facts; null where one is not known, never a guess."""
    return {
        "id": record.pk,
        "address": of_record(record),
        "title": shown_title(record),
        "label": record.label or None,
        "type": record.review_type,
        "document": record.kind or None,
        "year": record.year_text or None,
        "published": record.published_text or None,
        "authors": [name.strip() for name in record.author.split(";") if name.strip()],
        "publishers": [body.slug for body in record.publishers.all()],
        "publisher_withheld": record.publisher_is_withheld,
        "status": record.status,
        "licence": record.licence or None,
        "terms": [f"{term.vocabulary}:{term.code}" for term in record.subjects.all()],
        "demonstration": record.is_demonstration,
        "changed": changed_at(record).isoformat() if changed_at(record) else None,
    }


def whole_record(record: ReviewRecord) -> dict[str, Any]:
    """A review with its abstract, its texts and its files."""
    counted = records().get(pk=record.pk)
    return {
        "note": PURPOSE,
        **facts_of(counted),
        "abstract": record.abstract or None,
        "versions": [_version(version) for version in texts_of(counted)],
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "address": of_version(version),
        "deposited": version.deposited_at.isoformat(),
        "language": version.language,
        "what_changed": version.what_changed or None,
        "sha256": version.body_sha256,
        "files": [_file(version, file) for file in version.files.all()],
    }


def _file(version: Version, file: PublishedFile) -> dict[str, Any]:
    return {
        "address": whole("archive:file", version.record_id, version.number, file.name),
        "kind": file.kind,
        "media_type": file.media_type,
        "bytes": file.size,
        "sha256": file.sha256,
    }


def _publisher(body: Publisher) -> dict[str, Any]:
    return {
        "slug": body.slug,
        "name": body.name,
        "kind": body.kind,
        "predecessors": [other.slug for other in body.predecessors.all()],
        "successors": [other.slug for other in body.successors.all()],
    }


def _record_or_refusal(request: HttpRequest, record_id: str) -> ReviewRecord | HttpResponse:
    try:
        return selectors.review(record_id)
    except Withdrawn as gone:
        return refused(
            request, 410, "withdrawn", f"Review {gone.tombstone.record_id} was withdrawn."
        )
    except Hidden:
        return refused(request, 404, "no_such_review", "There is no review of this reference here.")


def _filtered(request: HttpRequest) -> QuerySet[ReviewRecord]:
    given = {name: str(value).strip() for name, value in request.GET.items()}
    if unknown := set(given) - _NAMES:
        raise _wrong(f"{', '.join(sorted(unknown))} is no parameter of this list.")
    since = given.get("changed_since", "")
    rows = records(_instant(since) if since else None)
    if given.get("publisher"):
        rows = rows.filter(publishers__slug=given["publisher"])
    if given.get("type"):
        rows = rows.filter(review_type=given["type"])
    if given.get("term"):
        vocabulary, _, code = given["term"].partition(":")
        rows = rows.filter(subjects__vocabulary=vocabulary, subjects__code=code)
    if given.get("year"):
        rows = _in_year(rows, given["year"])
    if given.get("cursor"):
        rows = rows.filter(pk__gt=_cursor(given["cursor"]))
    return rows


def _in_year(rows: QuerySet[ReviewRecord], given: str) -> QuerySet[ReviewRecord]:
    if not re.fullmatch(r"\d{4}", given):
        raise _wrong(f"“{given[:20]}” is no year. Give four figures, such as 2015.")
    return rows.filter(year_from__lte=int(given), year_to__gte=int(given))


def _instant(given: str) -> datetime:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise _wrong(f"“{given[:20]}” is no day. Give it as 2026-11-23.") from None
    return datetime.combine(day, time.min, clock.LONDON)


def _limit(request: HttpRequest) -> int:
    given = request.GET.get("limit", str(USUAL))
    if not re.fullmatch(r"[0-9]{1,3}", given) or not 1 <= int(given) <= MOST:
        raise _wrong(f"limit must be a number from 1 to {MOST}.")
    return int(given)


def _place(request: HttpRequest) -> int:
    given = request.GET.get("cursor", "")
    place = _cursor(given) if given else "0"
    if not re.fullmatch(r"[0-9]{1,7}", place):
        raise _wrong("This cursor was not given by this list.")
    return int(place)


def _cursor(given: str) -> str:
    try:
        place = urlsafe_b64decode(given.encode("ascii")).decode("ascii")
    except (ValueError, UnicodeError):
        place = ""
    if not _ID.fullmatch(place):
        raise _wrong("This cursor was not given by this list. Begin it again without one.")
    return place


def _next(request: HttpRequest, place: str) -> str:
    asked = request.GET.copy()
    asked["cursor"] = urlsafe_b64encode(place.encode("ascii")).decode("ascii")
    return f"{request.path}?{asked.urlencode()}"


def _wrong(reason: str) -> Invalid:
    return Invalid("parameter_not_understood", reason)
