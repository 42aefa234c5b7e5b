"""The one process that does the work of the outbox and whatever comes round regularly."""

import fcntl
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from threading import Event
from types import FrameType

from django.db import DatabaseError, OperationalError, close_old_connections, transaction
from django.db.models import Q, QuerySet

from candour.kernel import clock
from candour.kernel.actor import SYSTEM, Actor, ActorKind
from candour.kernel.errors import Hidden, NotPermitted, RuleBroken
from candour.platform.acting import acting
from candour.platform.config import config
from candour.platform.health import WORKER_BEAT
from candour.platform.logs import log
from candour.platform.mail import SEND_MAIL, mail_is_held
from candour.platform.models import Job, Marker
from candour.platform.outbox import HANDLERS, REGULAR, Registered

_BEAT = timedelta(seconds=10)
_IDLE_SECONDS = 1.0
_DATABASE_AWAY_SECONDS = 5.0
_LONGEST_WAIT = timedelta(hours=1)


class AnotherWorkerRuns(RuleBroken):
    """There is one worker for one data folder; a second would only wait for the first."""


class LeaseLost(Exception):
    """This worker was silent for so long that the job was given away; its effect is undone."""


def due_jobs(now: datetime) -> QuerySet[Job]:
    """Jobs that can be done now: due, not done, not given up, not leased to a living worker."""
    waiting = Job.objects.filter(done_at__isnull=True, failed_at__isnull=True, run_after__lte=now)
    free = waiting.filter(Q(leased_until__isnull=True) | Q(leased_until__lte=now))
    return free.exclude(kind=SEND_MAIL) if mail_is_held() else free


def run_due(at_most: int = 50) -> int:
    """Do what is due, oldest first; how many jobs were tried."""
    for tried in range(at_most):
        claimed = claim()
        if claimed is None:
            return tried
        do(claimed)
    return at_most


def claim() -> Job | None:
    """Lease the oldest due job to this worker, or None.

    On PostgreSQL rows that another worker is claiming are skipped; on SQLite the transaction is
    IMMEDIATE, so there is only ever one that claims.
    """
    now = clock.now()
    if not due_jobs(now).exists():
        return None
    with transaction.atomic():
        job = due_jobs(now).select_for_update(skip_locked=True).first()
        if job is None:
            return None
        registered = HANDLERS.get(job.kind)
        job.attempts += 1
        job.leased_until = now + (registered.lease if registered else _BEAT)
        job.save(update_fields=["attempts", "leased_until"])
        return job


def do(job: Job) -> None:
    """Do one claimed job; a failure puts it off, or in the end gives it up."""
    registered = HANDLERS.get(job.kind)
    if registered is None:
        _put_off(job, "no_handler", give_up=True)
        return
    if job.attempts > registered.retries:
        # Every attempt ended with the worker: nothing was ever raised that could be counted.
        _put_off(job, "worker_died", give_up=True)
        return
    try:
        _perform(job, registered)
    except LeaseLost:
        log.warning("job.lease_lost", job=str(job.pk), kind=job.kind)
    except Exception as error:
        refused = isinstance(error, Hidden | NotPermitted)
        code = error.code if isinstance(error, RuleBroken) else type(error).__name__
        log.warning("job.failed", job=str(job.pk), kind=job.kind, error=error)
        _put_off(job, code, give_up=refused or job.attempts >= registered.retries)


def _perform(job: Job, registered: Registered) -> None:
    with ExitStack() as stack:
        if registered.atomic:
            stack.enter_context(transaction.atomic())
        stack.enter_context(acting(actor_from(job.requester)))
        registered.run(**job.payload)
        mine = Job.objects.filter(pk=job.pk, attempts=job.attempts, done_at__isnull=True)
        if not mine.update(done_at=clock.now(), leased_until=None, last_error=""):
            raise LeaseLost


def _put_off(job: Job, code: str, *, give_up: bool) -> None:
    now = clock.now()
    wait = min(timedelta(seconds=5 * 2 ** min(job.attempts, 12)), _LONGEST_WAIT)
    Job.objects.filter(pk=job.pk, attempts=job.attempts, done_at__isnull=True).update(
        last_error=code[:80],
        leased_until=None,
        run_after=now + wait,
        failed_at=now if give_up else None,
    )


def actor_from(reference: str) -> Actor:
    """The actor whom a job's `person:<id>` names."""
    kind, _, id = reference.partition(":")
    return Actor(id=id, kind=ActorKind(kind))


def given_up() -> QuerySet[Job]:
    """Jobs that failed for good and wait for an administrator."""
    return Job.objects.filter(failed_at__isnull=False).order_by("-failed_at", "id")


def try_again(job: Job) -> None:
    """Let the worker try a job again that had been given up."""
    Job.objects.filter(pk=job.pk, failed_at__isnull=False).update(
        failed_at=None, attempts=0, run_after=clock.now(), leased_until=None
    )


class Worker:
    """The loop: beat, do what comes round, do what is due; ends cleanly on SIGTERM."""

    def __init__(self) -> None:
        self._stopping = Event()
        self._last: dict[str, datetime] = {}

    def run(self) -> None:
        """Work until stopped; AnotherWorkerRuns if this data folder has a worker."""
        with _only_one():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self._stop)
            log.info("worker.started")
            while not self._stopping.is_set():
                self._stopping.wait(self._turn())
            log.info("worker.stopped")

    def _turn(self) -> float:
        try:
            self.run_regular()
            return 0.0 if run_due() else _IDLE_SECONDS
        except (OperationalError, DatabaseError) as error:
            log.error("worker.database_away", error=error)
            return _DATABASE_AWAY_SECONDS
        finally:
            close_old_connections()

    def run_regular(self) -> None:
        """Beat, and do every regular task whose time has come; one that fails stops no other."""
        now = clock.now()
        if self._comes_round("beat", _BEAT, now):
            Marker.objects.update_or_create(name=WORKER_BEAT, defaults={"at": now})
        for task in REGULAR.values():
            if not self._comes_round(task.name, task.every, now):
                continue
            try:
                with acting(SYSTEM):
                    task.run()
            except Exception as error:
                log.error("worker.task_failed", task=task.name, error=error)

    def _comes_round(self, name: str, every: timedelta, now: datetime) -> bool:
        last = self._last.get(name)
        if last is not None and now - last < every:
            return False
        self._last[name] = now
        return True

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping.set()


@contextmanager
def _only_one() -> Iterator[None]:
    config().data_dir.mkdir(parents=True, exist_ok=True)
    with (config().data_dir / "worker.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherWorkerRuns(
                "worker_runs",
                f"A worker already runs for {config().data_dir}. One is enough; stop it first if "
                "you want to run it here.",
            ) from None
        yield
