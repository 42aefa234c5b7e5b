"""A review as schema.org describes reports, in JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from candour.archive import selectors
from candour.archive.exchange.addresses import PURPOSE, of_record, of_version, whole
from candour.archive.exchange.reading_rows import latest_text
from candour.archive.models import PublishedFile, ReviewRecord, Version
from candour.archive.titles import shown_title

MEDIA_TYPE = "application/ld+json"


def linked_data(record: ReviewRecord) -> dict[str, Any]:
    """The visible facts of a review; what is not known is left out."""
    version = latest_text(record)
    told = _named(record) | _said(record) | (_held(version) if version else {})
    return {name: value for name, value in told.items() if value}


def _named(record: ReviewRecord) -> dict[str, Any]:
    here = of_record(record)
    authors = [name.strip() for name in record.author.split(";") if name.strip()]
    return {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": here,
        "url": here,
        "identifier": record.pk,
        "reportNumber": record.pk,
        "name": shown_title(record),
        "alternateName": record.label,
        "genre": record.get_review_type_display(),
        "publisher": [
            {"@type": "Organization", "name": body.name} for body in record.publishers.all()
        ],
        "author": [{"@type": "Person", "name": name} for name in authors],
    }


def _said(record: ReviewRecord) -> dict[str, Any]:
    return {
        "temporalCoverage": record.year_text,
        "datePublished": record.published_text,
        "abstract": record.abstract,
        "disambiguatingDescription": PURPOSE,
        "license": record.licence,
        "about": [{"@type": "DefinedTerm", "name": term.label} for term in record.subjects.all()],
        "isPartOf": {
            "@type": "CreativeWorkSeries",
            "name": "Serious case reviews and archive",
            "url": whole("archive:home"),
        },
    }


def _held(version: Version) -> dict[str, Any]:
    return {
        "inLanguage": version.language,
        "version": str(version.number),
        "dateModified": version.deposited_at.date().isoformat(),
        "workExample": {"@type": "WebPage", "@id": of_version(version)},
        "encoding": [_file(version, file) for file in selectors.downloads(version)],
    }


def _file(version: Version, file: PublishedFile) -> dict[str, Any]:
    return {
        "@type": "MediaObject",
        "contentUrl": whole("archive:file", version.record_id, version.number, file.name),
        "encodingFormat": file.media_type,
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def embedded(record: ReviewRecord) -> str:
    """The same as text that can stand inside a page: no character of it can end its element."""
    told = json.dumps(linked_data(record), ensure_ascii=False)
    return told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
