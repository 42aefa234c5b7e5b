"""What machines read: Atom feeds, the map of the site, and what robots may visit."""

from collections.abc import Iterable
from datetime import datetime
from xml.etree import ElementTree as ET

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.archive import finding, selectors
from candour.archive.asked import Asked
from candour.archive.exchange.addresses import PURPOSE
from candour.archive.models import PublicationLog, ReviewRecord, Tombstone, Version
from candour.archive.presenters import facts_in_a_line
from candour.archive.titles import shown_title
from candour.engines.search.query import QueryRefused
from candour.platform.config import config

_ATOM = "http://www.w3.org/2005/Atom"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ENTRIES = 50
_NEVER = "1970-01-01T00:00:00+00:00"


def feed(request: HttpRequest) -> HttpResponse:
    """The reviews last entered or deposited, and the withdrawals that may be spoken of."""
    changed = _last_changes(selectors.visible_reviews())
    newest = sorted(changed, key=lambda record: (changed[record], record.pk), reverse=True)
    entries = [
        _entry(
            _address("archive:review", record.pk),
            shown_title(record),
            facts_in_a_line(record),
            changed[record],
        )
        for record in newest[:_ENTRIES]
    ]
    gone = [_deleted(tombstone) for tombstone in selectors.publicly_withdrawn()[:_ENTRIES]]
    return _feed("New in the archive", _address("archive:feed"), [*entries, *gone])


def search_feed(request: HttpRequest) -> HttpResponse:
    """The Atom twin of a search: the paragraphs that the page would show."""
    asked = Asked.from_query(request.GET)
    try:
        results = finding.find(asked, page_size=_ENTRIES)
    except (QueryRefused, finding.SearchNotReady) as refusal:
        status = 422 if isinstance(refusal, QueryRefused) else 503
        return HttpResponse(refusal.reason, status=status, content_type="text/plain; charset=utf-8")
    entries = [
        _entry(
            _address("archive:text", hit.record.pk, hit.paragraph.version.number)
            + f"#{hit.paragraph.anchor}",
            f"{shown_title(hit.record)}: {' – '.join(hit.paragraph.heading_path)}",
            hit.snippet.text,
            hit.paragraph.version.deposited_at,
        )
        for hit in results.found
    ]
    return _feed(
        f"Paragraphs with: {asked.typed}",
        _address("archive:search_feed") + "?" + asked.query(history=(), kept=()),
        entries,
    )


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page of a review that may be visited."""
    root = ET.Element("urlset", xmlns=_SITEMAP)
    addresses = [_address("archive:home"), _address("archive:reviews")]
    versions = Prefetch("versions", Version.objects.defer("body_html"))
    to_find = selectors.visible_reviews().filter(is_noindexed=False)
    for record in to_find.prefetch_related(versions):
        addresses.append(_address("archive:review", record.pk))
        addresses += (
            _address("archive:text", record.pk, version.number) for version in record.versions.all()
        )
    for address in addresses:
        ET.SubElement(ET.SubElement(root, "url"), "loc").text = address
    return _xml(root, "application/xml")


def robots(request: HttpRequest) -> HttpResponse:
    """Searches are not to be crawled: a question belongs to the person who asked it."""
    context = {"sitemap": _address("archive:sitemap")}
    return render(request, "archive/robots.txt", context, content_type="text/plain; charset=utf-8")


def _last_changes(records: Iterable[ReviewRecord]) -> dict[ReviewRecord, datetime]:
    lines = PublicationLog.objects.order_by("sequence").values_list("record_id", "at")
    last = dict(lines)
    return {record: last[record.pk] for record in records if record.pk in last}


def _feed(title: str, address: str, entries: list[ET.Element]) -> HttpResponse:
    root = ET.Element("feed", {"xmlns": _ATOM, "xmlns:at": _TOMBSTONES})
    ET.SubElement(root, "title").text = title
    ET.SubElement(root, "subtitle").text = PURPOSE
    ET.SubElement(root, "id").text = address
    ET.SubElement(root, "link", rel="self", href=address)
    stamps = [stamp.text or "" for entry in entries for stamp in entry.iter("updated")]
    ET.SubElement(root, "updated").text = max(stamps, default=_NEVER)
    author = ET.SubElement(root, "author")
    ET.SubElement(author, "name").text = "Serious case reviews and archive"
    root.extend(entries)
    return _xml(root, "application/atom+xml; charset=utf-8")


def _entry(address: str, title: str, summary: str, updated: datetime) -> ET.Element:
    entry = ET.Element("entry")
    ET.SubElement(entry, "title").text = title
    ET.SubElement(entry, "id").text = address
    ET.SubElement(entry, "link", rel="alternate", href=address)
    ET.SubElement(entry, "updated").text = updated.isoformat()
    ET.SubElement(entry, "summary").text = summary
    return entry


def _deleted(tombstone: Tombstone) -> ET.Element:
    # RFC 6721: tells other archives to let go of their copy; it says nothing else.
    reference = _address("archive:review", tombstone.record_id)
    when = tombstone.withdrawn_at.isoformat()
    return ET.Element("at:deleted-entry", ref=reference, when=when)


def _address(name: str, *args: object) -> str:
    return config().archive_url.rstrip("/") + reverse(name, args=args)


def _xml(root: ET.Element, content_type: str) -> HttpResponse:
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type=content_type)
