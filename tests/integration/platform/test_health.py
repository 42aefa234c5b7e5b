"""Health says whether the installation is well, to anybody, and nothing of any case."""

from datetime import timedelta

import pytest
from django.test import Client

from candour.kernel import clock
from candour.platform import health
from candour.platform.models import Marker

pytestmark = pytest.mark.django_db


def test_well_while_database_worker_and_disk_are(client: Client) -> None:
    with clock.standing_at(clock.now()):
        Marker.objects.create(name=health.WORKER_BEAT)
        answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {
        "well": True,
        "database": "answers",
        "worker": "runs",
        "worker_seconds": 0,
        "disk": "has room",
        "disk_free_percent": answer.json()["disk_free_percent"],
    }


@pytest.mark.parametrize(
    ("age", "said"), [(None, "has never run"), (timedelta(minutes=5), "is silent")]
)
def test_unwell_without_a_worker(client: Client, age: timedelta | None, said: str) -> None:
    if age:
        Marker.objects.create(name=health.WORKER_BEAT, at=clock.now() - age)
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["worker"]) == (503, said)


def test_unwell_when_the_disk_is_nearly_full(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    Marker.objects.create(name=health.WORKER_BEAT)
    monkeypatch.setattr(health, "_free_percent", lambda: 4)
    assert client.get("/health").json()["disk"] == "full"
