"""Pages ask the database at most thirty times, with a review of 1,200 entries."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
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
from candour.cases.access import Access
from candour.chronology.services import group
from candour.contributions.models import Entry
from candour.people.roles import Role

pytestmark = pytest.mark.django_db

PAGES = (
    "chronology:integrated",
    "chronology:undated",
    "chronology:events",
    "chronology:entry",
    "chronology:event",
    "analysis:overview",
    "analysis:chain",
    "analysis:unused",
    "analysis:where_used",
    "analysis:episode",
    "analysis:finding",
    "analysis:recommendation",
    "analysis:finding_entries",
)


def analysed(access: Access, entries: list[Entry]) -> dict[str, object]:
    """Events and a chain on these entries; answers with the parts of the pages' addresses."""
    for start in range(0, 30, 3):
        event = group(access=access, entries=entries[start : start + 3], title="Calls")
    for start in range(0, 100, 20):
        episode = add_episode(access=access, words=EpisodeWords(title="The week of the calls"))
        rest_on_entries(access=access, resting=episode, entries=entries[start : start + 15])
        words = FindingWords(statement="Calls are logged one by one")
        finding = add_finding(access=access, words=words, episodes=[episode])
        rest_on_entries(access=access, resting=finding, entries=entries[start : start + 5])
        asked = RecommendationWords(text="Join them up", addressee="The partnership")
        recommendation = add_recommendation(access=access, words=asked, findings=[finding])
    return {
        "chronology:entry": {"entry_id": entries[0].pk},
        "chronology:event": {"event_id": event.pk},
        "analysis:where_used": {"entry_id": entries[0].pk},
        "analysis:episode": {"episode_id": episode.pk},
        "analysis:finding": {"finding_id": finding.pk},
        "analysis:recommendation": {"recommendation_id": recommendation.pk},
        "analysis:finding_entries": {"resting_id": finding.pk},
    }


def test_no_page_asks_the_database_more_than_thirty_times(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    manager = world.an_incident()
    for number in range(3):
        content = world.a_made_up_chronology(400, seed=number)
        world.an_agency_with_entries(manager, f"Agency {number}", content)
    reviewer = world.a_member(manager, Role.LEAD_REVIEWER)
    parts = analysed(reviewer, list(Entry.objects.order_by("order", "pk")[:200]))
    browser = world.a_browser(reviewer)

    for page in PAGES:
        more = parts.get(page, {})
        address = reverse(page, kwargs={"reference": manager.case.reference} | more)
        with django_assert_max_num_queries(30, info=page):
            assert browser.get(address).status_code == 200
