"""One message a day, or a week, for those who want no more: references and a link."""

from datetime import time

from django.db import IntegrityError, transaction

from candour.audit.services import record
from candour.engines.statute.workingdays import WorkingDays
from candour.kernel import clock
from candour.kernel.actor import SYSTEM, Actor
from candour.kernel.clock import LONDON
from candour.people.models import User
from candour.platform.config import config
from candour.platform.mail import MARKING, queue
from candour.ui.wording import plural
from candour.worklist.models import Digest, Rhythm
from candour.worklist.selectors import Work, work_of

NOT_BEFORE = time(7, 0)
MONDAY = 0

_TEXT = """{marking}

Owed by you: {overdue} overdue, {today} due today, {week} due within a week.

{references}

Sign in to see what they are:
{address}

This message holds nothing of a case, by design. Please do not write about a case in a reply.
"""


def send_digests() -> int:
    """Queue the day's messages for everybody who has something to hear; how many.

    On working days from seven in the morning, weekly ones on the first working day of the week.
    Safe to repeat: a person has one a day.
    """
    today = clock.today()
    if not WorkingDays().is_working_day(today):
        return 0
    if clock.now().astimezone(LONDON).time() < NOT_BEFORE:
        return 0
    wanting = Rhythm.objects.exclude(often=Rhythm.Often.EACH).filter(user__is_active=True)
    return sum(_send(each) for each in wanting.select_related("user") if _is_day(each))


def _is_day(rhythm: Rhythm) -> bool:
    if rhythm.often == Rhythm.Often.DAILY:
        return True
    today, days = clock.today(), WorkingDays()
    earlier = [today.fromordinal(today.toordinal() - n) for n in range(1, today.weekday() + 1)]
    return not any(days.is_working_day(day) for day in earlier)


def _send(rhythm: Rhythm) -> bool:
    user, today = rhythm.user, clock.today()
    if Digest.objects.filter(user=user, day=today).exists():
        return False
    work = work_of(Actor(id=str(user.pk)))
    if not work.pressing:
        return False
    try:
        with transaction.atomic():
            _queue(user, work)
    except IntegrityError:
        return False
    return True


def _queue(user: User, work: Work) -> None:
    digest = Digest.objects.create(user=user, day=clock.today())
    references = sorted({each.case.reference for each in work.pressing})
    text = _TEXT.format(
        marking=MARKING,
        overdue=len(work.overdue),
        today=len(work.today),
        week=len(work.this_week),
        references="\n".join(references),
        address=f"{config().workspace_url}/",
    )
    subject = f"{MARKING}: {plural(len(references), 'case')}"
    queue(user.email, subject, text, by=SYSTEM)
    record("worklist.digest_queued", by=SYSTEM, subject=str(digest.pk), user=str(user.pk))
