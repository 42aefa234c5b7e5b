"""The check lists what it found and what it did not; two different people decide."""

import pytest
from django.urls import reverse
from tests import world
from tests.queries import at_most

from candour.audit.models import Event
from candour.cases.access import Access
from candour.disclosure import services
from candour.disclosure.bundles import opened_bundle
from candour.disclosure.models import Acceptance, Bundle, Check, Match
from candour.disclosure.selectors import (
    is_current,
    matches_of,
    open_matches,
)
from candour.disclosure.services import accept, ask_for_check
from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.identities.services import enter
from candour.kernel.errors import Hidden, Invalid, NotPermitted, WrongState
from candour.people.roles import Role
from candour.platform import child
from candour.platform.child import ReadingFailed
from candour.platform.outbox import HANDLERS

pytestmark = pytest.mark.django_db

# Near enough to a name of the register for the check, and left alone by the pseudonyms.
NEARLY = "Mrs Quimbertwhistle came often."


@pytest.fixture
def manager() -> Access:
    manager = world.an_incident(name="Sam Fictional")
    enter(
        access=manager,
        kind=Identity.Kind.PERSON,
        relationship=Identity.Relationship.OTHER_PERSON,
        pseudonym="Neighbour 1",
        real=RealIdentity(forms=("Quimbertwistle",)),
    )
    world.a_report(manager)
    return manager


@pytest.fixture
def found(manager: Access) -> Check:
    world.write_in(manager, "what_happened", NEARLY)
    return world.a_check(manager)


def at(access: Access, page: str, **parts: object) -> str:
    return reverse(f"disclosure:{page}", kwargs={"reference": access.case.reference, **parts})


def first_match(access: Access, check: Check) -> Match:
    return matches_of(access, check)[0].match


@pytest.mark.own_process
def test_the_files_are_kept_exactly_as_they_were_checked(manager: Access) -> None:
    check = world.a_check(manager)
    assert check.bundle is not None
    files = opened_bundle(check.bundle)
    assert set(files) == {"report.html", "report.pdf", "report.docx", "report.json", "facts.json"}
    assert b"Fictional" not in bytes(check.bundle.sealed)
    Bundle.objects.update(sha256="0" * 64)
    with pytest.raises(WrongState, match="bundle_changed"):
        opened_bundle(Bundle.objects.get())


def test_each_match_says_where_it_stands_and_for_whom_and_is_kept_sealed(
    manager: Access, found: Check
) -> None:
    lines = matches_of(manager, found)
    assert {line.match.file for line in lines} >= {"report.html", "report.pdf", "report.docx"}
    assert lines[0].match.identity is not None
    assert lines[0].match.identity.pseudonym == "Neighbour 1"
    assert "Quimbertwhistle" in lines[0].excerpt
    assert all(b"Quimbert" not in bytes(line.match.sealed) for line in lines)
    assert Event.objects.filter(name="disclosure.matches_read").exists()


def test_a_match_edited_away_is_gone_in_the_next_check(manager: Access, found: Check) -> None:
    before = open_matches(found)
    world.write_in(manager, "what_happened", "A neighbour came often.")
    assert not is_current(manager, found)
    again = world.a_check(manager)
    assert before > 0
    assert open_matches(again) == 0
    assert again.gone > 0


def test_a_match_is_accepted_by_two_different_people_with_a_reason(
    manager: Access, found: Check
) -> None:
    match = first_match(manager, found)
    with pytest.raises(Invalid, match="reasons_missing"):
        accept(access=manager, match=match, reason=" ")
    accept(access=manager, match=match, reason="A different, invented name")
    assert Match.objects.get(pk=match.pk).state == Match.State.OPEN
    with pytest.raises(WrongState, match="second_person_needed"):
        accept(access=manager, match=match, reason="Still so")
    accept(access=world.a_member(manager, Role.LEGAL_ADVISER), match=match, reason="")
    assert Match.objects.get(pk=match.pk).state == Match.State.ACCEPTED


def test_what_two_people_accepted_stands_accepted_in_later_checks(
    manager: Access, found: Check
) -> None:
    adviser = world.a_member(manager, Role.LEGAL_ADVISER)
    while left := [x for x in matches_of(manager, found) if x.match.state == Match.State.OPEN]:
        accept(access=manager, match=left[0].match, reason="Another name")
        accept(access=adviser, match=left[0].match, reason="Agreed")
    world.write_in(manager, "conclusion", "Something else.")
    again = world.a_check(manager)
    assert again.matches.count() > 0
    assert open_matches(again) == 0


def test_the_same_form_in_other_words_must_be_looked_at_anew(manager: Access, found: Check) -> None:
    adviser = world.a_member(manager, Role.LEGAL_ADVISER)
    for line in matches_of(manager, found):
        if not Acceptance.objects.filter(fingerprint=line.match.fingerprint).exists():
            accept(access=manager, match=line.match, reason="Another name")
            accept(access=adviser, match=line.match, reason="Agreed")
    world.write_in(manager, "conclusion", "She rang Quimbertwhistle and the police came at once.")
    assert open_matches(world.a_check(manager)) > 0


def test_a_match_of_an_earlier_check_can_no_longer_be_accepted(
    manager: Access, found: Check
) -> None:
    match = first_match(manager, found)
    world.a_check(manager)
    with pytest.raises(WrongState, match="check_outdated"):
        accept(access=manager, match=match, reason="Another name")


def test_a_file_that_cannot_be_read_is_listed_and_never_passed_over(
    manager: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ReadingFailed("too_slow", "Reading took too long.", "Split it.")

    monkeypatch.setattr(child, "run", fail)
    check = world.a_check(manager)
    assert {each["file"] for each in check.unread} >= {"report.pdf", "facts.json"}


def test_a_draft_that_cannot_be_built_ends_the_check_with_the_reason(manager: Access) -> None:
    world.write_in(manager, "findings", "See [this](#nowhere).")
    check = world.a_check(manager)
    assert check.bundle is None
    assert "nowhere" in check.problem
    page = world.a_browser(manager).get(at(manager, "check")).content.decode()
    assert "could not be built" in page


def test_asking_twice_runs_one_check_and_repeating_the_job_changes_nothing(
    manager: Access,
) -> None:
    first = ask_for_check(access=manager)
    assert ask_for_check(access=manager).pk == first.pk
    services.run_check(access=manager, check=first)
    matches = Match.objects.count()
    services.run_check(access=manager, check=first)
    assert (Check.objects.count(), Match.objects.count()) == (1, matches)
    assert not HANDLERS[services.CHECK_JOB].atomic


def test_the_page_lists_what_was_not_checked_and_never_says_safe(
    manager: Access, found: Check
) -> None:
    world.write_in(manager, "findings", "They should have known.")
    world.a_check(manager)
    page = world.a_browser(manager).get(at(manager, "check")).content.decode()
    assert "What was not checked" in page
    assert "already public" in page
    assert "should have known" in page
    assert "safe" not in page.replace("safeguarding", "").replace("Safeguarding", "").lower()
    assert "Quimbertw" in page


def test_a_match_is_accepted_on_its_page(manager: Access, found: Check) -> None:
    match = first_match(manager, found)
    adviser = world.a_member(manager, Role.LEGAL_ADVISER)
    for number, access in enumerate((manager, adviser)):
        token = f"7f8b1a1e-4b3f-4f57-9a53-0f1c1a9b8c1{number}"
        told = {"reason": "Another name", "looked": "on", "submission": token}
        page = world.a_browser(access).get(at(manager, "accept", match_id=match.pk))
        assert "Quimbertwhistle" in page.content.decode()
        answer = world.a_browser(access).post(at(manager, "accept", match_id=match.pk), told)
        assert answer.status_code == 302
    assert Match.objects.get(pk=match.pk).state == Match.State.ACCEPTED


def test_the_check_is_asked_for_on_its_page_and_shown_as_running(manager: Access) -> None:
    browser = world.a_browser(manager)
    token = "7f8b1a1e-4b3f-4f57-9a53-0f1c1a9b8c20"
    assert browser.post(at(manager, "check"), {"submission": token}).status_code == 302
    assert "is running" in browser.get(at(manager, "check")).content.decode()


def test_the_page_asks_no_more_than_thirty_times_however_many_matches(
    manager: Access, found: Check
) -> None:
    assert found.matches.count() > 3
    browser = world.a_browser(manager)
    with at_most(30):
        assert browser.get(at(manager, "check")).status_code == 200


@pytest.mark.parametrize("role", [Role.SUB_GROUP, Role.ACTION_OWNER, Role.COMMUNICATIONS_LEAD])
def test_who_has_no_part_in_disclosure_finds_nothing(
    manager: Access, found: Check, role: Role
) -> None:
    other = world.a_member(manager, role)
    assert world.a_browser(other).get(at(manager, "check")).status_code == 404
    with pytest.raises(NotPermitted):
        ask_for_check(access=other)


def test_a_match_of_another_case_does_not_exist(manager: Access, found: Check) -> None:
    other = world.an_incident(partnership=world.a_partnership("Elsewhere Partnership"))
    with pytest.raises(Hidden):
        accept(access=other, match=first_match(manager, found), reason="Mine")
