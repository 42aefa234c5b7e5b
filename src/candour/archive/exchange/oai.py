"""Harvesting by OAI-PMH 2.0: https://www.openarchives.org/OAI/openarchivesprotocol.html

Deletions are persistent: a withdrawn review that may be spoken of answers `deleted` for ever. One
of which nothing may be said is not there, as on every page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from xml.etree import ElementTree as ET

from django.http import HttpRequest, HttpResponse, QueryDict

from candour.archive.exchange import oai_records
from candour.archive.exchange.addresses import host, whole
from candour.archive.exchange.oai_asked import Asked, BadRequest, asked_in, next_token
from candour.archive.exchange.oai_records import FORMATS, OAI, header_of, record_of
from candour.kernel import clock
from candour.platform.config import config

PAGE = 100

_SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
ET.register_namespace("", OAI)
ET.register_namespace("xsi", _XSI)


def answer(request: HttpRequest) -> HttpResponse:
    """Answer one request; a wrong one is answered with the protocol's own errors, status 200."""
    root = ET.Element(f"{{{OAI}}}OAI-PMH", {f"{{{_XSI}}}schemaLocation": f"{OAI} {_SCHEMA}"})
    _add(root, "responseDate", utc(clock.now()))
    asked = _add(root, "request", whole("archive:oai"))
    try:
        verb, arguments = _arguments(request.GET)
        asked.attrib.update({"verb": verb, **arguments})
        root.append(_VERBS[verb](arguments))
    except BadRequest as refusal:
        if refusal.code in ("badVerb", "badArgument"):
            asked.attrib.clear()
        error = _add(root, "error", refusal.message)
        error.set("code", refusal.code)
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


def schema(request: HttpRequest) -> HttpResponse:
    """The schema of the form in which JSON-LD stands within XML."""
    return HttpResponse(oai_records.JSON_SCHEMA, content_type="text/xml; charset=utf-8")


def utc(at: datetime) -> str:
    """An instant as the protocol writes it, to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


_KNOWN = {
    "Identify": (frozenset[str](), frozenset[str]()),
    "ListMetadataFormats": (frozenset[str](), frozenset({"identifier"})),
    "ListSets": (frozenset[str](), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset[str]()),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
}


def _arguments(given: QueryDict) -> tuple[str, dict[str, str]]:
    if any(len(values) > 1 for _, values in given.lists()):
        raise BadRequest("badArgument", "An argument is given twice.")
    told = {name: str(value) for name, value in given.items()}
    verb = told.pop("verb", "")
    if verb not in _KNOWN:
        raise BadRequest("badVerb", f"Ask for one of: {', '.join(_KNOWN)}.")
    if set(told) == {"resumptionToken"} and verb.startswith("List"):
        return verb, told
    needed, allowed = _KNOWN[verb]
    if missing := needed - set(told):
        raise BadRequest("badArgument", f"Missing: {', '.join(sorted(missing))}.")
    if extra := set(told) - needed - allowed:
        raise BadRequest("badArgument", f"Not known here: {', '.join(sorted(extra))}.")
    return verb, told


def _identify(arguments: Mapping[str, str]) -> ET.Element:
    element = ET.Element(f"{{{OAI}}}Identify")
    earliest = oai_records.earliest_change() or clock.now()
    contact = config().archive_contact or f"not-configured@{host()}"
    for name, value in (
        ("repositoryName", "Serious case reviews and archive"),
        ("baseURL", whole("archive:oai")),
        ("protocolVersion", "2.0"),
        ("adminEmail", contact),
        ("earliestDatestamp", utc(earliest)),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):
        _add(element, name, value)
    return element


def _list_formats(arguments: Mapping[str, str]) -> ET.Element:
    if "identifier" in arguments:
        oai_records.found(arguments["identifier"])
    element = ET.Element(f"{{{OAI}}}ListMetadataFormats")
    for prefix, form in FORMATS.items():
        one = _add(element, "metadataFormat")
        _add(one, "metadataPrefix", prefix)
        _add(one, "schema", form.schema or whole("archive:oai_schema"))
        _add(one, "metadataNamespace", form.namespace)
    return element


def _list_sets(arguments: Mapping[str, str]) -> ET.Element:
    if "resumptionToken" in arguments:
        raise BadRequest("badResumptionToken", "All sets were given at once.")
    element = ET.Element(f"{{{OAI}}}ListSets")
    for spec, name in oai_records.sets():
        one = _add(element, "set")
        _add(one, "setSpec", spec)
        _add(one, "setName", name)
    return element


def _get_record(arguments: Mapping[str, str]) -> ET.Element:
    record = oai_records.found(arguments["identifier"])
    element = ET.Element(f"{{{OAI}}}GetRecord")
    element.append(record_of(record, _format(arguments["metadataPrefix"])))
    return element


def _format(prefix: str) -> str:
    if prefix not in FORMATS:
        raise BadRequest(
            "cannotDisseminateFormat", f"Records come as {', '.join(FORMATS)}, not as {prefix}."
        )
    return prefix


def _list_records(arguments: Mapping[str, str]) -> ET.Element:
    return _listed("ListRecords", arguments)


def _list_identifiers(arguments: Mapping[str, str]) -> ET.Element:
    return _listed("ListIdentifiers", arguments)


def _listed(verb: str, arguments: Mapping[str, str]) -> ET.Element:
    asked = asked_in(arguments)
    prefix = _format(asked.prefix)
    page = oai_records.page_of(asked, PAGE + 1)
    if not page:
        raise BadRequest("noRecordsMatch", "No review was entered or changed in that time.")
    element = ET.Element(f"{{{OAI}}}{verb}")
    for record in page[:PAGE]:
        element.append(record_of(record, prefix) if verb == "ListRecords" else header_of(record))
    _add_token(element, asked, more=len(page) > PAGE, last=page[:PAGE][-1])
    return element


def _add_token(element: ET.Element, asked: Asked, *, more: bool, last: object) -> None:
    if more:
        _add(element, "resumptionToken", next_token(asked, last))
    elif asked.is_resumed:
        # An empty token ends a list that came in parts.
        _add(element, "resumptionToken", "")


def _add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    element = ET.SubElement(parent, f"{{{OAI}}}{name}")
    element.text = text or None
    return element


_VERBS: dict[str, Callable[[Mapping[str, str]], ET.Element]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListIdentifiers": _list_identifiers,
    "ListRecords": _list_records,
}
