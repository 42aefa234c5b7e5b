"""What every page says about the session it was asked for in."""

from django.http import HttpRequest

from candour.people import session_limits


def session_warning(request: HttpRequest) -> dict[str, object]:
    """`idle_seconds` until the session ends if nothing is asked of it, and that instant, for the
    page's warning and its note to those without JavaScript. Asks nothing of the database."""
    user, session = getattr(request, "user", None), getattr(request, "session", None)
    if user is None or session is None or not user.is_authenticated:
        return {}
    left = session_limits.time_left(session)
    return {"idle_seconds": left.seconds, "session_ends_at": left.ends_at}
