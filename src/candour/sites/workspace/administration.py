"""What an administrator sees of work that was not done and mail that did not go out: no case."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from candour.audit.services import record
from candour.cases.pages import actor_of
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden
from candour.people.policies import may_administer
from candour.platform.config import config
from candour.platform.mail import mail_is_held, not_sent
from candour.platform.models import Job
from candour.platform.worker import given_up, try_again

_SHOWN = 100


@require_safe
def unfinished_work(request: HttpRequest) -> HttpResponse:
    """Jobs that were given up, each to be tried again, and messages that have not gone out."""
    _administrator(request)
    context = {
        "given_up": given_up()[:_SHOWN],
        "messages_waiting": not_sent()[:_SHOWN],
        "mail_held": mail_is_held(),
        "mail_server": bool(config().smtp_url),
    }
    return render(request, "workspace/unfinished_work.html", context)


@require_POST
def work_again(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Let the worker try a job again."""
    actor = _administrator(request)
    job = Job.objects.filter(pk=job_id, failed_at__isnull=False).first()
    if job is None:
        raise Hidden
    try_again(job)
    record("platform.job_tried_again", by=actor, subject=str(job.pk), kind=job.kind)
    return redirect("unfinished_work")


def _administrator(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_administer(actor):
        raise Hidden
    return actor
