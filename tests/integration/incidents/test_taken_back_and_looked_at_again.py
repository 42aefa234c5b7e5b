"""A notification taken back, a death looked at again, local steps of the clock, who reads what."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests import world

from candour.cases.access import Access
from candour.duties.models import Duty
from candour.duties.states import state_of
from candour.incidents.facts import children_of
from candour.incidents.models import Incident, Notification, ScopingForm
from candour.incidents.sent_to_panel import sent_sections, sent_to_panel
from candour.incidents.services.correcting import correct_facts
from candour.incidents.services.notification import record_notification_sent
from candour.incidents.services.rapid_review import SECTIONS, start_rapid_review, write_rapid_review
from candour.incidents.services.reopening import look_again, rescind_notification
from candour.incidents.services.scoping import file_scoping, proposed_day, send_scoping
from candour.incidents.services.screening import begin_screening
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, NotPermitted, WrongState
from candour.people.roles import Role

SENT = {"sent_by_role": "Head of safeguarding", "sent_to": "Ofsted", "reference": "LAC-1"}


@pytest.fixture
def notifier(cspr: Access) -> Access:
    return world.a_member(cspr, Role.NOTIFIER)


def open_clocks(access: Access) -> set[str]:
    found = Duty.objects.filter(case=access.case, fulfilled_at__isnull=True)
    return set(found.values_list("code", flat=True))


def test_a_notification_is_taken_back_only_with_the_panels_agreement(cspr: Access) -> None:
    world.a_rapid_review(cspr)
    notifier = world.a_member(cspr, Role.NOTIFIER)
    with pytest.raises(WrongState, match="panel_agreement_missing"):
        rescind_notification(access=notifier, reasons="A natural death", panel_agreed_on=None)
    with pytest.raises(Invalid, match="reasons_missing"):
        rescind_notification(access=notifier, reasons=" ", panel_agreed_on=clock.today())

    rescind_notification(access=notifier, reasons="A natural death", panel_agreed_on=clock.today())

    assert state_of(cspr.case) == "SIN_RESCINDED"
    kept = Notification.objects.get(case=cspr.case)
    assert kept.sent_at
    assert kept.rescinded_reasons == "A natural death"
    assert "rescinded" in Duty.objects.get(case=cspr.case, code="C4").explanation


def test_a_signed_rapid_review_no_longer_falls_away(cspr: Access) -> None:
    world.a_rapid_review_with_the_panel(cspr)
    notifier = world.a_member(cspr, Role.NOTIFIER)
    with pytest.raises(WrongState, match="no_such_transition"):
        rescind_notification(
            access=notifier, reasons="A natural death", panel_agreed_on=clock.today()
        )


def test_a_looked_after_childs_death_is_looked_at_again_once_abuse_is_suspected(
    in_2024: object,
) -> None:
    manager = world.an_incident(
        normally_resident="yes", abuse_neglect="not_indicated", looked_after="yes"
    )
    notifier = world.a_member(manager, Role.NOTIFIER)
    record_notification_sent(access=notifier, sent_at=clock.now(), **SENT)
    assert state_of(manager.case) == "LAC_OR_CARE_LEAVER_ONLY"

    (child,) = children_of(manager.case)
    correct_facts(
        access=notifier,
        child=child,
        seen_version=child.version,
        age_years="2",
        facts={**child.facts, "abuse_neglect": "suspected"},
    )
    with pytest.raises(WrongState, match="already_sent"):
        record_notification_sent(access=notifier, sent_at=clock.now(), **SENT)
    look_again(access=notifier, new_information="The post-mortem found injuries")

    assert state_of(manager.case) == "AWARE"
    kept = Notification.objects.get(case=manager.case)
    assert kept.sent_at is None
    assert [each["reference"] for each in kept.earlier] == ["LAC-1"]
    record_notification_sent(access=notifier, sent_at=clock.now(), **{**SENT, "reference": "SIN-2"})
    assert state_of(manager.case) == "SIN_SENT"


def test_local_steps_run_inside_the_rapid_review_and_are_met_by_what_is_done(
    cspr: Access, notifier: Access
) -> None:
    record_notification_sent(access=notifier, sent_at=clock.now(), **SENT)
    assert {"C4", "C4L1", "C4L2", "C4L3"} <= open_clocks(cspr)
    assert proposed_day(cspr) == date(2024, 5, 21)

    form = send_scoping(access=cspr, agency=world.an_agency(), due_on=clock.today())
    start_rapid_review(access=cspr, partners_told=True)
    assert "C4L1" not in open_clocks(cspr)
    file_scoping(access=cspr, form=form, seen_version=1, answers={"summary": "Known"}, secured=True)
    assert "C4L2" not in open_clocks(cspr)
    review = write_rapid_review(
        access=cspr, seen_version=1, sections={key: "Found" for key, _, _ in SECTIONS}
    )
    for partner in world.a_partners_trio(cspr).values():
        world.sign_off_rapid_review(access=partner, seen_version=review.version)
    assert "C4L3" not in open_clocks(cspr)


def test_without_a_clock_ten_working_days_are_proposed(scr: Access) -> None:
    assert proposed_day(scr) == date(2014, 3, 18)


def test_bodies_known_to_the_family_are_ticked_beforehand(cspr: Access) -> None:
    known, other = world.an_agency(), world.an_agency(name="Testshire Police")
    incident = Incident.objects.get(case=cspr.case)
    incident.bodies_known.set([known], through_defaults={"case": cspr.case})
    page = world.a_browser(cspr).get(reverse("incidents:ask", args=[cspr.case.reference]))
    boxes = dict(re.findall(r'type="checkbox" value="([^"]+)"( checked)?', page.content.decode()))
    assert boxes[str(known.pk)]
    assert not boxes[str(other.pk)]
    assert not ScopingForm.objects.exists()


def test_whoever_notifies_writes_neither_the_rapid_review_nor_the_screening(
    cspr: Access, notifier: Access
) -> None:
    world.a_rapid_review(cspr)
    with pytest.raises(NotPermitted):
        write_rapid_review(access=notifier, seen_version=1, sections={})
    with pytest.raises(NotPermitted):
        start_rapid_review(access=notifier, partners_told=True)
    with pytest.raises(NotPermitted):
        begin_screening(access=notifier, lead_area_settled=True)


def test_the_panels_adviser_reads_what_was_sent_and_nothing_that_is_being_prepared(
    cspr: Access,
) -> None:
    adviser = world.a_member(cspr, Role.PANEL_ADVISER)
    assert sent_sections(sent_to_panel(adviser)) == []
    world.a_rapid_review_with_the_panel(cspr)
    titles = [section.title for section in sent_sections(sent_to_panel(adviser))]
    assert titles[0] == "Notification"
    assert "Rapid review" in titles

    browser = world.a_browser(adviser)
    reference = cspr.case.reference
    shown = browser.get(reverse("incidents:panel_copies", args=[reference]))
    assert "SIN-1" in shown.content.decode()
    for page in ("notification", "rapid_review", "scoping", "decision", "incident", "criteria"):
        assert browser.get(reverse(f"incidents:{page}", args=[reference])).status_code == 404, page


def test_an_agency_does_not_read_what_the_panel_was_sent(cspr: Access) -> None:
    author = world.a_member(cspr, Role.AGENCY_AUTHOR, agency=world.an_agency())
    with pytest.raises((Hidden, NotPermitted)):
        sent_to_panel(author)


def test_a_rescinded_notification_shows_on_its_page(cspr: Access, notifier: Access) -> None:
    record_notification_sent(access=notifier, sent_at=clock.now(), **SENT)
    browser = world.a_browser(notifier)
    where = reverse("incidents:rescind", args=[cspr.case.reference])
    day = clock.today() - timedelta(days=1)
    sent = {"reasons": "A natural death", "submission": "7b5f0dd4-4f3a-4f04-a9d1-1d6a0a2a9d10"}
    sent |= {f"panel_agreed_on-{part}": str(getattr(day, part)) for part in ("day", "month")}
    done = browser.post(where, {**sent, "panel_agreed_on-year": str(day.year)})
    assert done.status_code == 302
    text = browser.get(done["Location"]).content.decode()
    assert "A natural death" in text
    assert "Rescind" in text
