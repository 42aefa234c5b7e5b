"""A person's duties as a calendar (RFC 5545): references and days, no word of a case."""

from datetime import timedelta

from icalendar import Calendar, Event

from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden
from candour.platform.acting import acting
from candour.platform.config import config
from candour.worklist.models import CalendarFeed
from candour.worklist.owed import Owed
from candour.worklist.selectors import work_of
from candour.worklist.services import hash_of


def calendar(token: str) -> bytes:
    """The calendar that this address opens; Hidden for an address that opens nothing.

    An item keeps its identity while its day moves, so that a calendar moves it and shows no
    second one.
    """
    feed = CalendarFeed.objects.filter(
        token_hash=hash_of(token), revoked_at__isnull=True, user__is_active=True
    ).first()
    if feed is None:
        raise Hidden
    actor = Actor(id=str(feed.user_id))
    with acting(actor):
        work = work_of(actor)
    made = Calendar()
    made.add("prodid", "-//Candour//What is owed//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Candour")
    made.add("refresh-interval", timedelta(hours=6))
    for owed in (*work.pressing, *work.later):
        made.add_component(_event(owed))
    written: bytes = made.to_ical()
    return written


def _event(owed: Owed) -> Event:
    event = Event()
    event.add("uid", f"{owed.kind}-{owed.subject}@candour")
    event.add("dtstamp", clock.now())
    event.add("dtstart", owed.due_on)
    event.add("dtend", owed.due_on + timedelta(days=1))
    event.add("summary", f"Due: {owed.case.reference}")
    event.add("url", f"{config().workspace_url}{owed.href}")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
