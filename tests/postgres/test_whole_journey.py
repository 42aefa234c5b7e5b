"""The demonstration's whole story, played as the server's own role under row-level security."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest

from candour.archive.models import ReviewRecord
from candour.audit.verification import verify
from candour.cases.models import Case
from candour.kernel import clock
from candour.kernel.actor import SYSTEM
from candour.platform.acting import acting
from candour.publication.models import Publication

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, databases=["default", "archive"]),
]


def test_the_whole_story_plays_under_row_level_security(
    as_server: Callable[[], AbstractContextManager[None]],
) -> None:
    from demo.people import assemble
    from demo.story import STEPS

    with as_server():
        with clock.standing_at(datetime(2015, 1, 5, 9, tzinfo=clock.LONDON)):
            company = assemble(checked_on=clock.today())
        for _, step in STEPS:
            step(company)
        with acting(SYSTEM):
            assert Case.objects.count() == 5
            published = Publication.objects.get(state=Publication.State.PUBLISHED)

    assert ReviewRecord.objects.filter(pk=published.archive_record_id).exists()
    assert verify() == []
