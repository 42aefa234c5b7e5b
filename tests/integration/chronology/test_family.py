"""The family on a day, as recorded by whom; what is disputed is shown disputed."""

import uuid
from datetime import date

import pytest
from django.urls import reverse
from tests import world
from tests.integration.chronology.conftest import Review

from candour.chronology.models import FamilyTie
from candour.chronology.presenters.family import genogram
from candour.chronology.selectors.family import former_ties, ties_on
from candour.chronology.services.family import Tie, correct_tie, record_tie, withdraw_tie
from candour.identities.models import Identity
from candour.kernel.errors import Hidden, Invalid, NotPermitted

DAY = date(2014, 3, 1)


@pytest.fixture
def people(review: Review) -> tuple[Identity, Identity]:
    found = Identity.objects.filter(case=review.manager.case)
    return found.get(relationship="mother"), found.get(relationship="subject_child")


def the_tie(people: tuple[Identity, Identity], **more: object) -> Tie:
    told = {"kind": FamilyTie.Kind.LIVES_WITH, **more}
    return Tie(one=people[1], other=people[0], **told)  # type: ignore[arg-type]


def test_a_tie_that_surely_ended_before_the_day_is_not_shown(
    review: Review, people: tuple[Identity, Identity]
) -> None:
    ended = the_tie(people, since=date(2012, 1, 1), until=date(2013, 1, 1))
    record_tie(access=review.reviewer, tie=ended)
    record_tie(access=review.reviewer, tie=the_tie(people, since=date(2014, 1, 1)))

    (found,) = ties_on(review.reviewer, DAY)
    # Nobody recorded when it ended: it is shown as not sure.
    assert (found.tie.since, found.is_sure) == (date(2014, 1, 1), False)


def test_a_dispute_must_say_what_is_disputed(
    review: Review, people: tuple[Identity, Identity]
) -> None:
    with pytest.raises(Invalid, match="disputes"):
        record_tie(access=review.reviewer, tie=the_tie(people, is_disputed=True))
    with pytest.raises(Invalid, match="two different"):
        record_tie(access=review.reviewer, tie=the_tie((people[0], people[0])))


def test_the_picture_shows_disputed_ties_disputed_and_takes_names_as_words(
    review: Review, people: tuple[Identity, Identity]
) -> None:
    tie = the_tie(people, is_disputed=True, remark="The grandmother says with her")
    record_tie(access=review.reviewer, tie=tie)
    names = {str(people[0].pk): 'A "]; evil [label="x\\', str(people[1].pk): "<b>&Child"}

    drawn = genogram(ties_on(review.reviewer, None), names)
    if drawn is not None:
        text = drawn.decode()
        assert "disputed" in text and "stroke-dasharray" in text
        assert "<b>" not in text and "&lt;b&gt;" in text and text.count('class="node"') == 2


def test_the_page_lists_ties_with_pseudonyms_and_whose_record_they_are(
    review: Review, people: tuple[Identity, Identity]
) -> None:
    browser = world.a_browser(review.reviewer)
    place = {"reference": review.manager.case.reference}
    health = review.entry("health visitor").agency
    sent = {
        "one": str(people[1].pk),
        "kind": "lives_with",
        "other": str(people[0].pk),
        "agency": str(health.pk),
        "disputed": "no",
        "submission": str(uuid.uuid4()),
    }
    answer = browser.post(reverse("chronology:record_tie", kwargs=place), sent)
    assert answer.status_code == 302
    page = browser.get(answer["Location"]).content.decode()
    assert "lives in the household of Mother" in page and "Testshire Health" in page
    assert "Fictional" not in page
    assert "Ms Fictional" in browser.get(answer["Location"] + "?names=shown").content.decode()


def test_agencies_and_readers_change_nothing(
    review: Review, people: tuple[Identity, Identity]
) -> None:
    with pytest.raises(NotPermitted):
        record_tie(access=review.sub_group(), tie=the_tie(people))
    with pytest.raises(Hidden):
        ties_on(review.police, DAY)


def test_a_tie_recorded_by_mistake_leaves_the_page_and_is_kept(
    review: Review, people: tuple[Identity, Identity]
) -> None:
    tie = record_tie(access=review.reviewer, tie=the_tie(people))
    withdraw_tie(access=review.reviewer, tie=tie, seen_version=1)
    assert not ties_on(review.reviewer, None)
    assert FamilyTie.objects.count() == 1


def test_a_tie_is_corrected_and_what_it_said_before_is_kept_beside_it(
    review: Review, people: tuple[Identity, Identity]
) -> None:
    tie = record_tie(access=review.reviewer, tie=the_tie(people, remark="As the school wrote"))
    right = the_tie(people, kind=FamilyTie.Kind.SIBLING, since=DAY)
    correct_tie(access=review.reviewer, tie=tie, seen_version=1, told=right)

    (found,) = ties_on(review.reviewer, None)
    assert (found.tie.pk, found.tie.kind, found.tie.since) == (tie.pk, "sibling", DAY)
    (former,) = former_ties(review.reviewer)
    assert (former.kind, former.since, former.remark) == ("lives_with", None, "As the school wrote")
    with pytest.raises(NotPermitted):
        correct_tie(access=review.sub_group(), tie=tie, seen_version=2, told=right)
    withdraw_tie(access=review.reviewer, tie=tie, seen_version=2)
    with pytest.raises(Hidden):
        correct_tie(access=review.reviewer, tie=tie, seen_version=3, told=right)


def test_two_people_correcting_one_tie_lose_nothing(
    review: Review, people: tuple[Identity, Identity]
) -> None:
    tie = record_tie(access=review.reviewer, tie=the_tie(people))
    place = {"reference": review.manager.case.reference}
    address = reverse("chronology:correct_tie", kwargs=place | {"tie_id": tie.pk})
    browser = world.a_browser(review.reviewer)
    sent = {
        "one": str(people[1].pk),
        "kind": "other",
        "other": str(people[0].pk),
        "agency": "",
        "disputed": "no",
        "remark": "What I wrote",
        "version": "1",
    }
    assert browser.get(address).status_code == 200
    first = the_tie(people, kind=FamilyTie.Kind.SIBLING)
    correct_tie(access=review.manager, tie=tie, seen_version=1, told=first)

    refused = browser.post(address, sent | {"submission": str(uuid.uuid4())})
    shown = refused.content.decode()
    assert refused.status_code == 409
    assert "What I wrote" in shown and "is a brother or sister of" in shown

    again = browser.post(address, sent | {"version": "2", "submission": str(uuid.uuid4())})
    assert again.status_code == 302
    page = browser.get(again["Location"]).content.decode()
    assert "is otherwise related to Mother" in page
    assert "Before they were corrected" in page and "not sure for that day" not in page
