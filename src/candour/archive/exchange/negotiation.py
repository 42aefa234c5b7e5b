"""One address, several forms: by what the reader's program accepts, or by an ending."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from candour.archive import selectors
from candour.archive.exchange import signposting
from candour.archive.exchange.addresses import of_record
from candour.archive.exchange.api import whole_record
from candour.archive.exchange.bibliography import STYLES, entry_of
from candour.archive.exchange.linked_data import MEDIA_TYPE, linked_data
from candour.archive.exchange.plain_answers import as_json
from candour.archive.models import ReviewRecord
from candour.kernel.errors import Hidden

HTML = "text/html"
ENDINGS = {
    "jsonld": MEDIA_TYPE,
    "json": "application/json",
    "linkset": "application/linkset+json",
    **{style.ending: style.media_type for style in STYLES},
}


def wanted(request: HttpRequest) -> str:
    """The media type in which a review is asked for; the page, unless another comes first.

    An address is read as a page wherever a program accepts anything at all.
    """
    accept = request.headers.get("Accept", "")
    offered = [HTML, *ENDINGS.values()]
    best = request.get_preferred_type(offered) if accept else HTML
    return best or HTML


def review_as(request: HttpRequest, record_id: str, ending: str) -> HttpResponse:
    """A review in the form that the address ends in."""
    if ending not in ENDINGS:
        raise Hidden()
    return form_of(request, selectors.review(record_id), ENDINGS[ending])


def form_of(request: HttpRequest, record: ReviewRecord, media_type: str) -> HttpResponse:
    """A review in another form than the page."""
    response = _answer(request, record, media_type)
    response["Vary"] = "Accept"
    response["Content-Location"] = f"{of_record(record)}.{_ending(media_type)}"
    signposting.add_to_form(response, record)
    return response


def _answer(request: HttpRequest, record: ReviewRecord, media_type: str) -> HttpResponse:
    if media_type == MEDIA_TYPE:
        return as_json(request, linked_data(record), MEDIA_TYPE)
    if media_type == ENDINGS["linkset"]:
        return as_json(request, signposting.linkset(record), media_type)
    style = next((style for style in STYLES if style.media_type == media_type), None)
    if style is None:
        return as_json(request, whole_record(record))
    return HttpResponse(
        style.write([entry_of(record)]), content_type=f"{media_type}; charset=utf-8"
    )


def _ending(media_type: str) -> str:
    return next(ending for ending, kind in ENDINGS.items() if kind == media_type)
