"""Pages by which anybody checks that a copy is the text or file that was deposited."""

from base64 import b64decode
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.archive import fixity, selectors
from candour.archive.exchange.addresses import of_version
from candour.archive.exchange.plain_answers import as_json
from candour.archive.models import DailyRoot, ReviewRecord, Version
from candour.archive.titles import shown_title
from candour.engines.fixity import Certificate, standalone
from candour.kernel.errors import Hidden

_MOST_ROOTS = 60


def proof(request: HttpRequest) -> HttpResponse:
    """What is signed each day, with which key, and how to check a copy without this archive."""
    roots = fixity.roots()
    context = {
        "roots": roots[:_MOST_ROOTS],
        "more": max(0, len(roots) - _MOST_ROOTS),
        "stamped": {root.day for root in roots if fixity.has_time_stamp(root)},
        "key": roots[0].key if roots else "",
    }
    return render(request, "archive/proof.html", context)


def script(request: HttpRequest) -> HttpResponse:
    """The script that checks a file against its certificate, with Python alone."""
    text = Path(standalone.__file__).read_text(encoding="utf-8")
    response = HttpResponse(text, content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify.py"'
    return response


def roots(request: HttpRequest) -> HttpResponse:
    """Every signed root, for those who keep them elsewhere."""
    return as_json(request, {"roots": [_root(root) for root in fixity.roots()]})


def stamp(request: HttpRequest, day: str) -> HttpResponse:
    """The answer of the time-stamping service about one day's root, for OpenSSL to check."""
    root = fixity.root_of_day(day)
    if root is None or not root.timestamp_token:
        raise Hidden
    answer = HttpResponse(
        b64decode(root.timestamp_token), content_type="application/timestamp-reply"
    )
    answer["Content-Disposition"] = f'attachment; filename="root-{root.day.isoformat()}.tsr"'
    return answer


def certificate(request: HttpRequest, record_id: str, number: int, kind: str) -> HttpResponse:
    """The certificate of one text or file, to print."""
    record, version, proved = _proved(record_id, number, kind)
    context = {
        "record": record,
        "heading": shown_title(record),
        "version": version,
        "kind": kind,
        "address": of_version(version),
        "certificate": proved,
        "demo": record.is_demonstration,
    }
    return render(request, "archive/certificate.html", context)


def certificate_file(request: HttpRequest, record_id: str, number: int, kind: str) -> HttpResponse:
    """The same for the script."""
    _, _, proved = _proved(record_id, number, kind)
    if proved is None:
        raise Hidden()
    response = as_json(request, proved.to_json())
    response["Content-Disposition"] = f'attachment; filename="{record_id}-v{number}-{kind}.json"'
    return response


def text_as_deposited(request: HttpRequest, record_id: str, number: int) -> HttpResponse:
    """The text's own bytes, over which its hash was taken."""
    version = selectors.version(selectors.review(record_id), number)
    # An attachment runs nothing in a browser, whatever stands in it.
    response = HttpResponse(version.body_html.encode(), content_type="application/octet-stream")
    response["Content-Disposition"] = (
        f'attachment; filename="review-{record_id}-v{number}-text.html"'
    )
    return response


def _proved(
    record_id: str, number: int, kind: str
) -> tuple[ReviewRecord, Version, Certificate | None]:
    record = selectors.review(record_id)
    version = selectors.version(record, number)
    if kind not in (known for known, _ in fixity.objects_of(version)):
        raise Hidden()
    return record, version, fixity.certificate(version, kind)


def _root(root: DailyRoot) -> dict[str, object]:
    return {
        "day": root.day.isoformat(),
        "size": root.size,
        "root": root.root,
        "previous": root.previous,
        "signature": root.signature,
        "key": root.key,
        "timestamp_token": root.timestamp_token,
    }
