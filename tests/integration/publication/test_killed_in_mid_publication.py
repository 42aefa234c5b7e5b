"""A real process, killed with the real signal between archive and workspace."""

import signal
from pathlib import Path

from tests.installation import Installation

PREPARE = """
from tests import world
manager = world.an_incident(name="Sam Fictional")
world.a_report(manager)
check = world.a_check(manager)
publication = world.a_prepared_publication(manager)
partner = world.cleared_by_two(manager, publication, check)
world.publish(access=partner, publication=publication, reason="The partners decided")
"""
KILLED = """
import signal, os
from candour.publication.services import publish as publishing
from candour.platform.worker import run_due

def die(*_, **__):
    print("deposited", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

publishing._published = die
run_due()
"""
RESUME = """
from datetime import timedelta
from candour.archive.models import ReviewRecord, Version
from candour.audit.models import Event
from candour.kernel import clock
from candour.platform.worker import run_due
from candour.publication.models import Publication
before = Publication.objects.get().state
with clock.standing_at(clock.now() + timedelta(minutes=10)):
    run_due()
print(
    before,
    Publication.objects.get().state,
    Version.objects.count(),
    ReviewRecord.objects.count(),
    Event.objects.filter(name="publication.published").count(),
)
"""


def test_a_process_killed_after_the_deposit_leaves_one_record_and_the_next_finishes(
    migrated_folder: Path, installation: Installation
) -> None:
    installation.python(PREPARE)
    killed = installation.start_python(KILLED)
    out, err = killed.communicate()
    assert killed.returncode == -signal.SIGKILL, err
    assert "deposited" in out

    assert installation.python(RESUME).split()[-5:] == ["publishing", "published", "1", "1", "1"]
