"""A worker that is killed in mid-job leaves it to the next, and the effect comes once."""

import signal
from pathlib import Path

from tests.installation import Installation

# A handler that writes its effect, tells that it is under way, and waits for ever the first time.
HANDLER = """
from pathlib import Path
import sys, threading
from candour.platform.models import Marker
from candour.platform.outbox import enqueue, job
from candour.kernel.actor import SYSTEM

@job("trial.mark", lease_seconds=1)
def mark(place: str) -> None:
    Marker.objects.create(name="effect")
    tried = Path(place)
    first = not tried.exists()
    tried.touch()
    print("under way", flush=True)
    if first and len(sys.argv) > 1:
        threading.Event().wait()
"""
ASK = HANDLER + "enqueue('trial.mark', by=SYSTEM, place={place!r})"
WORK = HANDLER + "from candour.platform.worker import Worker\nWorker().run()"
DO = (
    HANDLER
    + """
from datetime import timedelta
from candour.kernel import clock
from candour.platform.models import Job
from candour.platform.worker import run_due
with clock.standing_at(clock.now() + timedelta(seconds=5)):
    run_due()
print(Marker.objects.filter(name="effect").count(), Job.objects.filter(done_at=None).count())
"""
)


def test_a_worker_killed_in_mid_job_and_the_next_have_one_effect(
    installation: Installation, tmp_path: Path
) -> None:
    installation.python(ASK.format(place=str(tmp_path / "tried")))
    working = installation.start_python(WORK, "stays")
    assert working.stdout is not None
    assert working.stdout.readline() == "under way\n"
    working.send_signal(signal.SIGKILL)
    working.wait()
    assert installation.python(DO).split()[-2:] == ["1", "0"]


def test_a_second_worker_is_refused_and_the_first_ends_on_sigterm(
    installation: Installation,
) -> None:
    first = installation.start("worker")
    assert first.stderr is not None
    assert "worker.started" in first.stderr.readline()
    assert "already runs" in installation.run("worker", status=1)
    first.send_signal(signal.SIGTERM)
    assert "worker.stopped" in first.communicate()[1]
    assert first.returncode == 0
