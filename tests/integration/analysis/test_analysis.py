"""Findings rest on evidence of any kind, and every recommendation leads down to a file row."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from tests import world

from candour.analysis import selectors
from candour.analysis.models import ContributoryFactor, Episode, Evidence, Finding, Recommendation
from candour.analysis.selectors import Footing, footing, footing_of
from candour.analysis.services.evidence import (
    cite,
    rest_on_account,
    rest_on_entries,
    withdraw_evidence,
)
from candour.analysis.services.writing import (
    EpisodeWords,
    FindingWords,
    RecommendationWords,
    add_episode,
    add_factor,
    add_finding,
    add_recommendation,
    edit_episode,
    edit_finding,
    remove_factor,
    set_aside,
)
from candour.audit.models import Event as AuditEvent
from candour.cases.access import Access
from candour.chronology.selectors import chronology
from candour.contributions.models import Conversation, Entry
from candour.contributions.services.hearing_practitioners import (
    agree_conversation,
    explain_limits,
    invite_practitioner,
    record_conversation,
)
from candour.kernel import clock
from candour.kernel.errors import EditedElsewhere, Hidden, Invalid, NotPermitted, WrongState
from candour.people.roles import Role
from candour.reviews.models import Review

POLICE = b"""Date,Event
03/03/2014,Sam Fictional seen in the street
05/03/2014,Officer called at the address
06/03/2014,Nothing further
"""


@pytest.fixture
def manager(db: None) -> Access:
    found = world.an_incident(name="Sam Fictional")
    world.an_agency_with_entries(found, "Testshire Police", POLICE)
    return found


@pytest.fixture
def reviewer(manager: Access) -> Access:
    return world.a_member(manager, Role.LEAD_REVIEWER)


def an_episode(access: Access, title: str = "The week of the calls") -> Episode:
    return add_episode(access=access, words=EpisodeWords(title=title, what_happened="Calls"))


def a_finding(access: Access, *episodes: Episode) -> Finding:
    words = FindingWords(statement="Calls are logged one by one")
    return add_finding(access=access, words=words, episodes=episodes)


def a_recommendation(access: Access, *findings: Finding) -> Recommendation:
    words = RecommendationWords(text="How will calls be joined up?", addressee="The partnership")
    return add_recommendation(access=access, words=words, findings=findings)


def an_entry(word: str) -> Entry:
    return Entry.objects.get(what__contains=word)


def an_account(access: Access, agreed: bool = True) -> Conversation:
    today = clock.today()
    told = invite_practitioner(access=access, role_label="Officer", invited_on=today)
    told = explain_limits(
        access=access, conversation=told, seen_version=told.version, explained_on=today
    )
    told = record_conversation(
        access=access,
        conversation=told,
        seen_version=told.version,
        held_on=today,
        words="I saw one call at a time",
    )
    if agreed:
        told = agree_conversation(
            access=access, conversation=told, seen_version=told.version, agreed_on=today
        )
    return told


def page_of(access: Access, page: str, query: str = "", **more: object) -> str:
    address = reverse(f"analysis:{page}", kwargs={"reference": access.case.reference} | more)
    answer = world.a_browser(access).get(address + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_finding_on_entries_alone_says_that_nobody_has_been_asked_why(
    reviewer: Access,
) -> None:
    finding = a_finding(reviewer)
    assert footing_of(selectors.finding_of(reviewer, finding.pk)) is Footing.NOTHING

    rest_on_entries(access=reviewer, resting=finding, entries=[an_entry("Officer")])
    assert footing_of(selectors.finding_of(reviewer, finding.pk)) is Footing.ENTRIES_ALONE
    assert "Nobody has been asked why" in page_of(reviewer, "finding", finding_id=finding.pk)

    rest_on_account(access=reviewer, resting=finding, account=an_account(reviewer))
    assert footing_of(selectors.finding_of(reviewer, finding.pk)) is Footing.SEVERAL
    page = page_of(reviewer, "finding", finding_id=finding.pk)
    assert "Nobody has been asked why" not in page
    assert "Practitioner account 1" in page


@pytest.mark.parametrize("kind", [k for k in Evidence.Kind if k is not Evidence.Kind.ENTRY])
def test_any_other_kind_of_evidence_beside_entries_lifts_the_mark(kind: Evidence.Kind) -> None:
    assert footing([Evidence.Kind.ENTRY, kind]) is Footing.SEVERAL


def test_withdrawn_evidence_no_longer_counts_and_is_kept(reviewer: Access) -> None:
    finding = a_finding(reviewer)
    (evidence,) = rest_on_entries(access=reviewer, resting=finding, entries=[an_entry("Officer")])

    withdraw_evidence(access=reviewer, evidence=evidence)

    assert footing_of(selectors.finding_of(reviewer, finding.pk)) is Footing.NOTHING
    assert Evidence.objects.get().removed_at is not None
    with pytest.raises(WrongState, match="no longer rests"):
        withdraw_evidence(access=reviewer, evidence=evidence)


def test_resting_twice_on_the_same_entry_changes_nothing(reviewer: Access) -> None:
    finding, entry = a_finding(reviewer), an_entry("Officer")
    rest_on_entries(access=reviewer, resting=finding, entries=[entry])

    assert rest_on_entries(access=reviewer, resting=finding, entries=[entry]) == []
    assert Evidence.objects.count() == 1


def test_an_account_that_is_not_agreed_cannot_be_cited(reviewer: Access) -> None:
    account = an_account(reviewer, agreed=False)

    with pytest.raises(WrongState, match="agreed"):
        rest_on_account(access=reviewer, resting=a_finding(reviewer), account=account)


def test_an_account_is_not_offered_to_who_may_not_read_conversations(
    reviewer: Access, manager: Access
) -> None:
    account = an_account(reviewer)

    with pytest.raises(NotPermitted):
        rest_on_account(access=manager, resting=a_finding(reviewer), account=account)


def test_nothing_rests_on_another_cases_entries(reviewer: Access) -> None:
    elsewhere = world.a_case()
    finding = a_finding(world.a_member(elsewhere, Role.LEAD_REVIEWER))
    stranger = world.a_member(elsewhere, Role.SECOND_REVIEWER)

    with pytest.raises(WrongState, match="no longer in force"):
        rest_on_entries(access=stranger, resting=finding, entries=[an_entry("Officer")])
    with pytest.raises(Hidden):
        rest_on_entries(access=reviewer, resting=finding, entries=[an_entry("Officer")])
    with pytest.raises(Hidden):
        selectors.finding_of(reviewer, finding.pk)


@pytest.mark.parametrize(
    ("citation", "address", "code"),
    [("", "", "citation_missing"), ("A study", "javascript:x", "address_not_read")],
)
def test_a_citation_needs_words_and_a_real_address(
    reviewer: Access, citation: str, address: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        cite(
            access=reviewer,
            resting=a_finding(reviewer),
            kind=Evidence.Kind.RESEARCH,
            citation=citation,
            address=address,
        )
    assert refused.value.code == code


def test_a_recommendation_rests_on_at_least_one_finding(reviewer: Access) -> None:
    with pytest.raises(Invalid, match="findings"):
        a_recommendation(reviewer)


def test_a_method_that_asks_questions_makes_questions(reviewer: Access) -> None:
    finding = a_finding(reviewer)
    assert not a_recommendation(reviewer, finding).is_question

    Review.objects.filter(case=reviewer.case).update(asks_questions=True)

    assert a_recommendation(reviewer, finding).is_question
    assert "Question 2" in page_of(reviewer, "overview")


def test_numbers_run_on_and_what_was_set_aside_keeps_its_own(reviewer: Access) -> None:
    finding = a_finding(reviewer)
    first = a_recommendation(reviewer, finding)
    set_aside(access=reviewer, written=first, seen_version=1, why="Said twice")

    assert a_recommendation(reviewer, finding).number == 2
    assert list(Recommendation.objects.values_list("number", flat=True)) == [2]
    assert Recommendation._base_manager.count() == 2


def test_an_episode_set_aside_leaves_findings_and_evidence(reviewer: Access) -> None:
    episode = an_episode(reviewer)
    rest_on_entries(access=reviewer, resting=episode, entries=[an_entry("Officer")])
    finding = a_finding(reviewer, episode)

    set_aside(access=reviewer, written=episode, seen_version=1, why="Not part of the story")

    assert list(finding.episodes.all()) == []
    assert len(selectors.used_nowhere(reviewer, chronology(reviewer))) == 3
    with pytest.raises(Hidden):
        selectors.episode_of(reviewer, episode.pk)


def test_contributory_factors_stand_in_their_group_until_removed(reviewer: Access) -> None:
    episode = an_episode(reviewer)
    group = ContributoryFactor.Group.CONDITIONS
    factor = add_factor(access=reviewer, episode=episode, group=group, text="One log a shift")
    assert "Conditions of work" in page_of(reviewer, "episode", episode_id=episode.pk)

    remove_factor(access=reviewer, factor=factor)

    assert "One log a shift" not in page_of(reviewer, "episode", episode_id=episode.pk)
    with pytest.raises(Hidden):
        remove_factor(access=reviewer, factor=factor)


def test_a_period_that_ends_before_it_starts_is_refused(reviewer: Access) -> None:
    words = EpisodeWords(title="Week", period_start=date(2014, 3, 9), period_end=date(2014, 3, 3))
    with pytest.raises(Invalid, match="before it starts"):
        add_episode(access=reviewer, words=words)


def test_who_reads_the_analysis_may_not_write_it_and_agencies_see_none(
    manager: Access, reviewer: Access
) -> None:
    panel = world.a_member(manager, Role.REVIEW_PANEL)
    with pytest.raises(NotPermitted):
        a_finding(panel)
    agency = Entry.objects.all()[0].agency
    signer = world.a_member(manager, Role.AGENCY_AUTHOR, agency=agency)
    overview = reverse("analysis:overview", kwargs={"reference": manager.case.reference})

    assert world.a_browser(signer).get(overview).status_code == 404
    assert "Write a finding" not in page_of(panel, "overview")


def test_the_second_to_save_sees_both_texts_and_loses_nothing(reviewer: Access) -> None:
    finding = a_finding(reviewer)
    words = FindingWords(statement="Calls were never joined up")
    edit_finding(access=reviewer, finding=finding, seen_version=1, words=words)
    with pytest.raises(EditedElsewhere):
        edit_finding(access=reviewer, finding=finding, seen_version=1, words=words)

    typed = {
        "statement": "Mine, typed meanwhile",
        "version": "1",
        "submission": str(uuid4()),
    }
    address = reverse(
        "analysis:finding_edit",
        kwargs={"reference": reviewer.case.reference, "finding_id": finding.pk},
    )
    answer = world.a_browser(reviewer).post(address, typed)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Calls were never joined up" in page
    assert "Mine, typed meanwhile" in page
    again = typed | {"version": "2", "submission": str(uuid4())}
    assert world.a_browser(reviewer).post(address, again).status_code == 302
    assert Finding.objects.get().statement == "Mine, typed meanwhile"


def test_a_form_sent_twice_writes_once(reviewer: Access) -> None:
    address = reverse("analysis:episode_add", kwargs={"reference": reviewer.case.reference})
    sent = {"title": "The week of the calls", "submission": str(uuid4())}
    browser = world.a_browser(reviewer)

    first, second = browser.post(address, sent), browser.post(address, sent)

    assert first["Location"] == second["Location"]
    assert Episode.objects.count() == 1


def test_words_of_hindsight_are_prompted_after_saving_and_stop_nothing(reviewer: Access) -> None:
    address = reverse("analysis:episode_add", kwargs={"reference": reviewer.case.reference})
    answer = world.a_browser(reviewer).post(
        address,
        {"title": "Week", "what_happened": "The officer failed to call back."},
        follow=True,
    )

    page = answer.content.decode()
    assert Episode.objects.exists()
    assert "Words to look at again" in page
    assert "<mark>failed to</mark>" in page


def test_the_chain_leads_from_a_recommendation_to_the_row_of_a_file_and_back(
    reviewer: Access,
) -> None:
    episode, entry = an_episode(reviewer), an_entry("Sam Fictional")
    rest_on_entries(access=reviewer, resting=episode, entries=[entry], note="The first call")
    finding = a_finding(reviewer, episode)
    rest_on_entries(access=reviewer, resting=finding, entries=[an_entry("Officer")])
    recommendation = a_recommendation(reviewer, finding)

    page = page_of(reviewer, "chain")

    order = ["Recommendation 1", "Finding 1", "Nobody has been asked why", "Officer called"]
    order += ["Episode 1", "The first call"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    name = entry.submission.document.neutral_name
    assert f"{name}, table 1, row {entry.row_index}" in page
    assert "Fictional" not in page
    assert "Sam Fictional" in page_of(reviewer, "chain", "?names=shown")
    one = page_of(reviewer, "recommendation", recommendation_id=recommendation.pk)
    assert name in one
    back = page_of(reviewer, "where_used", entry_id=entry.pk)
    assert all(words in back for words in ("Episode 1", "Finding 1", "Recommendation 1"))


def test_entries_used_nowhere_are_counted_and_listed(reviewer: Access) -> None:
    rest_on_entries(access=reviewer, resting=an_episode(reviewer), entries=[an_entry("Officer")])

    assert "2 entries of 3" in re.sub(r"<[^>]+>", "", page_of(reviewer, "overview"))
    page = page_of(reviewer, "unused")
    assert "Nothing further" in page
    assert "Officer called" not in page


def test_evidence_whose_file_was_replaced_says_so(reviewer: Access) -> None:
    finding = a_finding(reviewer)
    rest_on_entries(access=reviewer, resting=finding, entries=[an_entry("Officer")])
    Entry.objects.update(in_force=False)

    page = page_of(reviewer, "finding", finding_id=finding.pk)

    assert "has since replaced" in page
    assert "Officer called" not in page


def test_entries_are_searched_and_chosen_on_a_page(reviewer: Access) -> None:
    finding, entry = a_finding(reviewer), an_entry("Officer")
    address = reverse(
        "analysis:finding_entries",
        kwargs={"reference": reviewer.case.reference, "resting_id": finding.pk},
    )
    browser = world.a_browser(reviewer)

    found = browser.get(address + "?words=officer").content.decode()
    assert str(entry.pk) in found
    assert str(an_entry("Nothing").pk) not in found
    nothing = browser.post(address, {"note": "The call", "submission": str(uuid4())})
    assert nothing.status_code == 422
    assert "The call" in nothing.content.decode()
    browser.post(address, {"entry": [str(entry.pk)], "note": "", "submission": str(uuid4())})

    assert Evidence.objects.get().entry == entry
    assert str(entry.pk) not in browser.get(address).content.decode()


def test_accounts_and_citations_are_chosen_on_pages(reviewer: Access) -> None:
    finding, account = a_finding(reviewer), an_account(reviewer)
    browser = world.a_browser(reviewer)

    def send(page: str, **told: str) -> None:
        address = reverse(
            f"analysis:finding_{page}",
            kwargs={"reference": reviewer.case.reference, "resting_id": finding.pk},
        )
        assert browser.get(address).status_code == 200
        sent = browser.post(address, told | {"submission": str(uuid4())})
        assert sent.status_code == 302, sent.content.decode()

    send("account", account=str(account.pk), note="")
    send("citation", kind="policy", citation="Call handling policy, version 3", address="")

    kinds = set(Evidence.objects.values_list("kind", flat=True))
    assert kinds == {"conversation", "policy"}
    assert AuditEvent.objects.filter(name="analysis.evidence_added").count() == 2


def test_evidence_is_withdrawn_on_the_page(reviewer: Access) -> None:
    finding = a_finding(reviewer)
    (evidence,) = rest_on_entries(access=reviewer, resting=finding, entries=[an_entry("Officer")])
    address = reverse(
        "analysis:evidence_withdraw",
        kwargs={"reference": reviewer.case.reference, "evidence_id": evidence.pk},
    )
    browser, sent = world.a_browser(reviewer), {"submission": str(uuid4())}

    assert browser.post(address, sent).status_code == 302
    assert browser.post(address, sent).status_code == 302
    assert Evidence.objects.get().removed_at is not None


def test_an_edit_that_nobody_crossed_is_saved(reviewer: Access) -> None:
    episode = an_episode(reviewer)
    words = EpisodeWords(title="The fortnight", how_it_looked="One call among forty")

    saved = edit_episode(access=reviewer, episode=episode, seen_version=1, words=words)

    assert (saved.title, saved.how_it_looked, saved.version) == (
        "The fortnight",
        "One call among forty",
        2,
    )
