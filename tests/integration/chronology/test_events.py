"""Grouping by a person's hand: entries stay, differing accounts show, nobody overwrites another."""

import re
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests import world
from tests.integration.chronology.conftest import Review, lines

from candour.audit.models import Event as AuditEvent
from candour.chronology.models import Event, Grouping
from candour.chronology.presenters import differences
from candour.chronology.selectors import accounts_of, counted_events, event_of, events_of
from candour.chronology.services import group, rename_event, ungroup
from candour.contributions.models import Entry
from candour.kernel.errors import EditedElsewhere, Hidden, Invalid, NotPermitted, WrongState


def grouped(review: Review, *words: str, title: str = "Seen in the street") -> Event:
    entries = [review.entry(word) for word in words or ("seen in the street by", "Advice")]
    return group(access=review.reviewer, entries=entries, title=title)


@pytest.fixture
def seen(review: Review) -> Event:
    return grouped(review, "seen in the street, ", "by the health visitor")


def address(review: Review, page: str, **more: object) -> str:
    reference = {"reference": review.manager.case.reference}
    return reverse(f"chronology:{page}", kwargs=reference | more)


def hidden_fields(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(value)
    return found


def test_entries_of_several_agencies_are_grouped_and_themselves_untouched(
    review: Review, seen: Event
) -> None:
    before = {entry.pk: entry.text for entry in Entry.objects.all()}

    told = accounts_of(review.reviewer, seen)

    assert [line.place.agency_name for line in told] == ["Testshire Police", "Testshire Health"]
    assert {entry.pk: entry.text for entry in Entry.objects.all()} == before
    assert AuditEvent.objects.filter(name="chronology.grouped", subject=str(seen.pk)).exists()


def test_an_event_needs_two_entries_and_a_title(review: Review) -> None:
    one = review.entry("Officer")

    with pytest.raises(Invalid, match="two entries"):
        group(access=review.reviewer, entries=[one], title="A visit")
    with pytest.raises(Invalid, match="title"):
        group(access=review.reviewer, entries=[one, review.entry("Several")], title=" ")


def test_a_further_entry_joins_an_event_that_stands(review: Review, seen: Event) -> None:
    group(access=review.reviewer, entries=[review.entry("Officer")], event=seen)

    assert len(accounts_of(review.reviewer, seen)) == 3


def test_an_entry_tells_of_one_event_at_a_time(review: Review, seen: Event) -> None:
    taken = review.entry("by the health visitor")
    with pytest.raises(WrongState, match="already tells of another event"):
        group(access=review.reviewer, entries=[taken, review.entry("Several")], title="Calls")
    with pytest.raises(IntegrityError), transaction.atomic():
        Grouping.objects.create(
            case=seen.case, event=seen, entry=taken, by_id=review.reviewer.actor.id
        )


def test_what_was_taken_out_is_kept_on_record_and_may_be_grouped_elsewhere(
    review: Review, seen: Event
) -> None:
    entry = review.entry("by the health visitor")
    ungroup(access=review.reviewer, event=seen, entry_id=entry.pk)

    again = group(access=review.reviewer, entries=[entry, review.entry("Several")], title="Calls")

    assert Grouping.objects.filter(entry=entry).count() == 2
    assert len(accounts_of(review.reviewer, seen)) == 1
    assert len(accounts_of(review.reviewer, again)) == 2


def test_taking_out_twice_is_refused(review: Review, seen: Event) -> None:
    entry = review.entry("by the health visitor")
    ungroup(access=review.reviewer, event=seen, entry_id=entry.pk)

    with pytest.raises(WrongState, match="no longer part"):
        ungroup(access=review.reviewer, event=seen, entry_id=entry.pk)


def test_entries_of_another_case_or_no_longer_in_force_cannot_be_grouped(
    review: Review, seen: Event
) -> None:
    Entry.objects.filter(what__contains="Several").update(in_force=False)
    stranger = world.a_case()

    with pytest.raises(WrongState, match="no longer in force"):
        group(
            access=review.reviewer,
            entries=[review.entry("Several"), review.entry("Officer")],
            title="Calls",
        )
    with pytest.raises(WrongState, match="no longer in force"):
        group(access=stranger, entries=accounts_entries(review, seen), title="Calls")
    with pytest.raises(Hidden):
        event_of(stranger, seen.pk)


def accounts_entries(review: Review, event: Event) -> list[Entry]:
    return [line.entry for line in accounts_of(review.reviewer, event)]


def test_an_agencys_people_neither_group_nor_see_events(review: Review, seen: Event) -> None:
    with pytest.raises(NotPermitted):
        group(access=review.sub_group(), entries=accounts_entries(review, seen), title="Calls")
    with pytest.raises(Hidden):
        events_of(review.health)
    line = lines(review.health, review.entry("by the health visitor"))[0]
    assert line.event is None


def test_events_are_counted_by_the_accounts_that_are_in_force(review: Review, seen: Event) -> None:
    Entry.objects.filter(what__contains="by the health visitor").update(in_force=False)

    (counted,) = counted_events(review.reviewer)

    assert (counted.accounts, counted.agencies) == (1, 1)


def test_differing_days_are_said_plainly(review: Review, seen: Event) -> None:
    (told,) = differences(accounts_of(review.reviewer, seen))

    assert told == (
        "The accounts give different days. Testshire Police: 3 March 2014; "
        "Testshire Health: 4 March 2014."
    )


def test_accounts_that_can_be_of_one_day_are_not_called_different(review: Review) -> None:
    event = grouped(review, "Several", "Officer", title="Calls")

    assert differences(accounts_of(review.reviewer, event)) == []


def test_the_second_to_rename_sees_the_first_title(review: Review, seen: Event) -> None:
    rename_event(access=review.reviewer, event=seen, seen_version=1, title="Seen in town")

    with pytest.raises(EditedElsewhere):
        rename_event(access=review.manager, event=seen, seen_version=1, title="Sighting")
    answer = world.a_browser(review.manager).post(
        address(review, "rename", event_id=seen.pk),
        {"title": "Sighting", "version": "1", "submission": str(uuid4())},
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Saved by somebody else meanwhile: Seen in town" in page
    assert 'value="Sighting"' in page
    sent = {name: values[0] for name, values in hidden_fields(page).items()}
    again = world.a_browser(review.manager).post(
        address(review, "rename", event_id=seen.pk),
        {"title": "Sighting", "version": sent["version"], "submission": str(uuid4())},
    )
    assert again.status_code == 302
    assert Event.objects.get().title == "Sighting"


def choose(review: Review, browser: Client, *words: str) -> dict[str, list[str]]:
    ids = [str(review.entry(word).pk) for word in words]
    answer = browser.post(address(review, "group"), {"entry": ids})
    assert answer.status_code == 200
    sent = hidden_fields(answer.content.decode())
    assert sorted(sent["entry"]) == sorted(ids)
    return {name: sent[name] for name in ("entry", "submission")}


def test_entries_chosen_on_the_list_become_an_event_without_javascript(review: Review) -> None:
    browser = world.a_browser(review.reviewer)
    sent = choose(review, browser, "seen in the street, ", "by the health visitor")

    refused = browser.post(address(review, "group"), sent | {"which": "new", "title": ""})
    assert "Enter" in refused.content.decode()
    assert hidden_fields(refused.content.decode())["entry"] == sent["entry"]
    done = browser.post(address(review, "group"), sent | {"which": "new", "title": "Seen"})
    twice = browser.post(address(review, "group"), sent | {"which": "new", "title": "Seen"})

    assert done.status_code == twice.status_code == 302
    assert done["Location"] == twice["Location"]
    assert Event.objects.count() == 1
    page = browser.get(done["Location"]).content.decode()
    assert "The accounts give different days" in page
    assert "2 accounts side by side" in page
    assert "Seen" in browser.get(address(review, "events")).content.decode()


def test_entries_chosen_on_the_list_join_an_event_that_stands(review: Review, seen: Event) -> None:
    browser = world.a_browser(review.reviewer)
    sent = choose(review, browser, "Officer")

    browser.post(
        address(review, "group"),
        sent | {"which": "standing", "event": str(seen.pk), "title": ""},
    )

    assert len(accounts_of(review.reviewer, seen)) == 3


def test_an_entry_is_taken_out_on_the_events_page(review: Review, seen: Event) -> None:
    entry = review.entry("by the health visitor")
    browser = world.a_browser(review.reviewer)
    sent = {"submission": str(uuid4())}
    take_out = address(review, "take_out", event_id=seen.pk, entry_id=entry.pk)

    assert browser.post(take_out, sent).status_code == 302
    assert browser.post(take_out, sent).status_code == 302
    assert len(accounts_of(review.reviewer, seen)) == 1
    assert browser.get(take_out).status_code == 405
