"""Server time of the chronology's pages over a review of many entries, on either database.

    .venv/bin/python bench/pages_at_size.py [ENTRIES] [TIMES]
    CANDOUR_TEST_DATABASE=postgres .venv/bin/python bench/pages_at_size.py

The people, agencies and first rows go through the real services; the bulk of the rows are copied
through the models, for speed. Each page is asked for as the lead reviewer, middleware and rendering
included. Milliseconds by the clock and of this process's processor (the database server's own is
not seen), median and 95th percentile; `first` is the first request after an agency has signed off.
"""

import gc
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
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

from candour.cases.access import Access  # noqa: E402
from candour.contributions.models import Entry, EntryPlace, Submission  # noqa: E402
from candour.contributions.placing import place  # noqa: E402

AGENCIES = 9
AT_ONCE = 2_000
FIRST_DAY, DAYS = date(2001, 1, 1), 5_400
WORDS = (
    "Health visitor saw mother and child at home. Weight on the 25th centile, feeding well.",
    "Telephone call from the school: child tired, no lunch. Advice given; to be reviewed.",
    "Strategy discussion held by telephone. Section 47 enquiries to begin; visit the same day.",
    "Officer attended the address. Nobody in. Card left. Neighbour said that they had gone away.",
    "Appointment missed. Letter sent. Mother rang later to say that the bus had not come.",
)


def build(entries: int) -> Access:
    """A review of so many entries of nine agencies; answers with its lead reviewer."""
    from tests import world

    from candour.identities.models import Identity
    from candour.identities.sealed import RealIdentity
    from candour.identities.services import enter
    from candour.people.roles import Role

    manager = world.an_incident(name="Sam Fictional")
    for number in range(40):
        enter(
            access=manager,
            kind=Identity.Kind.PERSON,
            relationship=Identity.Relationship.SIBLING
            if number < 2
            else Identity.Relationship.OTHER_PERSON,
            pseudonym=f"Person {number}",
            real=RealIdentity(forms=(f"Alex Quibble{number}",), born="2009-01-03"),
        )
    for number in range(AGENCIES):
        content = world.a_made_up_chronology(3, number)
        world.an_agency_with_entries(manager, f"Agency {number}", content)
    for submission in Submission.objects.filter(case=manager.case):
        copy(submission, entries // AGENCIES)
    return world.a_member(manager, Role.LEAD_REVIEWER)


def copy(submission: Submission, rows: int) -> None:
    """So many rows of one agency, in place of the few that it sent."""
    EntryPlace.objects.filter(submission=submission).delete()
    like = Entry.objects.filter(submission=submission)[0]
    some = random.Random(submission.number + rows)
    for start in range(0, rows, AT_ONCE):
        Entry.objects.bulk_create(
            row(like, 100 + at, some) for at in range(start, min(start + AT_ONCE, rows))
        )
    place(submission)


def row(like: Entry, at: int, some: random.Random) -> Entry:
    """A made-up row; one in ten is known to its month alone, one in two hundred to its year."""
    day = FIRST_DAY + timedelta(days=some.randrange(DAYS))
    latest = day
    if some.random() < 0.1:
        day, latest = day.replace(day=1), day.replace(day=28)
    elif some.random() < 0.005:
        day, latest = day.replace(month=1, day=1), day.replace(month=12, day=31)
    what = f"{some.choice(WORDS)} {some.choice(WORDS)} Alex Quibble{some.randrange(60)} told."
    time_from = f"{some.randrange(24):02}:{some.randrange(60):02}" if some.random() < 0.5 else ""
    raw = day.strftime("%d/%m/%Y")
    return Entry(
        case_id=like.case_id,
        submission=like.submission,
        agency_id=like.agency_id,
        table=1,
        row_index=at,
        order=at,
        date_raw=raw,
        edtf=day.isoformat() if day == latest else f"{day}/{latest}",
        earliest=day,
        latest=latest,
        time_raw=time_from,
        time_from=time_from,
        time_to=time_from,
        basis="typed",
        as_of=like.as_of,
        what=what,
        text={"Date": raw, "Event": what, "Action taken": some.choice(WORDS)},
        roles={"Date": "date", "Event": "event", "Action taken": "response"},
        in_force=True,
    )


def addresses(reviewer: Access) -> Iterator[tuple[str, str]]:
    """The pages that are measured."""
    some = Entry.objects.filter(case=reviewer.case, in_force=True).order_by("pk")[0]

    def at(page: str, **more: object) -> str:
        return reverse(f"chronology:{page}", kwargs={"reference": reviewer.case.reference} | more)

    period = "since-day=1&since-month=1&since-year=2008&until-day=1&until-month=6&until-year=2009"
    day = f"agency={some.agency_id}&on-day=1&on-month=1&on-year=2009"
    pages = EntryPlace.objects.filter(case=reviewer.case).count() // 100
    yield "first page", at("integrated")
    yield "page in the middle", at("integrated") + f"?page={pages // 2}"
    yield "last page", at("integrated") + f"?page={pages}"
    yield "with names", at("integrated") + "?names=shown&page=7"
    yield "one agency", at("integrated") + f"?agency={some.agency_id}&page=3"
    yield "one period", at("integrated") + f"?{period}"
    yield "one agency in a period", at("integrated") + f"?{period}&agency={some.agency_id}"
    yield "words in many entries", at("integrated") + "?words=strategy"
    yield "words in few entries", at("integrated") + "?words=quibble41+told"
    yield "a pseudonym", at("integrated") + "?words=person+3"
    yield "entry with its source row", at("entry", entry_id=some.pk)
    yield "entries without a date", at("undated")
    yield "lanes", at("lanes")
    yield "lanes, what is drawn", at("lanes_data")
    yield "lanes, one year drawn", at("lanes_data") + f"?{period}"
    yield "one mark told", at("lanes_data") + "?number=500"
    yield "gaps in contact", at("gaps")
    yield "records held on a day", at("held_on") + f"?{day}"
    yield "the same, strictly", at("held_on") + f"?{day}&how=strict"


def taken(browser: Client, address: str) -> tuple[float, float]:
    """Milliseconds of one request, by the clock and of the processor."""
    clock, own = time.perf_counter(), time.process_time()
    answer = browser.get(address)
    found = 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - own)
    assert answer.status_code == 200, (address, answer.status_code)
    return found


def measure(reviewer: Access, times: int) -> None:
    """One line a page."""
    from tests import world

    browser = world.a_browser(reviewer)
    heads = ("first", "median", "p95", "own", "own p95", "queries")
    print(f"{'page':28}" + "".join(f"{head:>9}" for head in heads))
    for name, address in addresses(reviewer):
        # As if an agency had signed off: whatever was worked out before no longer counts.
        Submission.objects.filter(case=reviewer.case, number=1).update(
            version=time.time_ns() % 10**9
        )
        first = taken(browser, address)[0]
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        clock, own = zip(*(taken(browser, address) for _ in range(times)), strict=True)
        figures = (first, *both(clock), *both(own), len(asked))
        print(f"{name:28}" + "".join(f"{figure:9.0f}" for figure in figures), flush=True)


def both(found: tuple[float, ...]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return statistics.median(found), statistics.quantiles(found, n=20)[-1]


def main(entries: int = 100_000, times: int = 15) -> None:
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        start = time.perf_counter()
        reviewer = build(entries)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("vacuum analyze")
        gc.collect()
        gc.freeze()
        rows = EntryPlace.objects.count()
        print(f"{rows} entries on {connection.vendor}, made in {time.perf_counter() - start:.0f} s")
        measure(reviewer, times)
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
