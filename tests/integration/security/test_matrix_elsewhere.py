"""Every address that is of no case: the workspace's own pages, the open ones, and the archive."""

import uuid
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse
from docs.addresses import Address, addresses
from tests.integration.people.people_who_joined import PASSWORD
from tests.integration.security.browsing import Browser, joined
from tests.integration.security.built_case import BuiltCase, Holder
from tests.integration.security.ways import CHOSEN, OTHER_PAGES, archive_parts
from tests.integration.security.who_is_served import require

from candour.archive.models import ReviewRecord
from candour.cases.permissions import RECORDS
from candour.contributions.models import AgencyRequest, Submission
from candour.contributions.services.asking import make_contribution_link
from candour.kernel import clock
from candour.people.models import Appointment
from candour.people.roles import Role
from candour.people.services.links import MadeLink
from candour.sites.archive import settings as archive_site

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

SERVED = {200, 204, 302, 303, 405}
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
# Pages for some alone: everybody else gets 404. What waits for a second factor is looked after by
# administrators and by business managers who stand appointed; nobody here stands appointed so.
FOR_SOME = {
    **dict.fromkeys(
        ("people", "person_invite", "person", "person_appoint", "person_deactivate"),
        ADMINISTRATORS,
    ),
    **dict.fromkeys(
        ("person_reactivate", "person_link", "restoration_ask", "appointment_end"), ADMINISTRATORS
    ),
    **dict.fromkeys(("unfinished_work", "work_again"), ADMINISTRATORS),
    "restorations": frozenset({Role.ADMINISTRATOR, Role.BUSINESS_MANAGER}),
    "restoration_confirm": frozenset({Role.ADMINISTRATOR, Role.BUSINESS_MANAGER}),
    "person_email": ADMINISTRATORS,
    # Administrators, and the manager who stands appointed; as a member alone the Chair does not.
    "standing": frozenset({Role.ADMINISTRATOR, Role.BUSINESS_MANAGER}),
    "administrator_decide": frozenset({Role.ADMINISTRATOR, Role.BUSINESS_MANAGER}),
    **dict.fromkeys(
        (
            *("oversight:reviewers", "oversight:enter_reviewer", "oversight:reviewer"),
            *("oversight:change_reviewer", "oversight:past_review", "oversight:feedback"),
        ),
        frozenset({Role.BUSINESS_MANAGER}),
    ),
    "incidents:log": frozenset({Role.BUSINESS_MANAGER}),
    **{
        page.name: frozenset({Role.LIBRARIAN})
        for page in OTHER_PAGES
        if page.name.startswith("library:")
    },
    **dict.fromkeys(
        (
            *("duties:found_body", "duties:standing_body", "duties:body_terms"),
            *("duties:add_member", "duties:end_member"),
        ),
        frozenset({Role.BUSINESS_MANAGER}),
    ),
    **dict.fromkeys(("duties:templates", "duties:template"), frozenset({Role.BUSINESS_MANAGER})),
    # This installation has no rule files of its own.
    "process:local_file": frozenset(),
    "partnership_region": frozenset({Role.ADMINISTRATOR, Role.BUSINESS_MANAGER}),
    # Nobody here works at the desk of a national body.
    **dict.fromkeys(
        (
            *("oversight:desks", "oversight:desk", "oversight:figures", "oversight:figures_file"),
            *("oversight:report_file", "oversight:notified", "oversight:write"),
        ),
        frozenset(),
    ),
    **dict.fromkeys(
        (
            *("oversight:bodies", "oversight:add_body", "oversight:body", "oversight:came_after"),
            *("oversight:place", "oversight:end_place"),
        ),
        ADMINISTRATORS,
    ),
}
FOR_EVERYBODY = {
    *("home", "cases", "account_reauthenticate", "mfa_reauthenticate", "account", "stay"),
    *("account_change_password", "mfa_activate_totp", "second_factor_needed"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "usersessions_list"),
    *("session_end", "resume", "resume_discard", "improvement:mine"),
    *("duties:standing_bodies", "email_change", "email_confirm"),
    *("worklist:messages", "worklist:messages_seen", "worklist:reminders", "worklist:rhythm"),
    *("process:rules", "process:machine", "process:rule_set"),
    *("worklist:feed", "worklist:revoke", "worklist:cover", "worklist:cover_ended"),
}
# Without a second factor nothing but these is answered otherwise than with the way to one.
WITHOUT_SECOND_FACTOR = {"account_logout", "second_factor_needed"}
SIGNED_IN = [page for page in OTHER_PAGES if not page.public]
OPEN = [page for page in OTHER_PAGES if page.public]


def named(page: Address) -> str:
    return page.name


def path_of(page: Address, own: BuiltCase) -> str:
    """The page about somebody of the partnership; about nothing where nothing of the kind is."""
    somebody = own.holders[-1].user
    ids: dict[str, object] = {
        "user_id": somebody.pk,
        "appointment_id": Appointment.objects.filter(user__memberships__case=own.case).first(),
        "partnership_id": own.case.lead_partnership,
        "submission_id": Submission.objects.filter(case=own.case).first(),
    }
    parts = {
        part: getattr(ids.get(part), "pk", ids.get(part)) or _nothing(part, is_id)
        for part, is_id in page.parts
    }
    return reverse(page.name, kwargs=parts)


def _nothing(part: str, is_id: bool) -> object:
    return uuid.UUID(int=7) if is_id else CHOSEN.get(part, "1")


@pytest.mark.parametrize("page", SIGNED_IN, ids=named)
def test_a_page_of_no_case_serves_those_it_is_for(
    page: Address, own: BuiltCase, browsers: dict[str, Browser]
) -> None:
    assert page.name in FOR_SOME or page.name in FOR_EVERYBODY, "say for whom this page is"
    path = path_of(page, own)
    naming_nothing = {404} if any(part not in ("user_id",) for part, _ in page.parts) else set()
    for holder in own.holders:
        wanted = SERVED | naming_nothing if _is_for(page, holder) else {404, 405}
        for answer in (browsers[str(holder)].get(path), browsers[str(holder)].post(path)):
            require(answer, wanted | ({422, 403} if _is_for(page, holder) else set()), str(holder))


def _is_for(page: Address, holder: Holder) -> bool:
    return page.name in FOR_EVERYBODY or holder.role in FOR_SOME[page.name]


@pytest.mark.parametrize("page", SIGNED_IN, ids=named)
def test_a_page_of_no_case_is_shut_without_both_factors(
    page: Address, own: BuiltCase, browsers: dict[str, Browser]
) -> None:
    path = path_of(page, own)
    for ask in (browsers["anonymous"].get, browsers["anonymous"].post):
        answer = ask(path)
        require(answer, {302}, f"anonymous at {path}")
        assert answer["Location"].startswith("/accounts/login/")
    if page.name not in WITHOUT_SECOND_FACTOR:
        answer = browsers["without a second factor"].get(path)
        require(answer, {302}, f"without a second factor at {path}")
        assert answer["Location"] == reverse("second_factor_needed")


@pytest.mark.parametrize("page", OPEN, ids=named)
def test_an_open_page_tells_a_stranger_nothing_of_a_case(
    page: Address, own: BuiltCase, browsers: dict[str, Browser]
) -> None:
    path = path_of(page, own)
    for ask in (browsers["anonymous"].get, browsers["anonymous"].post):
        answer = ask(path)
        require(answer, {200, 302, 403, 404, 405, 410, 422, 503}, path)
        assert own.case.reference not in answer.content.decode()
        if page.name.startswith("contributions:link_") and not path.endswith("/done/"):
            require(answer, {302, 403, 404, 405, 410}, path)


@pytest.mark.parametrize("page", addresses("archive"), ids=named)
def test_the_archive_answers_everybody_alike_and_takes_no_form(
    page: Address, own: BuiltCase, browsers: dict[str, Browser]
) -> None:
    record = ReviewRecord.objects.first()
    assert record is not None, "the case was published"
    chosen = archive_parts(record)
    with override_settings(
        SITE=archive_site.SITE,
        ROOT_URLCONF=archive_site.ROOT_URLCONF,
        MIDDLEWARE=archive_site.MIDDLEWARE,
        TEMPLATES=archive_site.TEMPLATES,
        APPEND_SLASH=False,
    ):
        path = reverse(page.name, kwargs={part: chosen[part] for part, _ in page.parts})
        stranger, member = Client(), Client()
        member.cookies.load(browsers[str(own.holders[0])].cookies)
        opened = [client.get(path) for client in (stranger, member)]
        sent = stranger.post(path)

    # A search without words is refused with a sentence; a file may bear another name.
    require(opened[0], {200, 302, 404, 422, 503}, path)
    assert opened[0].status_code == opened[1].status_code
    # Whoever asks for an alert sends a form; nothing else of the archive takes one.
    takes_form = page.name.startswith("looking:alert")
    # Stopping what is stopped is no fault.
    require(sent, {200, 404, 422} if takes_form else {405}, path)
    assert not any(answer.cookies for answer in opened)


@pytest.mark.parametrize("role", list(Role))
def test_somebody_in_each_role_signs_in_with_password_and_code_and_sees_what_the_table_says(
    role: Role, own: BuiltCase
) -> None:
    holder = next(each for each in own.holders if each.role is role)
    client, person = Client(), joined(holder.user)
    started = clock.now()
    with time_machine.travel(started, tick=False):
        client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
        assert client.get(f"/cases/{own.case.reference}/").status_code == 302
        answer = client.post("/accounts/login/code/", {"code": person.code()})
        assert answer.status_code == 302, answer.content.decode()[:2000]
        opened = client.get(f"/cases/{own.case.reference}/")

    assert opened.status_code == (200 if RECORDS[role] else 404)
    assert urlsplit(answer["Location"]).path == "/"


def test_a_one_use_link_opens_its_own_request_alone(own: BuiltCase, other: BuiltCase) -> None:
    client = Client()
    link = _a_link(own)
    path = reverse("contributions:link_open", args=[link.token])
    require(client.post(path, {"code": "WRONG-CODE"}), {422}, "a wrong code")
    require(client.get(reverse("contributions:link_request")), {302, 403, 404, 410}, "no code yet")
    require(client.post(path, {"code": link.code}), {302}, "the right code")
    require(client.get(reverse("contributions:link_request")), {200}, "the request")
    for built in (own, other):
        for submission in Submission.objects.filter(case=built.case):
            for page in ("link_file", "link_rows", "link_held_back", "link_queries"):
                answer = client.get(reverse(f"contributions:{page}", args=[submission.pk]))
                require(answer, {403, 404}, "a file that this link did not send")
    require(client.get(f"/cases/{own.case.reference}/"), {302}, "the case behind it")


def _a_link(own: BuiltCase) -> MadeLink:
    request = AgencyRequest.objects.filter(case=own.case).exclude(state="signed_off").first()
    assert request is not None
    return make_contribution_link(access=own.manager, request=request, code_channel="By telephone")
