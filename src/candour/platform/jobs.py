"""What the worker does for the platform itself."""

import uuid
from datetime import timedelta

from candour.kernel import clock
from candour.platform import mail
from candour.platform.files import sweep_unfinished
from candour.platform.models import Job
from candour.platform.outbox import every, job

_KEEP_DONE = timedelta(days=30)


@job(mail.SEND_MAIL, retries=12)
def send_mail(message: str) -> None:
    """Send one queued message."""
    mail.send(uuid.UUID(message))


@every(24 * 60 * 60)
def forget_done_jobs() -> None:
    """Drop jobs done long ago; what they did stands in the audit. Keys asked for once stay."""
    before = clock.now() - _KEEP_DONE
    Job.objects.filter(done_at__lt=before, unique_key__isnull=True).delete()


@every(60 * 60)
def sweep_files() -> None:
    """Remove what killed uploads left behind."""
    sweep_unfinished()
