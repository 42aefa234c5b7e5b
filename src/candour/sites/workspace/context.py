"""What every page of the workspace knows: the marking, the person, where they can go."""

from django.http import HttpRequest

from candour.platform.config import config

_MENU = (
    ("My work", "home"),
    ("Reviews", "cases"),
    ("Messages", "worklist:messages"),
    ("Help", "help"),
    ("Account", "account"),
)


def workspace(request: HttpRequest) -> dict[str, object]:
    """Nothing here asks the database, so that error pages can use it too."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "site": "workspace",
        "marking": "OFFICIAL-SENSITIVE",
        "demo": config().demo,
        "archive_url": config().archive_url,
        "signed_in": signed_in,
        "navigation": _menu(request) if signed_in else [],
    }


def _menu(request: HttpRequest) -> list[dict[str, object]]:
    match = request.resolver_match
    here = match.view_name if match else ""
    menu: list[dict[str, object]] = [
        {"text": text, "url_name": name, "current": name == here} for text, name in _MENU
    ]
    return [*menu, {"text": "Sign out", "url_name": "account_logout", "method": "post"}]
