"""Working on the entries: tags in bulk, undoing, comments without loss, saved filters."""

import uuid

import pytest
from django.http import HttpResponse
from django.urls import reverse
from tests import world
from tests.integration.chronology.conftest import Review

from candour.audit.models import Event as AuditEvent
from candour.chronology.models import EntryComment, Tagging
from candour.chronology.selectors.working import comments_on, filters_of, tag_names, tags_on
from candour.chronology.services import working
from candour.engines.contacts import Step
from candour.kernel.errors import EditedElsewhere, Hidden, NotPermitted, WrongState
from candour.people.roles import Role


def at(review: Review, page: str, **more: object) -> str:
    return reverse(
        f"chronology:{page}", kwargs={"reference": review.manager.case.reference, **more}
    )


def tags(review: Review, word: str) -> list[str]:
    entry = review.entry(word).pk
    return [each.name for each in tags_on(review.reviewer, [entry]).get(entry, [])]


def test_entries_are_tagged_together_and_undone_together(review: Review) -> None:
    officer, several = review.entry("Officer"), review.entry("Several")
    working.tag(access=review.reviewer, entries=[officer], name="housing")

    act = working.tag(access=review.reviewer, entries=[officer, several], name="housing")
    assert tags(review, "Several") == ["housing"]
    working.undo(access=review.reviewer, act=act)

    # The one that had it before keeps it.
    assert (tags(review, "Officer"), tags(review, "Several")) == (["housing"], [])
    with pytest.raises(WrongState, match="left to undo"):
        working.undo(access=review.reviewer, act=act)


def test_taking_a_tag_off_is_undone_too_and_all_of_it_is_kept(review: Review) -> None:
    officer = review.entry("Officer")
    working.tag(access=review.reviewer, entries=[officer], name="housing")
    tag = Tagging.objects.get().tag

    act = working.untag(access=review.reviewer, entries=[officer], tag=tag)
    assert tags(review, "Officer") == []
    working.undo(access=review.reviewer, act=act)

    assert tags(review, "Officer") == ["housing"]
    assert Tagging.objects.count() == 2
    names = AuditEvent.objects.filter(case_id=review.manager.case.pk).values_list("name", flat=True)
    assert {"chronology.tagged", "chronology.untagged", "chronology.tagging_undone"} <= set(names)


def test_only_who_did_it_can_undo_it(review: Review) -> None:
    act = working.tag(access=review.reviewer, entries=[review.entry("Officer")], name="housing")
    with pytest.raises(NotPermitted):
        working.undo(access=review.manager, act=act)


def test_who_only_reads_changes_nothing(review: Review) -> None:
    reader, entry = review.sub_group(), review.entry("Officer")
    with pytest.raises(NotPermitted):
        working.tag(access=reader, entries=[entry], name="housing")
    with pytest.raises(NotPermitted):
        working.comment(access=reader, entry=entry, words="Why?")


def test_agencies_see_neither_tags_nor_comments(review: Review) -> None:
    entry = review.entry("Officer")
    working.tag(access=review.reviewer, entries=[entry], step=Step.VISIT)
    working.comment(access=review.reviewer, entry=entry, words="Ask the officer")

    assert tag_names(review.police) == {}
    assert not comments_on(review.police, entry.pk)
    page = world.a_browser(review.police).get(at(review, "entry", entry_id=entry.pk))
    assert b"Ask the officer" not in page.content


def test_two_windows_on_one_comment_lose_nothing(review: Review) -> None:
    made = working.comment(access=review.reviewer, entry=review.entry("Officer"), words="First")
    seen = made.version
    working.change_comment(access=review.reviewer, comment=made, seen_version=seen, words="Second")
    with pytest.raises(EditedElsewhere):
        working.change_comment(
            access=review.reviewer, comment=made, seen_version=seen, words="Third"
        )

    address = at(review, "change_comment", comment_id=made.pk)
    answer = world.a_browser(review.reviewer).post(
        address, {"words": "Third", "version": seen, "submission": uuid.uuid4()}
    )
    assert answer.status_code == 409
    assert "Second" in answer.content.decode() and "Third" in answer.content.decode()
    assert EntryComment.objects.get().words == "Second"


def test_nobody_changes_another_persons_comment(review: Review) -> None:
    made = working.comment(access=review.reviewer, entry=review.entry("Officer"), words="First")
    with pytest.raises(NotPermitted):
        working.change_comment(access=review.manager, comment=made, seen_version=1, words="Mine")
    address = at(review, "change_comment", comment_id=made.pk)
    assert world.a_browser(review.manager).get(address).status_code == 403


def test_a_withdrawn_comment_leaves_the_page_and_is_kept(review: Review) -> None:
    entry = review.entry("Officer")
    made = working.comment(access=review.reviewer, entry=entry, words="First")
    working.withdraw_comment(access=review.reviewer, comment=made, seen_version=1)

    assert not comments_on(review.reviewer, entry.pk)
    assert EntryComment.objects.get().words == "First"


def test_every_comment_box_says_it_may_be_disclosed_to_a_court(review: Review) -> None:
    page = world.a_browser(review.reviewer).get(
        at(review, "comment", entry_id=review.entry("Officer").pk)
    )
    assert "court" in page.content.decode()


def posted(review: Review, page: str, data: dict[str, object], **more: object) -> HttpResponse:
    browser = world.a_browser(review.reviewer)
    sent = {"submission": str(uuid.uuid4()), **data}
    return browser.post(at(review, page, **more), sent)  # type: ignore[return-value]


def test_tagging_from_the_list_offers_to_undo_it_there(review: Review) -> None:
    entries = [str(review.entry(word).pk) for word in ("Officer", "Several")]
    answer = posted(review, "tag", {"entry": entries, "which": "new", "name": "housing"})
    assert answer.status_code == 302

    page = world.a_browser(review.reviewer).get(answer["Location"]).content.decode()
    assert "Done for 2 entries" in page and "Tags: housing" in page
    tagging = Tagging.objects.all()[0].pk
    assert posted(review, "undo", {}, tagging_id=tagging).status_code == 302
    assert tags(review, "Officer") == []


def test_the_list_is_filtered_by_tag(review: Review) -> None:
    working.tag(access=review.reviewer, entries=[review.entry("Officer")], step=Step.VISIT)
    (tag,) = tag_names(review.reviewer)

    page = world.a_browser(review.reviewer).get(at(review, "integrated") + f"?tag={tag}")
    assert "Entries 1 to 1 of 1" in page.content.decode()


def test_a_saved_filter_is_its_owners_alone(review: Review) -> None:
    answer = posted(review, "save_filter", {"name": "Calls", "query": "words=calls"})
    assert answer["Location"].endswith("?words=calls")

    (saved,) = filters_of(review.reviewer)
    assert not filters_of(review.manager)
    with pytest.raises(Hidden):
        working.forget_filter(access=review.manager, saved=saved)
    page = world.a_browser(review.reviewer).get(at(review, "integrated")).content.decode()
    assert "Your saved filters" in page
    assert posted(review, "forget_filter", {}, filter_id=saved.pk).status_code == 302
    assert not filters_of(review.reviewer)


def test_a_filter_without_a_name_is_asked_for_one_and_kept(review: Review) -> None:
    answer = posted(review, "save_filter", {"name": "", "query": "words=calls"})
    assert answer.status_code == 422
    assert "words=calls" in answer.content.decode()


def test_a_second_reviewer_sees_the_first_ones_tags_and_comments(review: Review) -> None:
    entry = review.entry("Officer")
    working.tag(access=review.reviewer, entries=[entry], name="housing")
    working.comment(access=review.reviewer, entry=entry, words="Ask the officer")
    second = world.a_member(review.manager, Role.SECOND_REVIEWER)

    page = world.a_browser(second).get(at(review, "entry", entry_id=entry.pk)).content.decode()
    assert "housing" in page and "Ask the officer" in page


def test_time_limits_count_only_steps_that_a_person_confirmed(review: Review) -> None:
    browser = world.a_browser(review.reviewer)
    assert "No entry has been found" in browser.get(at(review, "clocks")).content.decode()

    entry = review.entry("Officer")
    working.tag(access=review.reviewer, entries=[entry], step=Step.REFERRAL)
    page = browser.get(at(review, "clocks")).content.decode()

    # 5 March 2014 and one working day; the chronology ends on 31 March.
    assert "6 March 2014" in page and "Not recorded as met" in page and "(unverified)" in page
    assert world.a_browser(review.police).get(at(review, "clocks")).status_code == 404


def test_words_that_speak_of_a_step_wait_to_be_confirmed(review: Review) -> None:
    browser = world.a_browser(review.reviewer)
    address = at(review, "steps") + "?wanted=child_seen"
    assert "seen in the street" in browser.get(address).content.decode()

    working.tag(
        access=review.reviewer,
        entries=[review.entry("Sam Fictional"), review.entry("health visitor")],
        step=Step.CHILD_SEEN,
    )
    assert "No other entry seems" in browser.get(address).content.decode()
