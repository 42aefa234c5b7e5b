"""JSON as the archive answers it: with an ETag, readable from other sites, never half a record."""

from __future__ import annotations

import json
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag


def as_json(
    request: HttpRequest, told: object, media_type: str = "application/json", status: int = 200
) -> HttpResponse:
    """The answer, or 304 where the reader has it already."""
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    response = HttpResponse(body, status=status, content_type=media_type)
    etag = quote_etag(sha256(body).hexdigest()[:32])
    response["ETag"] = etag
    response["Access-Control-Allow-Origin"] = "*"
    conditional = get_conditional_response(request, etag=etag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response


def refused(request: HttpRequest, status: int, code: str, reason: str) -> HttpResponse:
    """A refusal as programs read it (RFC 9457)."""
    told = {"type": "about:blank", "title": code, "status": status, "detail": reason}
    return as_json(request, told, "application/problem+json", status)
