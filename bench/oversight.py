"""Server time of the national panel's desk and of its statistics.

    .venv/bin/python bench/oversight.py [NOTIFICATIONS] [TIMES]

Fills a desk in a database of its own with 10,000 notifications of 500 partnerships over 20 years,
and asks for its pages as somebody who works there: middleware, queries and rendering in one
process. The aim: a desk page in 300 ms at the 95th percentile, figures of a year in 2 s. Beside
it, what everybody has: the same year counted with the standard library over rows already read.
"""

import gc
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
sys.path.insert(0, str(Path(__file__).parents[1]))

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)
from django.urls import reverse  # noqa: E402


def build(notifications: int) -> tuple[Client, dict[str, str]]:
    """The desk, and the addresses that are measured."""
    from tests import world
    from tests.integration.oversight.notifications import fill_desk

    from candour.oversight.models import DeskMember, NationalBody, Notified
    from candour.people.second_factor import confirm

    desk = NationalBody.objects.create(
        name="The national panel", kind="panel", began_on=date(2005, 1, 1), has_desk=True
    )
    fill_desk(desk, notifications, partnerships=500)
    user = world.a_user()
    DeskMember.objects.create(desk=desk, user=user)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    confirm(session, user)
    session.save()
    listed = reverse("oversight:desk", args=[desk.pk])
    one = Notified.objects.filter(desk=desk).first()
    assert one is not None
    figures = reverse("oversight:figures", args=[desk.pk])
    return client, {
        "desk, first page": listed,
        "desk, last page": f"{listed}?page=200",
        "desk, overdue": f"{listed}?show=overdue",
        "desk, decisions not to review": f"{listed}?show=no_review",
        "desk, one region and year": f"{listed}?region=london&year=2015",
        "desk, words sought": f"{listed}?words=Partnership%20123",
        "one incident": reverse("oversight:notified", args=[desk.pk, one.pk]),
        "figures of one year": f"{figures}?year=2015-01-01",
        "figures as Excel": reverse("oversight:figures_file", args=[desk.pk, "2015-01-01", "xlsx"]),
        "annual report (20 years), Word": reverse(
            "oversight:report_file", args=[desk.pk, "2015-01-01", "docx"]
        ),
    }


def milliseconds(act: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor time."""
    wall, processor = time.perf_counter(), time.process_time()
    act()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - processor)


def show(name: str, taken: list[tuple[float, float]], queries: int | str) -> None:
    walls, processors = zip(*taken, strict=True)
    p95 = statistics.quantiles(walls, n=20)[-1]
    p95_processor = statistics.quantiles(processors, n=20)[-1]
    print(
        f"{name:34}{statistics.median(walls):10.0f}{p95:10.0f}"
        f"{statistics.median(processors):12.0f}{p95_processor:10.0f}{queries:>9}"
    )


def rival() -> None:
    """Nature by region of one year, counted over rows already in memory."""
    from candour.oversight.models import Notified

    rows = list(Notified.objects.values_list("region", "nature", "notified_on"))
    taken = [
        milliseconds(
            lambda: Counter((region, nature) for region, nature, day in rows if day.year == 2015)
        )
        for _ in range(20)
    ]
    show("rival: Counter over read rows", taken, "none")


def main(notifications: int = 10_000, times: int = 20) -> None:
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    try:
        browser, addresses = build(notifications)
        gc.collect()
        gc.freeze()
        print(
            f"{'page':34}{'median ms':>10}{'p95 ms':>10}{'cpu median':>12}{'cpu p95':>10}"
            f"{'queries':>9}  ({notifications} notifications, {connection.vendor})"
        )
        for name, address in addresses.items():
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(address).status_code == 200, name
                queries = len(asked)
            taken = [milliseconds(lambda: browser.get(address)) for _ in range(times)]  # noqa: B023
            show(name, taken, queries)
        rival()
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
