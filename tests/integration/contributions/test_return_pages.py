"""An agency's return through its pages, by the people of the agency and by a one-use link."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import world
from tests.integration.contributions.agency_files import (
    PLAIN,
    UNCLEAR,
    workbook_with_hidden_parts,
)

from candour.cases.access import Access
from candour.contributions.models import (
    AgencyRequest,
    Entry,
    EntryQuery,
    HeldBack,
    Submission,
)
from candour.contributions.sender import sender_by_link
from candour.contributions.services.asking import (
    make_contribution_link,
    withdraw_contribution_link,
)
from candour.contributions.services.checking import release
from candour.contributions.services.signing_off import sign_off
from candour.contributions.urls import PUBLIC_ADDRESSES
from candour.engines.tables import read_chronology
from candour.kernel import clock
from candour.kernel.errors import NotPermitted
from candour.people.roles import Role
from candour.people.services.links import MadeLink

pytestmark = pytest.mark.django_db

CANARY = "canary"


@pytest.fixture
def manager() -> Access:
    return world.a_case()


@pytest.fixture
def asked(manager: Access) -> AgencyRequest:
    return world.an_asked_agency(manager)


@pytest.fixture
def agency(manager: Access, asked: AgencyRequest) -> Client:
    return world.a_browser(world.a_signer(manager, asked))


@pytest.fixture
def unit(manager: Access) -> Client:
    return world.a_browser(manager)


@pytest.fixture
def made(manager: Access, asked: AgencyRequest) -> MadeLink:
    return make_contribution_link(access=manager, request=asked, code_channel="telephone")


def place(asked: AgencyRequest, path: str = "") -> str:
    return f"/cases/{asked.case.reference}/agencies/{asked.pk}/{path}"


def once() -> dict[str, str]:
    return {"submission": str(uuid4())}


def upload(content: bytes, name: str = "chronology.csv") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content), **once()}


def headings(submission: Submission) -> dict[str, str]:
    guessed = enumerate(submission.roles.values())
    return {f"heading_{number}": role for number, role in guessed} | once()


def day(name: str, value: object) -> dict[str, str]:
    year, month, number = str(value).split("-")
    return {f"{name}-day": number, f"{name}-month": month, f"{name}-year": year}


# Asking


def test_agencies_are_asked_and_the_letter_names_nobody(unit: Client, manager: Access) -> None:
    agency = world.an_agency_in_scope(manager)
    listed = f"/cases/{manager.case.reference}/agencies/"
    sent = {
        "agencies": [str(agency.pk)],
        "asked_for": "Your chronology",
        **day("due_on", clock.today() + timedelta(days=20)),
        **once(),
    }
    assert unit.post(listed + "ask/", sent).status_code == 302
    asked = AgencyRequest.objects.get()
    assert agency.name in unit.get(listed).content.decode()
    letter = unit.get(place(asked, "letter/")).content.decode()
    assert "Your chronology" in letter and manager.case.reference in letter


def test_a_reminder_is_recorded_once_for_a_double_click(unit: Client, asked: AgencyRequest) -> None:
    sent = {"reminded": "on", **once()}
    for _ in range(2):
        assert unit.post(place(asked, "chase/"), sent).status_code == 302
    asked.refresh_from_db()
    assert len(asked.chased_at) == 1


def test_those_who_only_read_see_how_a_request_stands_and_no_file(
    manager: Access, asked: AgencyRequest, agency: Client
) -> None:
    agency.post(place(asked, "upload/"), upload(PLAIN))
    held = Submission.objects.get()
    reviewer = world.a_browser(world.a_member(manager, Role.LEAD_REVIEWER))
    assert "Received, the agency is checking it" in reviewer.get(place(asked)).content.decode()
    for path in ("upload/", f"files/{held.pk}/", f"files/{held.pk}/hidden/"):
        assert reviewer.get(place(asked, path)).status_code == 404, path


# The agency's own people


def test_a_return_is_sent_checked_and_signed_off(agency: Client, asked: AgencyRequest) -> None:
    assert agency.post(place(asked, "upload/"), upload(UNCLEAR)).status_code == 302
    held = Submission.objects.get()
    file = place(asked, f"files/{held.pk}/")
    assert "Say what the headings mean" in agency.get(file).content.decode()
    assert agency.post(file + "headings/", headings(held)).status_code == 302

    query = EntryQuery.objects.get()
    listed = agency.get(file + "unclear/").content.decode()
    assert "not sure when" in listed and str(query.pk) in listed
    answer = {"how": "date", "date_text": "spring 2013", "version": "1", **once()}
    assert agency.post(f"{file}unclear/{query.pk}/", answer).status_code == 302
    assert "1 March 2013 to 31 May 2013" in agency.get(file + "unclear/").content.decode()

    hidden = agency.get(file + "hidden/").content.decode()
    assert "Name in the file&#39;s properties" in hidden
    release = {"decision": "release", "reason": "Ours", **once()}
    assert agency.post(file + "hidden/all/property/", release).status_code == 302
    assert "Home visit" in agency.get(file + "rows/").content.decode()
    assert agency.post(file + "sign-off/", {"whole": "on", **once()}).status_code == 302
    assert Entry.objects.filter(in_force=True).count() == 2
    assert "Signed off on" in agency.get(file).content.decode()


def test_hidden_parts_are_decided_one_by_one_or_by_kind(
    agency: Client, asked: AgencyRequest
) -> None:
    agency.post(place(asked, "upload/"), upload(workbook_with_hidden_parts(), "c.xlsx"))
    held = Submission.objects.get()
    hidden = place(asked, f"files/{held.pk}/hidden/")
    row = held.held_back.get(kind=HeldBack.Kind.HIDDEN_ROW)
    remove = {"decision": "remove", "reason": "Another child", **once()}
    assert agency.post(f"{hidden}{row.pk}/", remove).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.reason) == (HeldBack.State.REMOVED, "Another child")

    for kind in set(held.held_back.values_list("kind", flat=True)):
        release = {"decision": "release", "reason": "Ours", **once()}
        assert agency.post(f"{hidden}all/{kind}/", release).status_code == 302
    row.refresh_from_db()
    assert row.state == HeldBack.State.REMOVED
    assert not held.held_back.filter(state=HeldBack.State.PENDING).exists()


def test_one_decision_for_all_is_offered_only_while_several_wait(
    agency: Client, asked: AgencyRequest
) -> None:
    agency.post(place(asked, "upload/"), upload(workbook_with_hidden_parts(), "c.xlsx"))
    hidden = place(asked, f"files/{Submission.objects.get().pk}/hidden/")
    for_all = "The same decision for the 2 parts that wait"
    assert agency.get(hidden).content.decode().count(for_all) == 1
    assert agency.get(f"{hidden}all/property/").status_code == 200

    release = {"decision": "release", "reason": "Ours", **once()}
    agency.post(f"{hidden}all/property/", release)
    assert "The same decision" not in agency.get(hidden).content.decode()
    assert agency.get(f"{hidden}all/property/").headers["Location"] == hidden


def test_where_a_held_back_part_stands_is_said_in_words(
    agency: Client, asked: AgencyRequest
) -> None:
    agency.post(place(asked, "upload/"), upload(workbook_with_hidden_parts(), "c.xlsx"))
    hidden = place(asked, f"files/{Submission.objects.get().pk}/hidden/")
    page = agency.get(hidden).content.decode()
    assert "File property “author”" in page and "Name of the file" in page
    assert "properties:" not in page


def test_no_page_of_the_case_shows_anybody_else_what_is_held_back(
    manager: Access, asked: AgencyRequest, agency: Client, unit: Client
) -> None:
    agency.post(place(asked, "upload/"), upload(workbook_with_hidden_parts(), "c.xlsx"))
    held = Submission.objects.get()
    part = held.held_back.get(kind=HeldBack.Kind.HIDDEN_ROW)
    file = f"files/{held.pk}/"
    others = [
        unit,
        world.a_browser(world.a_member(manager, Role.LEAD_REVIEWER)),
        world.a_browser(world.a_member(manager, Role.CHAIR)),
        world.a_browser(
            world.a_member(
                manager,
                Role.SIGNING_OFF_MANAGER,
                agency=world.an_asked_agency(manager, "Another Trust").agency,
            )
        ),
    ]
    paths = ["", file, file + "hidden/", f"{file}hidden/{part.pk}/", file + "rows/"]
    paths += [file + "unclear/", file + "headings/", file + "sign-off/"]
    for browser in others:
        for path in paths:
            answer = browser.get(place(asked, path))
            assert CANARY not in answer.content.decode(), path
            assert answer.status_code in (200, 404) and (path == "" or answer.status_code == 404)


def test_a_query_answered_meanwhile_keeps_both_answers_in_sight(
    agency: Client, asked: AgencyRequest
) -> None:
    agency.post(place(asked, "upload/"), upload(UNCLEAR))
    query = EntryQuery.objects.get()
    address = place(asked, f"files/{query.entry.submission_id}/unclear/{query.pk}/")
    first = {"how": "words", "answer": "First words", "version": "1", **once()}
    second = {"how": "words", "answer": "Second words", "version": "1", **once()}
    assert agency.post(address, first).status_code == 302
    answer = agency.post(address, second)
    assert answer.status_code == 409
    assert "First words" in answer.content.decode() and "Second words" in answer.content.decode()


def test_an_unreadable_date_is_refused_beside_its_field_with_what_was_typed(
    agency: Client, asked: AgencyRequest
) -> None:
    agency.post(place(asked, "upload/"), upload(UNCLEAR))
    query = EntryQuery.objects.get()
    address = place(asked, f"files/{query.entry.submission_id}/unclear/{query.pk}/")
    sent = {"how": "date", "date_text": "31/2/2013", "version": "1", **once()}
    answer = agency.post(address, sent)
    assert answer.status_code == 422
    assert "31/2/2013" in answer.content.decode()


def test_two_uploads_by_a_double_click_are_one_file(agency: Client, asked: AgencyRequest) -> None:
    for _ in range(2):
        assert agency.post(place(asked, "upload/"), upload(PLAIN)).status_code == 302
    assert Submission.objects.count() == 1


def test_nothing_held_is_declared_on_a_page(agency: Client, asked: AgencyRequest) -> None:
    sent = {"declaration": "Searched; nothing", **once()}
    assert agency.post(place(asked, "nothing-held/"), sent).status_code == 302
    asked.refresh_from_db()
    assert asked.state == AgencyRequest.State.NOTHING_HELD


def test_the_business_unit_files_what_came_by_email_and_says_from_whom(
    unit: Client, asked: AgencyRequest
) -> None:
    sent = {**upload(PLAIN), "came_from": "Head of service, 3 March"}
    assert unit.post(place(asked, "upload/"), sent).status_code == 302
    held = Submission.objects.get()
    assert (held.how, held.came_from) == (Submission.How.EMAIL, "Head of service, 3 March")
    assert unit.get(place(asked, f"files/{held.pk}/hidden/")).status_code == 200


def test_pages_of_a_large_return_ask_the_database_little(
    agency: Client, asked: AgencyRequest
) -> None:
    rows = b"".join(b"%d/3/2013,Visit %d\nunclear,Call\n" % (n % 28 + 1, n) for n in range(150))
    agency.post(place(asked, "upload/"), upload(b"Date,Event\n" + rows))
    held = Submission.objects.get()
    assert held.entries.count() == 300
    for path in ("", "rows/", "unclear/", "hidden/", "headings/"):
        with CaptureQueriesContext(connection) as asked_of_database:
            assert agency.get(place(asked, f"files/{held.pk}/{path}")).status_code == 200
        assert len(asked_of_database) <= 30, path


# The one-use link


def opened(made: MadeLink, client: Client | None = None) -> Client:
    browser = client or Client()
    address = reverse("contributions:link_open", args=[made.token])
    assert browser.get(address).status_code == 200
    answer = browser.post(address, {"code": made.code, **once()})
    assert (answer.status_code, answer["Location"]) == (302, "/contribute/")
    return browser


def test_a_link_and_its_code_are_shown_once_and_to_whoever_asks(
    unit: Client, asked: AgencyRequest
) -> None:
    answer = unit.post(place(asked, "link/"), {"code_channel": "telephone", **once()})
    text = answer.content.decode()
    token = re.search(r"/contribute/open/([\w-]+)/", text)
    code = re.search(r"<code>([A-Z0-9]{4}-[A-Z0-9]{4})</code>", text)
    assert token and code
    browser = Client()
    sent = {"code": code[1].lower(), **once()}
    answer = browser.post(f"/contribute/open/{token[1]}/", sent)
    assert answer.status_code == 302
    assert token[1] not in unit.get(place(asked)).content.decode()


def test_a_return_goes_from_code_to_sign_off_without_an_account(
    made: MadeLink, asked: AgencyRequest
) -> None:
    browser = opened(made)
    assert asked.agency.name in browser.get("/contribute/").content.decode()
    answer = browser.post("/contribute/upload/", upload(UNCLEAR))
    held = Submission.objects.get()
    assert held.how == Submission.How.LINK
    file = f"/contribute/files/{held.pk}/"
    assert (answer.status_code, answer["Location"]) == (302, file)
    assert browser.get(file).status_code == 200
    assert browser.post(file + "headings/", headings(held)).status_code == 302
    query = EntryQuery.objects.get()
    left = {"how": "leave", "reason": "Not recorded", "version": "1", **once()}
    assert browser.post(f"{file}unclear/{query.pk}/", left).status_code == 302
    release = {"decision": "release", "reason": "Ours", **once()}
    assert browser.post(file + "hidden/all/property/", release).status_code == 302

    refused = browser.post(file + "sign-off/", {"whole": "on", **once()})
    assert refused.status_code == 200 and Entry.objects.filter(in_force=True).count() == 0
    signed = {"whole": "on", "signed_off_as": "Practice manager", **once()}
    answer = browser.post(file + "sign-off/", signed)
    assert (answer.status_code, answer["Location"]) == (302, "/contribute/done/")
    assert browser.get("/contribute/done/").status_code == 200
    assert Entry.objects.filter(in_force=True).count() == 2
    held.refresh_from_db()
    assert held.signed_off_as == "Practice manager"
    assert held.signed_off_by is None


def test_a_link_is_dead_after_sign_off(made: MadeLink, asked: AgencyRequest) -> None:
    test_a_return_goes_from_code_to_sign_off_without_an_account(made, asked)
    assert Client().get(reverse("contributions:link_open", args=[made.token])).status_code == 410


def test_a_link_shows_nothing_that_was_not_sent_by_it(
    made: MadeLink, manager: Access, asked: AgencyRequest
) -> None:
    signer = world.a_signer(manager, asked)
    theirs = world.a_return(signer, asked, workbook_with_hidden_parts(), "c.xlsx")
    browser = opened(made)
    for path in ("", "hidden/", "rows/", "unclear/", "headings/", "sign-off/"):
        answer = browser.get(f"/contribute/files/{theirs.pk}/{path}")
        assert answer.status_code == 404, path
    assert CANARY not in browser.get("/contribute/").content.decode()
    for address in ("/", "/cases/", place(asked), f"/cases/{manager.case.reference}/"):
        assert browser.get(address).status_code == 302, address


def test_a_wrong_code_opens_nothing_and_five_end_the_link(made: MadeLink) -> None:
    address = reverse("contributions:link_open", args=[made.token])
    browser = Client()
    for _ in range(5):
        answer = browser.post(address, {"code": "AAAA-AAAA", **once()})
        assert answer.status_code == 422
        assert browser.get("/contribute/").status_code == 410
    assert browser.post(address, {"code": made.code, **once()}).status_code == 410


def test_a_link_ends_when_it_is_withdrawn_even_in_an_open_browser(
    made: MadeLink, manager: Access, asked: AgencyRequest
) -> None:
    browser = opened(made)
    withdraw_contribution_link(access=manager, request=asked)
    assert browser.get("/contribute/").status_code == 410
    assert browser.post("/contribute/upload/", upload(PLAIN)).status_code == 410
    assert not Submission.objects.exists()


def test_a_link_ends_after_fourteen_days(made: MadeLink) -> None:
    with time_machine.travel(clock.now() + timedelta(days=14, minutes=1)):
        address = reverse("contributions:link_open", args=[made.token])
        assert Client().post(address, {"code": made.code, **once()}).status_code == 410


def test_fifteen_minutes_without_a_page_ask_for_the_code_again(made: MadeLink) -> None:
    browser = opened(made)
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert browser.get("/contribute/").status_code == 410
        assert opened(made).get("/contribute/").status_code == 200


def test_making_a_new_link_ends_the_old_one(
    made: MadeLink, manager: Access, asked: AgencyRequest
) -> None:
    browser = opened(made)
    make_contribution_link(access=manager, request=asked, code_channel="letter")
    assert browser.get("/contribute/").status_code == 410


def test_whoever_was_signed_in_is_signed_out_before_a_link_opens(
    made: MadeLink, unit: Client, manager: Access
) -> None:
    address = reverse("contributions:link_open", args=[made.token])
    assert unit.get(address).status_code == 302
    assert unit.get("/cases/").status_code == 302
    opened(made, unit)


def test_the_holder_of_a_link_settles_nothing_that_was_not_sent_by_it(
    made: MadeLink, manager: Access, asked: AgencyRequest
) -> None:
    theirs = world.a_return(world.a_signer(manager, asked), asked, PLAIN)
    holder = sender_by_link(made.link)
    with pytest.raises(NotPermitted, match="agency_alone"):
        release(sender=holder, held=theirs.held_back.all(), reason="Ours")
    with pytest.raises(NotPermitted, match="agency_alone"):
        sign_off(sender=holder, submission=theirs, signed_off_as="Head")


def test_a_link_opened_here_shows_nothing_once_somebody_has_signed_in(
    made: MadeLink, manager: Access
) -> None:
    browser = opened(made)
    link = browser.session["contribution_link"]
    signed_in = world.a_browser(manager)
    session = signed_in.session
    session["contribution_link"] = link
    session.save()
    assert signed_in.get("/contribute/").status_code == 410


def test_no_public_address_opens_anything_without_a_link() -> None:
    place_of = {"submission_id": uuid4(), "part_id": uuid4(), "query_id": uuid4()}
    known = {"link_open": {"token": "x"}, "link_done": {}}
    for name in PUBLIC_ADDRESSES:
        short = name.partition(":")[2]
        wanted = known.get(short)
        if wanted is None:
            wanted = _arguments(short, {**place_of, "kind": "comment"})
        answer = Client().get(reverse(name, kwargs=wanted))
        assert answer.status_code == (200 if short == "link_done" else 410), name


def _arguments(name: str, known: dict[str, object]) -> dict[str, object]:
    needs = {
        "link_decide_kind": ("submission_id", "kind"),
        "link_decide_part": ("submission_id", "part_id"),
        "link_query": ("submission_id", "query_id"),
    }
    of_file = {"file", "headings", "rows", "held_back", "queries", "sign_off"}
    plain = ("submission_id",) if name.removeprefix("link_") in of_file else ()
    return {key: known[key] for key in needs.get(name, plain)}


def test_the_agency_takes_a_form_made_for_the_review_and_sends_it_back_empty_of_entries(
    agency: Client, asked: AgencyRequest
) -> None:
    place = {"reference": asked.case.reference, "request_id": asked.pk}
    page = agency.get(reverse("contributions:request", kwargs=place)).content.decode()
    for kind in ("word", "excel"):
        address = reverse(f"contributions:{kind}_form", kwargs=place)
        assert address in page
        made = agency.get(address)
        name = made["Content-Disposition"]
        assert asked.case.reference in name and asked.agency.name not in name
        read = read_chronology(made.content, f"a.{name[-5:-1]}", as_of=clock.today())
        assert read.entries == ()


def test_another_agency_is_not_given_the_form(manager: Access, asked: AgencyRequest) -> None:
    other = world.an_asked_agency(manager, "Another agency")
    place = {"reference": asked.case.reference, "request_id": asked.pk}
    browser = world.a_browser(world.a_signer(manager, other))
    assert browser.get(reverse("contributions:word_form", kwargs=place)).status_code == 404
