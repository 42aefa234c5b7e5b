"""Work asked for in a transaction is done after it, once, on behalf of whoever asked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from candour.kernel import clock
from candour.kernel.actor import SYSTEM, Actor
from candour.kernel.errors import Hidden, RuleBroken
from candour.platform import outbox, worker
from candour.platform.acting import present_actor
from candour.platform.models import Job, Marker
from candour.platform.outbox import HANDLERS, enqueue, every, job
from candour.platform.worker import LeaseLost, Worker, claim, do, run_due

pytestmark = pytest.mark.django_db(transaction=True)

ASKER = Actor(id="11111111-1111-1111-1111-111111111111")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A handler whose effect is a row, beside a list of how often it was called."""
    calls: list[str] = []
    monkeypatch.setattr(outbox, "HANDLERS", dict(HANDLERS))
    monkeypatch.setattr(worker, "HANDLERS", outbox.HANDLERS)

    @job("trial.mark", retries=3, lease_seconds=60)
    def mark(name: str) -> None:
        calls.append(name)
        Marker.objects.create(name=name)

    yield calls


def test_work_asked_for_is_done_once(done: list[str]) -> None:
    enqueue("trial.mark", by=ASKER, name="a")
    assert run_due() == 1
    assert run_due() == 0
    assert done == ["a"]


def test_work_asked_for_in_an_act_that_fails_was_never_asked_for(done: list[str]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue("trial.mark", by=ASKER, name="a")
        raise RuntimeError
    assert run_due() == 0


def test_the_same_key_asks_once_ever(done: list[str]) -> None:
    first = enqueue("trial.mark", by=ASKER, unique_key="report:1", name="a")
    run_due()
    assert enqueue("trial.mark", by=ASKER, unique_key="report:1", name="b").pk == first.pk
    run_due()
    assert done == ["a"]


def test_a_job_runs_as_whoever_asked_for_it(done: list[str]) -> None:
    seen: list[Actor | None] = []
    job("trial.who")(lambda: seen.append(present_actor()))
    enqueue("trial.who", by=ASKER)
    run_due()
    assert seen == [ASKER]
    assert present_actor() is None


def test_a_job_waits_for_its_time(done: list[str]) -> None:
    with clock.standing_at(NOON):
        enqueue("trial.mark", by=ASKER, run_after=NOON + timedelta(hours=1), name="a")
        assert run_due() == 0
    with clock.standing_at(NOON + timedelta(hours=1)):
        assert run_due() == 1


def test_a_worker_killed_in_mid_job_leaves_it_to_the_next_after_the_lease(done: list[str]) -> None:
    with clock.standing_at(NOON):
        enqueue("trial.mark", by=ASKER, name="a")
        assert claim() is not None
        assert claim() is None
    with clock.standing_at(NOON + timedelta(seconds=61)):
        assert run_due() == 1
    assert done == ["a"]


def test_a_worker_that_comes_back_late_undoes_its_effect(done: list[str]) -> None:
    with clock.standing_at(NOON):
        enqueue("trial.mark", by=ASKER, name="late")
        late = claim()
    with clock.standing_at(NOON + timedelta(seconds=61)):
        assert run_due() == 1
    assert late is not None
    Marker.objects.all().delete()
    with pytest.raises(LeaseLost):
        worker._perform(late, worker.HANDLERS["trial.mark"])
    assert not Marker.objects.exists()
    assert Job.objects.get().done_at is not None


def test_a_failing_job_is_put_off_longer_each_time_and_then_given_up(done: list[str]) -> None:
    def refuse() -> None:
        raise RuleBroken("no_room", "There is no room.")

    job("trial.refuse", retries=3)(refuse)
    asked = enqueue("trial.refuse", by=ASKER, run_after=NOON)
    waits = []
    moment = NOON
    for _ in range(3):
        with clock.standing_at(moment):
            assert run_due() == 1
            asked.refresh_from_db()
            waits.append(asked.run_after - moment)
            moment = asked.run_after
    assert waits == sorted(waits)
    assert waits[0] < waits[2]
    assert asked.last_error == "no_room"
    assert list(worker.given_up()) == [asked]
    with clock.standing_at(moment + timedelta(days=1)):
        assert run_due() == 0


def test_a_failed_job_leaves_nothing_half_done(done: list[str]) -> None:
    def half() -> None:
        Marker.objects.create(name="half")
        raise ValueError("a child's name")

    job("trial.half")(half)
    asked = enqueue("trial.half", by=ASKER)
    run_due()
    asked.refresh_from_db()
    assert not Marker.objects.exists()
    assert asked.last_error == "ValueError"


def test_a_job_whose_asker_lost_access_is_given_up_at_once(done: list[str]) -> None:
    def see() -> None:
        raise Hidden

    job("trial.see")(see)
    enqueue("trial.see", by=ASKER)
    run_due()
    assert worker.given_up().count() == 1


def test_a_job_that_kills_every_worker_is_given_up(done: list[str]) -> None:
    asked = enqueue("trial.mark", by=ASKER, run_after=NOON, name="a")
    moment = NOON
    for _ in range(3):
        with clock.standing_at(moment):
            assert claim() is not None
        moment += timedelta(seconds=61)
    with clock.standing_at(moment):
        run_due()
    asked.refresh_from_db()
    assert (asked.last_error, done) == ("worker_died", [])


def test_a_given_up_job_can_be_tried_again(done: list[str]) -> None:
    asked = enqueue("trial.mark", by=ASKER, name="a")
    Job.objects.update(failed_at=clock.now(), attempts=3)
    worker.try_again(asked)
    assert run_due() == 1
    assert done == ["a"]


def test_a_job_carries_references_and_never_prose(done: list[str]) -> None:
    with pytest.raises(ValueError, match="not a reference"):
        enqueue("trial.mark", by=ASKER, name="Rowan Smith")


def test_a_job_that_nobody_does_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="no room"):
        enqueue("trial.nobody", by=ASKER)


def test_a_job_whose_room_is_gone_is_given_up_and_stops_no_other(done: list[str]) -> None:
    Job.objects.create(kind="old.gone", requester=SYSTEM.reference, run_after=NOON)
    enqueue("trial.mark", by=ASKER, name="a")
    assert run_due() == 2
    assert done == ["a"]
    assert worker.given_up().get().last_error == "no_handler"


def test_regular_tasks_come_round_and_one_that_fails_stops_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outbox, "REGULAR", {})
    monkeypatch.setattr(worker, "REGULAR", outbox.REGULAR)
    ran: list[Actor | None] = []

    @every(60)
    def breaks() -> None:
        raise ValueError

    @every(60)
    def seals() -> None:
        ran.append(present_actor())

    busy = Worker()
    for second in (0, 30, 60):
        with clock.standing_at(NOON + timedelta(seconds=second)):
            busy.run_regular()
    assert ran == [SYSTEM, SYSTEM]
    assert Marker.objects.get(name="worker_beat").at == NOON + timedelta(seconds=60)


def test_doing_a_job_twice_by_hand_has_one_effect(done: list[str]) -> None:
    enqueue("trial.mark", by=ASKER, name="a")
    claimed = claim()
    assert claimed is not None
    do(claimed)
    do(claimed)
    assert Marker.objects.filter(name="a").count() == 1
