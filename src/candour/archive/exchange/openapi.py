"""The read interface described in OpenAPI 3.1, from which clients and tests are made."""

from __future__ import annotations

from typing import Any

from candour.archive.exchange.addresses import PURPOSE
from candour.archive.models import ReviewType, Status
from candour.platform.config import config

_TEXT: dict[str, Any] = {"type": "string"}
_MAYBE: dict[str, Any] = {"type": ["string", "null"]}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_WHOLE: dict[str, Any] = {"type": "integer", "minimum": 0}


def description() -> dict[str, Any]:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Serious case reviews and archive",
            "version": "1",
            "description": f"Published reviews, to read. {PURPOSE} Nothing asked is stored.",
        },
        "servers": [{"url": config().archive_url.rstrip("/")}],
        "paths": _paths(),
        "components": {"schemas": _schemas(), "responses": _refusals()},
    }


def _paths() -> dict[str, Any]:
    one = [_in_path("record_id", "Permanent reference of a review")]
    return {
        "/api/v1/reviews": _get("reviews", "ReviewPage", _filters(), ("400",)),
        "/api/v1/reviews/{record_id}": _get("review", "WholeReview", one, ("404", "410")),
        "/api/v1/reviews/{record_id}/paragraphs": _get(
            "paragraphs", "ParagraphPage", [*one, *_paging()], ("400", "404", "410")
        ),
        "/api/v1/publishers": _get("publishers", "Publishers", [], ()),
        "/api/v1/terms": _get("terms", "Terms", [], ()),
    }


def _get(
    name: str, schema: str, parameters: list[dict[str, Any]], refusals: tuple[str, ...]
) -> dict[str, Any]:
    answer = {
        "description": "What was asked for",
        "headers": {"ETag": {"schema": _TEXT, "required": True}},
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }
    known = {code: {"$ref": f"#/components/responses/Refused{code}"} for code in refusals}
    unchanged = {"304": {"description": "Unchanged since the ETag that was sent"}}
    return {
        "get": {
            "operationId": name,
            "parameters": parameters,
            "responses": {"200": answer, **unchanged, **known},
        }
    }


def _in_path(name: str, words: str) -> dict[str, Any]:
    pattern = {"type": "string", "pattern": "^[A-Za-z0-9-]{1,20}$"}
    return {"name": name, "in": "path", "required": True, "description": words, "schema": pattern}


def _in_query(name: str, words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": words, "schema": schema}


def _paging() -> list[dict[str, Any]]:
    limit = {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}
    return [
        _in_query("limit", "How many at most", limit),
        _in_query("cursor", "As given in “next”", _TEXT),
    ]


def _filters() -> list[dict[str, Any]]:
    return [
        _in_query("publisher", "Short name of a publisher", _TEXT),
        _in_query(
            "year", "A year that the review names", {"type": "string", "pattern": r"^\d{4}$"}
        ),
        _in_query("type", "Type of review", {"type": "string", "enum": list(ReviewType.values)}),
        _in_query("term", "vocabulary:code of a term", _TEXT),
        _in_query("changed_since", "A day", {"type": "string", "format": "date"}),
        *_paging(),
    ]


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list_of(schema: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{schema}"}}


def _schemas() -> dict[str, Any]:
    return _schemas_of_reviews() | _schemas_of_texts() | _schemas_of_lists()


def _schemas_of_reviews() -> dict[str, Any]:
    return {
        "ReviewPage": _object(note=_TEXT, reviews=_list_of("Review"), next=_MAYBE),
        "Review": _object(**_review()),
        "WholeReview": _object(
            note=_TEXT, **_review(), abstract=_MAYBE, versions=_list_of("Version")
        ),
    }


def _schemas_of_texts() -> dict[str, Any]:
    return {
        "Version": _object(
            number=_WHOLE,
            address=_TEXT,
            deposited={"type": "string", "format": "date-time"},
            language=_TEXT,
            what_changed=_MAYBE,
            sha256=_TEXT,
            files=_list_of("File"),
        ),
        "File": _object(address=_TEXT, kind=_TEXT, media_type=_TEXT, bytes=_WHOLE, sha256=_TEXT),
        "ParagraphPage": _object(
            note=_TEXT, review=_TEXT, version=_WHOLE, paragraphs=_list_of("Paragraph"), next=_MAYBE
        ),
        "Paragraph": _object(anchor=_TEXT, address=_TEXT, headings=_TEXTS, text=_TEXT),
    }


def _schemas_of_lists() -> dict[str, Any]:
    return {
        "Publishers": _object(publishers=_list_of("Publisher")),
        "Publisher": _object(
            slug=_TEXT, name=_TEXT, kind=_TEXT, predecessors=_TEXTS, successors=_TEXTS
        ),
        "Terms": _object(terms=_list_of("Term")),
        "Term": _object(
            vocabulary=_TEXT,
            code=_TEXT,
            label=_TEXT,
            scope_note=_MAYBE,
            broader=_MAYBE,
            other_names=_TEXTS,
        ),
        "Problem": _object(type=_TEXT, title=_TEXT, status=_WHOLE, detail=_TEXT),
    }


def _review() -> dict[str, Any]:
    return {
        "id": _TEXT,
        "address": _TEXT,
        "title": _TEXT,
        "label": _MAYBE,
        "type": {"type": "string", "enum": list(ReviewType.values)},
        "document": _MAYBE,
        "year": _MAYBE,
        "published": _MAYBE,
        "authors": _TEXTS,
        "publishers": _TEXTS,
        "publisher_withheld": {"type": "boolean"},
        "status": {"type": "string", "enum": list(Status.values)},
        "licence": _MAYBE,
        "terms": _TEXTS,
        "demonstration": {"type": "boolean"},
        "changed": _MAYBE,
    }


def _refusals() -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    words = {"400": "A parameter was not understood", "404": "Not here", "410": "Withdrawn"}
    return {
        f"Refused{code}": {"description": said, "content": content} for code, said in words.items()
    }
