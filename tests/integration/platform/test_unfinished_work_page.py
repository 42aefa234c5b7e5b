"""Administrators see what Candour gave up and what did not go out, and nothing of any case."""

import pytest
from django.test import Client, RequestFactory
from tests import world

from candour.audit.models import Event
from candour.kernel import clock
from candour.kernel.actor import SYSTEM
from candour.kernel.errors import Hidden
from candour.people.models import User
from candour.people.roles import Role
from candour.platform.mail import notify
from candour.platform.models import Job
from candour.sites.workspace.administration import unfinished_work, work_again

pytestmark = pytest.mark.django_db


def asked(user: User, verb: str = "get") -> object:
    request = getattr(RequestFactory(), verb)("/administration/work/")
    request.user = user
    return request


@pytest.fixture
def job() -> Job:
    case = world.a_case().case
    return Job.objects.create(
        kind="documents.scan",
        requester=SYSTEM.reference,
        case_id=case.pk,
        payload={"document": "canary-31f0"},
        attempts=3,
        failed_at=clock.now(),
        last_error="scanner_down",
    )


def test_an_administrator_sees_kind_and_reason_and_no_case(job: Job, client: Client) -> None:
    user = world.an_appointment(Role.ADMINISTRATOR)
    notify(world.a_user(), "CR-7KQ2-MW9F", "/", by=SYSTEM)
    page = unfinished_work(asked(user)).content.decode()
    assert "documents.scan" in page
    assert "scanner_down" in page
    assert "No mail server is configured" in page
    for hidden in (str(job.case_id), "canary-31f0", "CR-7KQ2-MW9F"):
        assert hidden not in page


def test_trying_again_is_an_administrator_s_act_and_an_event(job: Job) -> None:
    user = world.an_appointment(Role.ADMINISTRATOR)
    assert work_again(asked(user, "post"), job.pk).status_code == 302
    job.refresh_from_db()
    assert (job.failed_at, job.attempts) == (None, 0)
    assert Event.objects.get(name="platform.job_tried_again").actor == f"person:{user.pk}"


@pytest.mark.parametrize("role", [Role.BUSINESS_MANAGER, Role.CHAIR, Role.LIBRARIAN])
def test_for_everybody_else_the_page_does_not_exist(job: Job, role: Role) -> None:
    user = world.an_appointment(role)
    with pytest.raises(Hidden):
        unfinished_work(asked(user))
    with pytest.raises(Hidden):
        work_again(asked(user, "post"), job.pk)
