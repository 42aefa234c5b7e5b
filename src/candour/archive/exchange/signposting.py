"""Links for machines on every page of a review (https://signposting.org/FAIR/), levels 1 and 2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from candour.archive import selectors
from candour.archive.exchange.addresses import of_record, whole
from candour.archive.exchange.bibliography import STYLES
from candour.archive.exchange.linked_data import MEDIA_TYPE
from candour.archive.exchange.reading_rows import latest_text
from candour.archive.models import ReviewRecord

_MOST_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Link:
    """A typed link from a review to something else."""

    rel: str
    address: str
    media_type: str = ""

    def header(self) -> str:
        """The link as the header `Link` writes it (RFC 8288)."""
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{self.address}>; rel="{self.rel}"{kind}'


def links_of(record: ReviewRecord) -> list[Link]:
    """What belongs to a review: how it is cited, described and read, and its files."""
    return list(_links(record))


def _links(record: ReviewRecord) -> Iterator[Link]:
    here = of_record(record)
    yield Link("cite-as", here)
    yield Link("type", "https://schema.org/Report")
    yield Link("type", "https://schema.org/AboutPage")
    yield Link("describedby", f"{here}.jsonld", MEDIA_TYPE)
    yield from (Link("describedby", f"{here}.{style.ending}", style.media_type) for style in STYLES)
    yield Link("linkset", f"{here}.linkset", "application/linkset+json")
    if record.licence.startswith(("http://", "https://")):
        yield Link("license", record.licence)
    version = latest_text(record)
    if version is None:
        return
    yield Link("item", whole("archive:text", record.pk, version.number), "text/html")
    for file in selectors.downloads(version)[:_MOST_ITEMS]:
        address = whole("archive:file", record.pk, version.number, file.name)
        yield Link("item", address, file.media_type)


def add_to(response: HttpResponse, record: ReviewRecord) -> None:
    """Write the links into a page's header."""
    response["Link"] = ", ".join(link.header() for link in links_of(record))
    response["Vary"] = "Accept"
    if record.is_noindexed:
        response["X-Robots-Tag"] = "noindex"


def add_to_form(response: HttpResponse, record: ReviewRecord) -> None:
    """Lead from another form of a review back to its page."""
    here = of_record(record)
    response["Link"] = ", ".join(
        (Link("describes", here, "text/html").header(), Link("cite-as", here).header())
    )
    if record.is_noindexed:
        response["X-Robots-Tag"] = "noindex"


def linkset(record: ReviewRecord) -> dict[str, Any]:
    """The same links as a document (RFC 9264)."""
    context: dict[str, Any] = {"anchor": of_record(record)}
    for link in links_of(record):
        if link.rel != "linkset":
            kind = {"type": link.media_type} if link.media_type else {}
            context.setdefault(link.rel, []).append({"href": link.address, **kind})
    return {"linkset": [context]}
