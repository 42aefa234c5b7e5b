"""An episode that leans on an entry which was not held at its end prompts, and stops nothing."""

from datetime import date

import pytest
from django.urls import reverse
from tests import world

from candour.analysis.models import Episode
from candour.analysis.services.evidence import rest_on_entries
from candour.analysis.services.writing import EpisodeWords, add_episode
from candour.cases.access import Access
from candour.chronology.models import HeldStatement
from candour.chronology.selectors import chronology
from candour.chronology.selectors.facts import fact_of_entry
from candour.chronology.services import group
from candour.chronology.services.knowledge import HeldDetails, state_held
from candour.contributions.models import Entry
from candour.people.roles import Role

POLICE = b"Date,Event\n02/03/2014,Argument at the address\n20/03/2014,Second call\n"
CARE = b"Date,Event\n06/03/2014,Police notification of the argument\n"
ENDED = date(2014, 3, 4)


@pytest.fixture
def reviewer(db: None) -> Access:
    manager = world.an_incident()
    world.an_agency_with_entries(manager, "Testshire Police", POLICE)
    world.an_agency_with_entries(manager, "Testshire Social Care", CARE)
    return world.a_member(manager, Role.LEAD_REVIEWER)


def an_entry(word: str) -> Entry:
    return Entry.objects.get(what__contains=word)


def page(reviewer: Access, *words: str) -> str:
    episode: Episode = add_episode(
        access=reviewer, words=EpisodeWords(title="The first days", period_end=ENDED)
    )
    rest_on_entries(access=reviewer, resting=episode, entries=[an_entry(w) for w in words])
    address = reverse(
        "analysis:episode",
        kwargs={"reference": reviewer.case.reference, "episode_id": episode.pk},
    )
    return world.a_browser(reviewer).get(address).content.decode()


def test_an_entry_held_only_later_is_prompted_with_the_day_and_the_others_are_not(
    reviewer: Access,
) -> None:
    text = page(reviewer, "Second call", "Argument at")

    assert text.count("Look again:") == 1
    assert "hold this from: 20 March 2014" in text
    assert "Testshire Police" in text


def test_whoever_held_the_same_event_by_then_is_named_and_who_held_it_later_is_not(
    reviewer: Access,
) -> None:
    entries = [an_entry("Argument at"), an_entry("notification")]
    group(access=reviewer, entries=entries, title="Argument")

    section = page(reviewer, "Argument at").partition("Records held when")[2]

    assert "Testshire Police" in section.partition("</ul>")[0]
    assert "Testshire Social Care" not in section.partition("</ul>")[0]


def test_a_confirmed_statement_counts_from_the_day_that_it_says(reviewer: Access) -> None:
    entries = [an_entry("Argument at"), an_entry("notification")]
    group(access=reviewer, entries=entries, title="Argument")
    state_held(
        access=reviewer,
        fact=fact_of_entry(reviewer, chronology(reviewer), entries[0].pk),
        agency=entries[1].agency,
        evidence=entries[1],
        details=HeldDetails(
            HeldStatement.Status.RECORDED, HeldStatement.How.TOLD, date(2014, 3, 3), ENDED
        ),
    )

    section = page(reviewer, "Argument at").partition("Records held when")[2]

    assert "Testshire Social Care" in section.partition("</ul>")[0]


def test_an_episode_without_an_end_asks_nothing(reviewer: Access) -> None:
    episode = add_episode(access=reviewer, words=EpisodeWords(title="Still going"))
    rest_on_entries(access=reviewer, resting=episode, entries=[an_entry("Second")])
    address = reverse(
        "analysis:episode",
        kwargs={"reference": reviewer.case.reference, "episode_id": episode.pk},
    )

    assert "Records held when" not in world.a_browser(reviewer).get(address).content.decode()
