"""Server time of the workspace's heavier pages with a review of 1,200 entries.

    .venv/bin/python bench/workspace_pages.py [ENTRIES] [TIMES]

Builds the review through the real services in a database of its own, then asks for every page
as its lead reviewer. Median and 95th percentile in milliseconds, in one process, middleware and
rendering included; queries of one request; before them the first request after a change, which
puts the whole chronology in order anew. The aim: median under 100, p95 under 200, 30 queries.
"""

import gc
import os
import statistics
import sys
import time
from collections.abc import Iterator
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

AGENCIES = 9


def build(entries: int) -> tuple[Client, dict[str, str]]:
    """The review, and the addresses of the pages that are measured."""
    from tests import world

    from candour.analysis.services.evidence import rest_on_entries
    from candour.analysis.services.writing import (
        EpisodeWords,
        FindingWords,
        RecommendationWords,
        add_episode,
        add_finding,
        add_recommendation,
    )
    from candour.chronology.services import group
    from candour.contributions.models import Entry
    from candour.identities.models import Identity
    from candour.identities.sealed import RealIdentity
    from candour.identities.services import enter
    from candour.people.roles import Role

    manager = world.an_incident(name="Sam Fictional")
    for number in range(70):
        forms = (f"Alex Quibble{number}", f"Ms Quibble{number}", f"Lexie{number}")
        enter(
            access=manager,
            kind=Identity.Kind.PERSON,
            relationship=Identity.Relationship.OTHER_PERSON,
            pseudonym=f"Person {number}",
            real=RealIdentity(forms=("Jo Fictional", "Mr Fictional") if not number else forms),
        )
    for number in range(AGENCIES):
        rows = entries // AGENCIES + (number < entries % AGENCIES)
        world.an_agency_with_entries(
            manager, f"Agency {number}", world.a_made_up_chronology(rows, number)
        )
    reviewer = world.a_member(manager, Role.LEAD_REVIEWER)
    found = list(Entry.objects.filter(case=manager.case).order_by("order", "pk"))
    for number in range(60):
        event = group(
            access=reviewer, entries=found[number * 3 : number * 3 + 3], title=f"Event {number}"
        )
    for number in range(10):
        chosen = found[number * 20 : number * 20 + 12]
        episode = add_episode(access=reviewer, words=EpisodeWords(title=f"Episode {number}"))
        rest_on_entries(access=reviewer, resting=episode, entries=chosen)
        finding = add_finding(
            access=reviewer, words=FindingWords(statement="What was found"), episodes=[episode]
        )
        rest_on_entries(access=reviewer, resting=finding, entries=chosen[:6])
        words = RecommendationWords(text="What is asked", addressee="The partnership")
        add_recommendation(access=reviewer, words=words, findings=[finding])
    return world.a_browser(reviewer), dict(
        _addresses(manager.case.reference, found[0].pk, event.pk, finding.pk)
    )


def _addresses(
    reference: str, entry: object, event: object, finding: object
) -> Iterator[tuple[str, str]]:
    def at(page: str, **more: object) -> str:
        return reverse(page, kwargs={"reference": reference} | more)

    yield "case overview", at("case")
    yield "chronology, first page", at("chronology:integrated")
    yield "chronology, sixth page", at("chronology:integrated") + "?page=6"
    yield "chronology, with names", at("chronology:integrated") + "?names=shown"
    yield (
        "chronology, one period",
        at("chronology:integrated")
        + ("?since-day=1&since-month=1&since-year=2014&until-day=1&until-month=6&until-year=2014"),
    )
    yield "chronology, words sought", at("chronology:integrated") + "?words=strategy"
    yield "lanes", at("chronology:lanes")
    yield "lanes, what is drawn by agency", at("chronology:lanes_data")
    yield "lanes, what is drawn by person", at("chronology:lanes_data") + "?by=person"
    yield "gaps in contact", at("chronology:gaps")
    yield "contact and time limits", at("chronology:clocks")
    yield "entries without a date", at("chronology:undated")
    yield "entry with its source row", at("chronology:entry", entry_id=entry)
    yield "events", at("chronology:events")
    yield "event, accounts side by side", at("chronology:event", event_id=event)
    yield "analysis", at("analysis:overview")
    yield "finding", at("analysis:finding", finding_id=finding)
    yield "chain to file rows", at("analysis:chain")
    yield "entries used nowhere", at("analysis:unused")
    yield "export to Word", at("chronology:word")
    yield "export to CSV", at("chronology:csv")


def milliseconds(browser: Client, address: str) -> float:
    start = time.perf_counter()
    answer = browser.get(address)
    taken = 1000 * (time.perf_counter() - start)
    assert answer.status_code == 200, (address, answer.status_code)
    return taken


def main(entries: int = 1200, times: int = 15) -> None:
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        browser, addresses = build(entries)
        # What building the review left behind is no part of a page's time.
        gc.collect()
        gc.freeze()
        heads = "".join(f"{head:>10}" for head in ("first ms", "median ms", "p95 ms", "queries"))
        print(f"{'page':32}{heads}  ({entries} entries)")
        for name, address in addresses.items():
            first = milliseconds(browser, address)
            with CaptureQueriesContext(connection) as asked:
                browser.get(address)
                queries = len(asked)
            taken = [milliseconds(browser, address) for _ in range(times)]
            p95 = statistics.quantiles(taken, n=20)[-1]
            print(f"{name:32}{first:10.0f}{statistics.median(taken):10.0f}{p95:10.0f}{queries:10}")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
