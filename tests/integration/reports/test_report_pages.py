"""The draft on its pages: written, chosen, read, taken away, and hidden from who may not see it."""

import re
from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from tests import world
from tests.queries import at_most

from candour.audit.models import Event
from candour.cases.access import Access
from candour.contributions.models import Entry
from candour.duties.bodies import add_body_member, found_body
from candour.duties.deciding import (
    Came,
    record_meeting_decision,
    set_meeting_action,
    take_attendance,
)
from candour.duties.meetings import convene
from candour.duties.models import Attendance, Meeting
from candour.kernel import clock
from candour.people.models import User
from candour.people.roles import Role
from candour.reports.models import ChronologyRow
from candour.reports.pack_meetings import about_meetings
from candour.reports.selectors import section_of

pytestmark = pytest.mark.django_db

POLICE = b"""Date,Event
03/03/2014,Sam Fictional seen in the street
05/03/2014,Officer called at the address
"""


@pytest.fixture
def manager() -> Access:
    manager = world.an_incident(name="Sam Fictional")
    world.an_agency_with_entries(manager, "Testshire Police", POLICE)
    return manager


def at(access: Access, page: str, **parts: object) -> str:
    return reverse(f"reports:{page}", kwargs={"reference": access.case.reference, **parts})


def typed(access: Access, key: str, version: int, body: str) -> dict[str, object]:
    heading = section_of(access, key).heading
    return {"heading": heading, "body": body, "version": version, "submission": ""}


def test_the_report_is_started_and_written_section_by_section(manager: Access) -> None:
    browser = world.a_browser(manager)
    assert "has not been started" in browser.get(at(manager, "draft")).content.decode()
    token = "7f8b1a1e-4b3f-4f57-9a53-0f1c1a9b8c01"
    started = browser.post(
        at(manager, "start"), {"title": "Child T: a review", "subtitle": "", "submission": token}
    )
    assert started.status_code == 302
    saved = browser.post(
        at(manager, "section", key="daily_life"),
        typed(manager, "daily_life", 1, "She liked to sing.\n\nStaff should have known."),
    )
    page = browser.get(saved["Location"]).content.decode()
    assert "should have known" in page
    assert "Words to look at again" in page
    assert "She liked to sing." in browser.get(at(manager, "read")).content.decode()


def test_the_second_to_save_gets_409_with_both_texts(manager: Access) -> None:
    world.a_report(manager)
    browser = world.a_browser(manager)
    browser.post(at(manager, "section", key="findings"), typed(manager, "findings", 1, "Theirs."))
    late = browser.post(
        at(manager, "section", key="findings"), typed(manager, "findings", 1, "Mine, typed late.")
    )
    page = late.content.decode()
    assert late.status_code == 409
    assert "Theirs." in page
    assert "Mine, typed late." in page
    assert re.search(r'<input[^>]*name="version"[^>]*value="2"', page)


def test_entries_are_chosen_by_boxes_and_reworded_beside_their_own_words(
    manager: Access,
) -> None:
    world.a_report(manager)
    browser = world.a_browser(manager)
    page = browser.get(at(manager, "choose")).content.decode()
    assert "Sam Fictional" not in page
    first, second = (str(pk) for pk in Entry.objects.order_by("order").values_list("pk", flat=True))
    token = "7f8b1a1e-4b3f-4f57-9a53-0f1c1a9b8c02"
    told = {"offered": [first, second], "entry": [first], "submission": token}
    assert browser.post(at(manager, "choose"), told).status_code == 302
    row = ChronologyRow.objects.get()
    assert str(row.entry_id) == first
    wording = at(manager, "wording", row_id=row.pk)
    assert "seen in the street" in browser.get(wording).content.decode()
    token = "7f8b1a1e-4b3f-4f57-9a53-0f1c1a9b8c03"
    browser.post(wording, {"wording": "A patrol saw the child.", "submission": token})
    assert "A patrol saw the child." in browser.get(at(manager, "read")).content.decode()
    assert "wording" in browser.get(at(manager, "chosen")).content.decode()


@pytest.mark.parametrize(
    ("file_format", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!DOCTYPE")]
)
def test_a_working_copy_is_marked_neutral_in_name_and_recorded(
    manager: Access, file_format: str, begins: bytes
) -> None:
    world.a_report(manager)
    answer = world.a_browser(manager).get(at(manager, "download", file_format=file_format))
    assert answer.content.startswith(begins)
    assert manager.case.reference in answer["Content-Disposition"]
    assert Event.objects.filter(name="reports.downloaded").count() == 1
    if file_format == "html":
        assert b"working copy" in answer.content


def test_an_unknown_format_is_not_found(manager: Access) -> None:
    world.a_report(manager)
    assert (
        world.a_browser(manager).get(at(manager, "download", file_format="exe")).status_code == 404
    )


@pytest.mark.parametrize("role", [Role.AGENCY_AUTHOR, Role.NOTIFIER, Role.ACTION_OWNER])
def test_who_may_not_read_the_draft_finds_no_page_of_it(manager: Access, role: Role) -> None:
    world.a_report(manager)
    agency = world.an_agency(manager.case.lead_partnership) if "agency" in role.value else None
    browser = world.a_browser(world.a_member(manager, role, agency=agency))
    pages = [at(manager, page) for page in ("draft", "read", "front", "briefing", "chosen")]
    pages += [at(manager, "section", key="findings"), at(manager, "download", file_format="pdf")]
    assert {browser.get(page).status_code for page in pages} == {404}


def test_no_page_of_the_draft_asks_more_than_thirty_times(manager: Access) -> None:
    world.a_report(manager)
    browser = world.a_browser(manager)
    pages = ["draft", "read", "front", "briefing", "chosen", "choose"]
    for address in [*(at(manager, page) for page in pages), at(manager, "section", key="analysis")]:
        with at_most(30):
            assert browser.get(address).status_code == 200


def test_a_pack_is_marked_for_its_reader_bookmarked_and_recorded(manager: Access) -> None:
    world.a_report(manager)
    meeting = convene(
        access=manager,
        body=Meeting.Body.REVIEW_PANEL,
        title="Review panel",
        held_on=clock.today(),
        agenda="- The draft\n- Next steps",
    )
    world.a_member(manager, Role.REVIEW_PANEL)
    browser: Client = world.a_browser(manager)
    page = browser.get(at(manager, "recipients", meeting_id=meeting.pk)).content.decode()
    address = re.findall(r'href="([^"]+\.pdf)"', page)
    assert len(address) >= 2
    made = browser.get(address[0])
    with pikepdf.open(BytesIO(made.content)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root][:1] == ["Agenda"]
    event = Event.objects.filter(name="reports.pack_made").last()
    assert event is not None
    assert event.payload["recipient"]


def test_a_pack_holds_no_draft_for_somebody_who_may_not_read_it(manager: Access) -> None:
    from candour.cases.models import Membership
    from candour.reports.packs import meeting_pack

    world.a_report(manager)
    world.write_in(manager, "introduction", "Quokkaberry, an unusual word.")
    meeting = convene(
        access=manager,
        body=Meeting.Body.BOARD,
        title="Board",
        held_on=clock.today(),
        agenda="",
    )
    owner = world.a_member(manager, Role.ACTION_OWNER)
    sizes = {}
    for access in (owner, world.a_member(manager, Role.CHAIR)):
        member = Membership.objects.get(case=manager.case, user_id=access.actor.id)
        pack = meeting_pack(access=manager, meeting=meeting, recipient=member)
        with pikepdf.open(BytesIO(pack)) as pdf, pdf.open_outline() as outline:
            sizes[member.role] = [item.title for item in outline.root]
    assert "The draft report" not in sizes["action_owner"]
    assert "The draft report" in sizes["chair"]


def test_a_pack_holds_register_decisions_and_open_actions_for_those_who_read_decisions(
    manager: Access,
) -> None:
    home = manager.case.lead_partnership
    body = found_body(
        by=manager.actor, partnership=home, kind=Meeting.Body.BOARD, name="Board", quorum=1
    )
    user = User.objects.get(pk=manager.actor.id)
    today = clock.today()
    member = add_body_member(
        by=manager.actor, body=body, user=user, capacity="Secretary", starts_on=today
    )
    meeting = convene(
        access=manager,
        body=Meeting.Body.BOARD,
        title="Board",
        held_on=today,
        agenda="",
        standing_body=body,
    )
    came = {member.pk: Came(Attendance.How.PRESENT, "Governor of the school")}
    take_attendance(access=manager, meeting=meeting, came=came)
    record_meeting_decision(access=manager, meeting=meeting, text="Ask again", dissent="Police")
    set_meeting_action(
        access=manager, meeting=meeting, text="Write to the school", owner=user, due_on=today
    )
    told = [str(block) for block in about_meetings(manager, meeting)]
    for words in ("Secretary", "Governor of the school", "Ask again", "Police", "Write to the"):
        assert any(words in block for block in told), words
    author = world.a_member(manager, Role.AGENCY_AUTHOR, agency=world.an_agency(home))
    assert list(about_meetings(author, meeting)) == []
