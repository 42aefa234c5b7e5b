"""The records that OAI-PMH gives: Dublin Core, and our own JSON-LD within XML."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from django.db.models import Q

from candour.archive.exchange.addresses import PURPOSE, host, of_record
from candour.archive.exchange.linked_data import linked_data
from candour.archive.exchange.oai_asked import Asked, BadRequest
from candour.archive.exchange.reading_rows import changed_at, changes
from candour.archive.models import Publisher, ReviewRecord, ReviewType, Status
from candour.archive.selectors import publishers
from candour.archive.titles import publisher_words, shown_title

OAI = "http://www.openarchives.org/OAI/2.0/"
_DC = "http://purl.org/dc/elements/1.1/"
_OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LD = "urn:candour:json-ld:1"
ET.register_namespace("dc", _DC)
ET.register_namespace("oai_dc", _OAI_DC)


@dataclass(frozen=True, slots=True)
class Format:
    """A form of metadata: where its schema stands (blank: here), its namespace, its writer."""

    schema: str
    namespace: str
    write: Callable[[ReviewRecord], ET.Element]


def identifier_of(record: ReviewRecord) -> str:
    """A review's name among all harvested things."""
    return f"oai:{host()}:{record.pk}"


def found(identifier: str) -> ReviewRecord:
    """The review of this identifier, visible or spoken of as withdrawn.

    Raises:
        BadRequest: when there is none.
    """
    head = f"oai:{host()}:"
    record = changes().filter(pk=identifier.removeprefix(head)).first()
    if record is None or not identifier.startswith(head):
        raise BadRequest("idDoesNotExist", "There is no review of this identifier here.")
    return record


def page_of(asked: Asked, most: int) -> list[ReviewRecord]:
    """The next changes that were asked for, in their order."""
    after = (asked.after, asked.after_id) if asked.after else None
    rows = changes(asked.since, asked.until, after)
    if asked.set:
        rows = rows.filter(_in_set(asked.set))
    return list(rows[:most])


def earliest_change() -> datetime | None:
    """When the first change that is told of here happened."""
    first = changes().first()
    return changed_at(first) if first else None


def sets() -> Iterator[tuple[str, str]]:
    """The sets by which reviews are harvested: their type, and who published them."""
    for kind in ReviewType:
        yield f"type:{kind.value}", kind.label
    for publisher in publishers():
        yield f"publisher:{publisher.slug}", publisher.name


def header_of(record: ReviewRecord) -> ET.Element:
    """Who the record is, when it last changed, and whether it is gone."""
    header = ET.Element(f"{{{OAI}}}header")
    gone = record.status == Status.WITHDRAWN
    if gone:
        header.set("status", "deleted")
    ET.SubElement(header, f"{{{OAI}}}identifier").text = identifier_of(record)
    at = changed_at(record).strftime("%Y-%m-%dT%H:%M:%SZ")
    ET.SubElement(header, f"{{{OAI}}}datestamp").text = at
    for spec in () if gone else _sets_of(record):
        ET.SubElement(header, f"{{{OAI}}}setSpec").text = spec
    return header


def record_of(record: ReviewRecord, prefix: str) -> ET.Element:
    """The record whole; a deleted one has a header and nothing else."""
    element = ET.Element(f"{{{OAI}}}record")
    element.append(header_of(record))
    if record.status != Status.WITHDRAWN:
        metadata = ET.SubElement(element, f"{{{OAI}}}metadata")
        metadata.append(FORMATS[prefix].write(record))
    return element


def _sets_of(record: ReviewRecord) -> Iterator[str]:
    yield f"type:{record.review_type}"
    yield from (f"publisher:{publisher.slug}" for publisher in record.publishers.all())


def _in_set(spec: str) -> Q:
    kind, _, value = spec.partition(":")
    # A withdrawn review has left its sets; that it is gone is told to everybody.
    gone = Q(status=Status.WITHDRAWN)
    if kind == "type" and value in ReviewType.values:
        return Q(review_type=value) | gone
    if kind == "publisher" and (body := Publisher.objects.filter(slug=value).first()):
        return Q(pk__in=body.reviews.values("pk")) | gone
    raise BadRequest("badArgument", f"There is no set {spec}. ListSets names them.")


def _dublin_core(record: ReviewRecord) -> ET.Element:
    location = f"{_OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
    root = ET.Element(f"{{{_OAI_DC}}}dc", {f"{{{_XSI}}}schemaLocation": location})
    authors = [("creator", name.strip()) for name in record.author.split(";")]
    subjects = [("subject", term.label) for term in record.subjects.all()]
    for name, value in (
        ("title", shown_title(record)),
        *authors,
        *subjects,
        ("description", record.abstract),
        ("description", PURPOSE),
        ("publisher", publisher_words(record)),
        ("date", record.published_text),
        ("coverage", record.year_text),
        ("type", record.get_review_type_display()),
        ("identifier", of_record(record)),
        ("rights", record.licence),
        ("language", "en-GB"),
    ):
        if value:
            ET.SubElement(root, f"{{{_DC}}}{name}").text = value
    return root


def _json_ld(record: ReviewRecord) -> ET.Element:
    root = ET.Element(f"{{{_LD}}}json")
    root.text = json.dumps(linked_data(record), ensure_ascii=False)
    return root


FORMATS = {
    "oai_dc": Format("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", _OAI_DC, _dublin_core),
    "schema_org": Format("", _LD, _json_ld),
}

JSON_SCHEMA = f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{_LD}">
  <xs:element name="json" type="xs:string"/>
</xs:schema>
"""
