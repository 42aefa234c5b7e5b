"""The pages of the public archive. All of them read; none of them knows who reads."""

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from candour.archive import finding, nodes, presenters, selectors, storage
from candour.archive.descriptions import account_of
from candour.archive.exchange import negotiation, signposting
from candour.archive.exchange.bibliography import STYLES
from candour.archive.exchange.linked_data import embedded
from candour.archive.guidance import guidance_documents
from candour.archive.models import Collection, ReviewRecord
from candour.archive.selectors import Wish
from candour.archive.titles import shown_title
from candour.kernel.errors import Hidden
from candour.platform.config import config

_PAGE = 25
_ON_HOME = 20


def home(request: HttpRequest) -> HttpResponse:
    """What reviews are, and the way to each collection."""
    context = {
        "collections": _collections(demonstration=False),
        "demonstration": _collections(demonstration=True),
        "guidance": [
            (document, presenters.published_words(document.since), _until(document.until))
            for document in guidance_documents()
        ],
    }
    return render(request, "archive/home.html", context)


def reviews(request: HttpRequest) -> HttpResponse:
    """The list of reviews, by collection, publisher, year and label."""
    wish, problem = _wish(request)
    page = Paginator(selectors.listed(wish), _PAGE).get_page(request.GET.get("page"))
    asked = {name: request.GET[name] for name in _FILTERS if request.GET.get(name)}
    context = {
        "wish": wish,
        "problem": problem,
        "page": page,
        "lines": presenters.review_lines(page.object_list),
        "query": urlencode(asked),
        "collection_choices": Collection.choices,
        "publishers": list(selectors.publishers()),
        "years": selectors.years(),
    }
    return render(request, "archive/reviews.html", context)


def review(request: HttpRequest, record_id: str) -> HttpResponse:
    """The facts of one review and what is held of it, in the form that is asked for."""
    record = selectors.review(record_id)
    media_type = negotiation.wanted(request)
    if media_type != negotiation.HTML:
        return negotiation.form_of(request, record, media_type)
    context = {
        "record": record,
        "heading": shown_title(record),
        "title_note": presenters.title_note(record),
        "label_note": presenters.label_note(record, selectors.shared_labels([record])),
        "facts": presenters.facts_of(record),
        "local_help": presenters.local_help(record),
        "demo": record.is_demonstration,
        "account": account_of(record),
        "rules_year": presenters.rules_year(record),
        "styles": STYLES,
        # Written so that no character of it can end the element it stands in.
        "linked_data": mark_safe(embedded(record)),  # noqa: S308
        **_held(record),
    }
    response = render(request, "archive/review.html", context)
    signposting.add_to(response, record)
    return response


def file(request: HttpRequest, record_id: str, number: int, name: str) -> FileResponse:
    """A file of a version, under the neutral name that the archive gave it."""
    version = selectors.version(selectors.review(record_id), number)
    held = next((file for file in selectors.downloads(version) if file.name == name), None)
    if held is None:
        raise Hidden()
    content = storage.path_of(held.sha256).open("rb")
    response = FileResponse(
        content, as_attachment=True, filename=held.name, content_type=held.media_type
    )
    response["ETag"] = f'"{held.sha256}"'
    response["Repr-Digest"] = f"sha-256=:{storage.base64_digest(held.sha256)}:"
    return response


def health(request: HttpRequest) -> JsonResponse:
    """Whether the archive can answer: its database, the index of its search, a node's distance."""
    selectors.visible_reviews().exists()
    standing = nodes.standing()
    state: dict[str, object] = {
        "status": "ok" if standing.may_serve else "too far behind, or cannot tell how far",
        "search": finding.is_ready(),
        "lines": standing.lines,
        "lines_indexed": standing.lines_indexed,
    }
    if nodes.is_node():
        state["seconds_behind"] = standing.seconds_behind
    return JsonResponse(state, status=200 if standing.may_serve else 503)


_FILTERS = ("collection", "publisher", "year", "label")


def _wish(request: HttpRequest) -> tuple[Wish, str]:
    given = {name: request.GET.get(name, "").strip() for name in _FILTERS}
    year = given["year"]
    wish = Wish(
        collection=given["collection"],
        publisher=given["publisher"],
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        label=given["label"],
    )
    if year and wish.year is None:
        return wish, f"“{year}” is not a year. Choose one from the list, such as 2015."
    if wish.collection and wish.collection not in Collection.values:
        return wish, "There is no such collection. Choose one from the list."
    return wish, ""


def _collections(*, demonstration: bool) -> list[dict[str, object]]:
    sections = []
    for collection in Collection:
        reviews = selectors.collection_on_home(collection, demonstration=demonstration)
        count = reviews.count()
        # Reviews of other areas are many and are found by list and search; the others are few.
        most = 5 if collection is Collection.OTHER_AREAS else _ON_HOME
        if count:
            sections.append(
                {
                    "name": collection.label,
                    "value": collection.value,
                    "count": count,
                    "lines": presenters.review_lines(reviews[:most]),
                    "more": count > most,
                }
            )
    return sections


def _held(record: ReviewRecord) -> dict[str, object]:
    try:
        version = selectors.version(record)
    except Hidden:
        return {"version": None, "downloads": [], "citation": "", "summaries": []}
    address = config().archive_url + reverse("archive:text", args=[record.pk, version.number])
    return {
        "version": version,
        "downloads": presenters.download_lines(version, selectors.downloads(version)),
        "citation": presenters.citation(record, address),
        "summaries": list(version.summaries.all()),
    }


def _until(text: str) -> str:
    return presenters.published_words(text) if text else "in force"
