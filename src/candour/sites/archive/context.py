"""What every page of the public site knows."""

from django.http import HttpRequest

from candour.platform.config import config
from candour.ui.national_lines import NATIONAL_LINES

_MORE = (
    ("archive:learning", "Findings and recommendations"),
    ("archive:publishers", "Boards and partnerships"),
    ("archive:guidance", "Law and guidance"),
    ("archive:terms", "Terms"),
    ("archive:data", "Data for machines"),
    ("archive:proof", "Proof that nothing was altered"),
    ("archive:contact", "Corrections and removals"),
)


def archive_site(request: HttpRequest) -> dict[str, object]:
    """Nothing here asks the database, so that error pages can use it too."""
    # A page of an invented record says so itself; in a demonstration every page does.
    demonstration = {"demo": True} if config().demo else {}
    return {
        **demonstration,
        "site": "archive",
        "archive_name": "Serious case reviews and archive",
        "help_lines": NATIONAL_LINES,
        "more_links": _MORE,
        "navigation": [
            _item(request, "archive:home", "Start", "/"),
            _item(request, "archive:reviews", "Reviews", "/reviews"),
            _item(request, "archive:search", "Search", "/search"),
            _item(request, "looking:index", "Look across", "/look"),
        ],
    }


def _item(request: HttpRequest, url_name: str, text: str, path: str) -> dict[str, object]:
    return {"url_name": url_name, "text": text, "current": request.path == path}
