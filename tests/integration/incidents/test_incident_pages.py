"""The pages of an incident: who sees them, what they say, and that nothing typed is lost."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.world import (
    a_browser,
    a_case,
    a_member,
    a_partners_trio,
    a_partnership,
    a_rapid_review,
    a_rapid_review_with_the_panel,
    a_recommended_incident,
    actor,
    an_agency,
    an_appointment,
    an_incident,
    every_criterion_found,
)

from candour.cases.access import Access
from candour.cases.models import Case
from candour.duties.states import state_of
from candour.identities.models import Identity
from candour.incidents.facts import children_of
from candour.incidents.models import (
    FirstHoursStep,
    Incident,
    Notification,
    PanelLetter,
    RapidReview,
    ReviewDecision,
    ScopingForm,
)
from candour.incidents.selectors import overview
from candour.incidents.services.rapid_review import SECTIONS, write_rapid_review
from candour.incidents.services.scoping import send_scoping
from candour.kernel import clock
from candour.people.roles import PartnerBody, Role

LOGGED = {
    "aware_on-day": "7",
    "aware_on-month": "5",
    "aware_on-year": "2024",
    "happened": "between 3 and 4 May 2024",
    "place": "14 Larch Road",
    "in_area": "yes",
    "outside_england": "no",
    "outline": "A child was found unresponsive.",
    "person1_name": "Quillon Ashby",
    "person1_outcome": "death",
    "person1_abuse_neglect": "suspected",
    "people": "1",
}


def page(access: Access, name: str, *ids: object) -> str:
    return reverse(f"incidents:{name}", args=[access.case.reference, *ids])


def words(answer: HttpResponse) -> str:
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
    return " ".join(text.split())


def sent_form(**given: str) -> dict[str, str]:
    return {"submission": str(uuid.uuid4()), **given}


# Logging


@pytest.fixture
def manager_browser(in_2024: time_machine.Traveller) -> Client:
    return a_browser(an_incident())


def test_an_incident_is_logged_on_one_page_and_its_page_shows_no_name(
    manager_browser: Client,
) -> None:
    answer = manager_browser.post(reverse("incidents:log"), sent_form(**LOGGED), follow=True)

    assert answer.status_code == 200
    shown = words(answer)
    assert "First hours" in shown
    assert "understood as from 3 May 2024 to 4 May 2024" in shown
    assert "Quillon" not in shown
    assert "Larch" not in shown


def test_room_for_another_person_keeps_everything_typed(manager_browser: Client) -> None:
    answer = manager_browser.post(reverse("incidents:log"), sent_form(**LOGGED, add_person="yes"))

    typed = answer.content.decode()
    assert "Full name of person 2" in typed
    assert "Quillon Ashby" in typed
    assert 'value="2024"' in typed
    assert "A child was found unresponsive." in typed
    assert Incident.objects.count() == 1  # the one the browser's owner had logged before


def test_a_mistake_keeps_everything_typed_and_says_where_it_is(manager_browser: Client) -> None:
    given = {**LOGGED, "aware_on-year": "2025"}

    answer = manager_browser.post(reverse("incidents:log"), sent_form(**given))

    assert answer.status_code == 422
    assert "cannot lie ahead" in words(answer)
    assert "Quillon Ashby" in answer.content.decode()


def test_a_second_person_must_be_somebody_to_the_child(manager_browser: Client) -> None:
    given = sent_form(**{**LOGGED, "people": "2", "person2_name": "Bram Ashby"})
    answer = manager_browser.post(reverse("incidents:log"), given)
    assert "Select who person 2 is" in words(answer)

    given |= {"person2_who": "other", "person2_relationship": "sibling"}
    manager_browser.post(reverse("incidents:log"), given)
    assert Identity.objects.filter(pseudonym="Sibling 1").exists()


def test_a_double_click_logs_one_incident(manager_browser: Client) -> None:
    given, before = sent_form(**LOGGED), Case.objects.count()

    first = manager_browser.post(reverse("incidents:log"), given)
    second = manager_browser.post(reverse("incidents:log"), given)

    assert first["Location"] == second["Location"]
    assert Case.objects.count() == before + 1


def test_an_administrator_logs_no_incident(cspr: Access) -> None:
    administrator = actor(an_appointment(Role.ADMINISTRATOR))
    browser = a_browser(Access(actor=administrator, case=cspr.case, holdings=()))

    assert browser.get(reverse("incidents:log")).status_code == 404


# Who sees what

WHOLE = ("incident", "notification", "criteria", "scoping", "rapid_review")


@pytest.mark.parametrize("role", [Role.NOTIFIER, Role.SUB_GROUP, Role.LEAD_REVIEWER])
@pytest.mark.parametrize("name", WHOLE)
def test_whoever_reads_the_referral_opens_every_page_of_it(
    cspr: Access, role: Role, name: str
) -> None:
    assert a_browser(a_member(cspr, role)).get(page(cspr, name)).status_code == 200


@pytest.mark.parametrize("role", [Role.ACTION_OWNER, Role.COMMUNICATIONS_LEAD, Role.CORONER])
@pytest.mark.parametrize("name", [*WHOLE, "decision"])
def test_whoever_reads_none_of_it_finds_no_page(cspr: Access, role: Role, name: str) -> None:
    assert a_browser(a_member(cspr, role)).get(page(cspr, name)).status_code == 404


def test_the_notifier_does_not_read_the_decision(cspr: Access) -> None:
    browser = a_browser(a_member(cspr, Role.NOTIFIER))

    assert browser.get(page(cspr, "decision")).status_code == 404


def test_an_agency_sees_its_own_scoping_form_and_nothing_else_of_the_referral(
    cspr: Access,
) -> None:
    own = send_scoping(access=cspr, agency=an_agency(), due_on=clock.today())
    other = send_scoping(
        access=cspr, agency=an_agency(name="Testshire Police"), due_on=clock.today()
    )
    browser = a_browser(a_member(cspr, Role.AGENCY_AUTHOR, agency=own.agency))

    for name in ("incident", "notification", "criteria", "rapid_review"):
        assert browser.get(page(cspr, name)).status_code == 404, name
    assert "Testshire Police" not in words(browser.get(page(cspr, "scoping")))
    assert browser.get(page(cspr, "scoping_form", own.pk)).status_code == 200
    for name in ("scoping_form", "file_scoping"):
        assert browser.get(page(cspr, name, other.pk)).status_code == 404

    filed = sent_form(version="1", summary="Known since 2022", secured="yes")
    browser.post(page(cspr, "file_scoping", own.pk), filed)
    assert ScopingForm.objects.get(pk=own.pk).returned_at


def test_pages_of_one_case_do_not_open_things_of_another(cspr: Access) -> None:
    other = an_incident(a_partnership("Elsewhere Safeguarding Partnership"))
    browser = a_browser(cspr)

    child, step = children_of(other.case)[0], FirstHoursStep.objects.filter(case=other.case)[0]
    assert browser.get(page(cspr, "facts", child.pk)).status_code == 404
    assert browser.get(page(cspr, "first_hours", step.pk)).status_code == 404
    assert browser.get(page(other, "incident")).status_code == 404


def test_the_overview_tells_an_agency_only_of_its_own_form(cspr: Access) -> None:
    form = send_scoping(access=cspr, agency=an_agency(), due_on=clock.today())
    author = a_member(cspr, Role.AGENCY_AUTHOR, agency=form.agency)

    told = overview(author)

    assert told.scoping_own == (form,)
    assert (told.nature, told.notification, told.decided, told.children) == (None, None, None, ())
    whole = overview(cspr)
    assert (whole.nature, whole.first_hours_open) == ("A child has died", 6)


# What the pages say


def test_every_page_of_the_notification_says_that_candour_notifies_nobody(cspr: Access) -> None:
    browser = a_browser(a_member(cspr, Role.NOTIFIER))

    for name in ("notification", "prepare", "sent", "not_sent", "look_again"):
        assert "Candour does not notify anyone" in words(browser.get(page(cspr, name))), name


def test_a_page_for_somebody_elses_act_says_whose_it_is(cspr: Access) -> None:
    answer = a_browser(cspr).get(page(cspr, "sent"))

    assert answer.status_code == 403
    assert "Local-authority notifier" in words(answer)


def test_the_sent_page_names_what_is_missing_and_where_to_supply_it(cspr: Access) -> None:
    Incident.objects.filter(case=cspr.case).update(in_area="no")

    shown = a_browser(a_member(cspr, Role.NOTIFIER)).get(page(cspr, "sent")).content.decode()

    assert "another authority" in shown
    assert page(cspr, "correct") in shown


def test_two_people_preparing_see_both_texts_and_lose_nothing(cspr: Access) -> None:
    browser = a_browser(cspr)
    browser.post(page(cspr, "prepare"), sent_form(version="1", authority="Saved first"))

    answer = browser.post(page(cspr, "prepare"), sent_form(version="1", authority="Typed second"))

    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Saved first" in shown
    assert "Typed second" in shown
    again = {"version": re.search(r'name="version" value="(\d+)"', shown).group(1)}  # type: ignore[union-attr]
    browser.post(page(cspr, "prepare"), sent_form(**again, authority="Brought together"))
    assert Notification.objects.get(case=cspr.case).answers == {"authority": "Brought together"}


def test_the_criteria_page_names_each_rule_with_its_mark_and_every_missing_fact(
    scr: Access,
) -> None:
    shown = words(a_browser(scr).get(page(scr, "criteria")))

    assert "verified: read in the text itself" in shown
    assert "Was the child held anywhere?" in shown
    assert "advice" in shown


def test_a_finding_recorded_on_the_page_stands_beside_the_reading(scr: Access) -> None:
    browser = a_browser(a_member(scr, Role.SUB_GROUP))
    child = children_of(scr.case)[0]
    told = sent_form(version="0", finding="undetermined", reason="The post-mortem is open")

    answer = browser.post(page(scr, "finding", child.pk, "b_i_death"), told, follow=True)

    assert "Cannot tell yet The post-mortem is open" in words(answer)
    assert "Reads as met" in words(answer)


def test_a_rule_that_the_case_does_not_ask_has_no_page(scr: Access) -> None:
    child = children_of(scr.case)[0]

    assert a_browser(scr).get(page(scr, "finding", child.pk, "weather")).status_code == 404


# The journey by pages


def test_the_chair_decides_on_the_page_and_an_earlier_day_is_flagged(scr: Access) -> None:
    chair = a_member(a_recommended_incident(scr), Role.CHAIR)
    told = {"outcome": "none", "reasons": "Nothing to learn", "decided_on-day": "3"}
    told |= {"decided_on-month": "3", "decided_on-year": "2014"}
    browser = a_browser(chair)

    refused = browser.post(page(scr, "decide"), sent_form(**told))
    assert refused.status_code == 422
    assert "Nothing to learn" in refused.content.decode()

    told["override_reasons"] = "A natural cause was found"
    answer = browser.post(page(scr, "decide"), sent_form(**told), follow=True)
    assert "Entered later than the day it was taken" in words(answer)
    assert state_of(scr.case) == "DECIDED_NONE"


def test_three_partners_sign_the_version_they_read_on_the_page(cspr: Access) -> None:
    a_rapid_review(cspr)
    write_rapid_review(
        access=cspr, seen_version=1, sections={key: "Written" for key, _, _ in SECTIONS}
    )
    for partner in a_partners_trio(cspr).values():
        browser = a_browser(partner)
        shown = browser.get(page(cspr, "sign")).content.decode()
        version = re.search(r'name="version" value="(\d+)"', shown)
        assert version
        given = sent_form(version=version.group(1), read="on")
        assert browser.post(page(cspr, "sign"), given).status_code == 302

    assert state_of(cspr.case) == "RR_SIGNED_OFF"


def test_partners_propose_answer_and_act_after_the_panels_letter_by_pages(cspr: Access) -> None:
    partners = list(a_rapid_review_with_the_panel(cspr).values())
    every_criterion_found(cspr)
    first, *others = [a_browser(partner) for partner in partners]
    told = {"outcome": "review", "reasons": "There is learning"}
    assert first.post(page(cspr, "decide"), sent_form(**told)).status_code == 302
    decision = ReviewDecision.objects.get(case=cspr.case)
    for browser in others:
        shown = browser.get(page(cspr, "decision")).content.decode()
        assert page(cspr, "answer", decision.pk) in shown
        answer = sent_form(agrees="yes", reasons="We agree")
        browser.post(page(cspr, "answer", decision.pk), answer)

    letter = {"outcome": "agrees", "text": "We agree with you", "received_on-day": "7"}
    letter |= {"received_on-month": "5", "received_on-year": "2024"}
    a_browser(cspr).post(page(cspr, "panel_letter"), sent_form(**letter))
    assert PanelLetter.objects.get(case=cspr.case).text == "We agree with you"

    first.post(page(cspr, "act_on_decision"), sent_form(reasons="As decided"))
    assert state_of(cspr.case) == "LCSPR_DECIDED"


def test_sections_are_saved_half_done(cspr: Access) -> None:
    a_rapid_review(cspr)

    a_browser(cspr).post(page(cspr, "write"), sent_form(version="1", facts="Only this so far"))

    assert RapidReview.objects.get(case=cspr.case).sections["facts"] == "Only this so far"


# Speed, and every page at least once


def _everything(access: Access) -> dict[str, str]:
    child, step = children_of(access.case)[0], FirstHoursStep.objects.filter(case=access.case)[0]
    form = ScopingForm.objects.filter(case=access.case)[0]
    plain = (
        "incident correct first_hours_add notification prepare criteria decision panel_letter "
        "scoping ask rapid_review begin write sent_to_panel panel_told"
    )
    return {
        **{name: page(access, name) for name in plain.split()},
        "facts": page(access, "facts", child.pk),
        "finding": page(access, "finding", child.pk, "b_i_death"),
        "first_hours": page(access, "first_hours", step.pk),
        "first_hours_reword": page(access, "first_hours_reword", step.pk),
        "scoping_form": page(access, "scoping_form", form.pk),
        "chase": page(access, "chase", form.pk),
        "file_scoping": page(access, "file_scoping", form.pk),
    }


def test_every_page_opens_with_at_most_thirty_queries(
    cspr: Access, in_2024: time_machine.Traveller
) -> None:
    a_rapid_review_with_the_panel(cspr)
    every_criterion_found(cspr)
    in_2024.shift(timedelta(hours=1))
    browser = a_browser(cspr)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = browser.get(address)
        assert answer.status_code == 200, address
        return len(captured)

    counted = {name: queries(address) for name, address in _everything(cspr).items()}
    assert {name: count for name, count in counted.items() if count > 30} == {}


def test_a_letter_of_the_panel_is_filed_with_its_file(cspr: Access) -> None:
    a_rapid_review_with_the_panel(cspr)
    told = {"outcome": "national_review", "text": "We will review it", "received_on-day": "7"}
    told |= {"received_on-month": "5", "received_on-year": "2024"}
    upload = SimpleUploadedFile("letter.pdf", b"%PDF-1.7\n%a letter")

    answer = a_browser(cspr).post(
        page(cspr, "panel_letter"), {**sent_form(**told), "letter": upload}, follow=True
    )

    letter = PanelLetter.objects.get(case=cspr.case)
    assert letter.document
    assert reverse("documents:download", args=[cspr.case.reference, letter.document.pk]) in (
        answer.content.decode()
    )
    assert state_of(cspr.case) == "NATIONAL_REVIEW"


def test_a_partner_without_a_body_is_told_why_nothing_can_be_answered(cspr: Access) -> None:
    partners = a_rapid_review_with_the_panel(cspr)
    every_criterion_found(cspr)
    proposer = partners[PartnerBody.POLICE]
    given = sent_form(outcome="review", reasons="There is learning")
    a_browser(proposer).post(page(cspr, "decide"), given)
    decision = ReviewDecision.objects.get(case=cspr.case)

    answer = a_browser(a_member(cspr, Role.CHAIR)).get(page(cspr, "answer", decision.pk))

    assert answer.status_code == 403


@pytest.mark.django_db
def test_what_is_wrong_is_listed_in_the_order_in_which_the_page_asks() -> None:
    user = an_appointment(Role.BUSINESS_MANAGER)
    an_appointment(Role.BUSINESS_MANAGER, a_partnership("Elsewhere Partnership"), user=user)
    client = a_browser(a_case(by=user))
    wrong = {"person1_outcome": "x", "person1_abuse_neglect": "x", "partnership": "x"}
    answer = client.post(reverse("incidents:log"), sent_form(**wrong))
    listed = re.findall(r'href="#(id_[^"]+)"', answer.content.decode())
    asked = re.findall(r' id="(id_[^"]+)"', answer.content.decode())
    assert len(listed) >= 6 and listed == sorted(listed, key=asked.index)
