"""How a person wants to hear of what is owed: rhythm, private calendar address, cover."""

import hashlib
import secrets
from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Invalid, WrongState
from candour.people.models import User
from candour.worklist.models import CalendarFeed, Cover, Rhythm
from candour.worklist.selectors import people_who_could_cover


@transaction.atomic
def choose_rhythm(*, by: Actor, often: Rhythm.Often) -> Rhythm:
    """How often reminders come by e-mail; the list inside Candour always has them all."""
    rhythm, _ = Rhythm.objects.update_or_create(user_id=by.id, defaults={"often": often.value})
    record("worklist.rhythm_chosen", by=by, subject=by.id, often=often.value)
    return rhythm


@transaction.atomic
def make_feed(*, by: Actor) -> str:
    """A new private calendar address; an earlier one opens nothing from now on.

    Answers with the token, which is shown now and never again.
    """
    _revoke(by)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user_id=by.id, token_hash=hash_of(token))
    record("worklist.feed_made", by=by, subject=str(feed.pk))
    return token


@transaction.atomic
def revoke_feed(*, by: Actor) -> None:
    """The address opens nothing any more; WrongState if there is none."""
    if not _revoke(by):
        raise WrongState("no_feed", "There is no calendar address that could be revoked.")
    record("worklist.feed_revoked", by=by, subject=by.id)


def _revoke(by: Actor) -> int:
    living = CalendarFeed.objects.select_for_update().filter(user_id=by.id, revoked_at__isnull=True)
    return living.update(revoked_at=clock.now())


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def arrange_cover(*, by: Actor, covered_by: User, starts_on: date, ends_on: date) -> Cover:
    """Have somebody reminded in one's place while away; it gives them access to nothing.

    Invalid for days in the past or out of order, and for somebody who shares no case.
    """
    if ends_on < starts_on or ends_on < clock.today():
        raise Invalid("days_out_of_order", "The last day must not lie before the first.", "ends_on")
    if covered_by not in people_who_could_cover(by):
        raise Invalid(
            "shares_no_case",
            "Choose somebody who is on one of your cases: nobody else may be told of them.",
            "covered_by",
        )
    User.objects.select_for_update().get(pk=by.id)
    Cover.objects.filter(user_id=by.id, ended_at__isnull=True).update(ended_at=clock.now())
    cover = Cover.objects.create(
        user_id=by.id, covered_by=covered_by, starts_on=starts_on, ends_on=ends_on
    )
    record("worklist.cover_arranged", by=by, subject=str(cover.pk), user=str(covered_by.pk))
    return cover


@transaction.atomic
def end_cover(*, by: Actor) -> None:
    """Come back early; WrongState where nobody covers."""
    living = Cover.objects.filter(user_id=by.id, ended_at__isnull=True)
    if not living.update(ended_at=clock.now()):
        raise WrongState("no_cover", "Nobody covers for you.")
    record("worklist.cover_ended", by=by, subject=by.id)
