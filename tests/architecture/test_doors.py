"""Which doors are open, and that the table of who may see what leaves nothing out."""

from django.urls import get_resolver
from docs.addresses import SITES, addresses
from docs.generate import event_names, pages
from tests.architecture.source import functions, modules, named, tree

from candour.cases.permissions import ACTS, PROCESS_ACTORS, RECORDS, Act, Kind, Reach
from candour.contributions.urls import PUBLIC_ADDRESSES
from candour.people.roles import Role

# Every address of the workspace that nobody need be signed in for, with the reason.
OPEN = {
    "account_login": "signing in",
    "mfa_authenticate": "the second half of signing in; the password came first",
    "account_logout": "signing out leads here when the session has ended already",
    "account_inactive": "says that an account is closed, about nobody in particular",
    "account_reset_password": "asks for a link; the answer is the same for every address",
    "account_reset_password_done": "says that a link is on its way if there is an account",
    "personal_link": "an invitation or a link for a new password, by a one-use token",
    "worklist:calendar": "references and days for whoever holds a person's private address",
    "platform:health": "whether the process can answer, without any figure",
    "help": "standing page without data",
    "accessibility": "standing page without data",
    "privacy": "standing page without data",
    "cookies": "standing page without data",
}
# Addresses that name a case and yet show no kind of record of their own, with the reason.
OF_A_CASE_WITHOUT_KIND: dict[str, str] = {}


# Each opens nothing without a living link whose code was given in this browser.
BY_ONE_USE_LINK = set(PUBLIC_ADDRESSES)


def test_every_open_door_of_the_workspace_is_listed_with_its_reason() -> None:
    doors = {address.name for address in addresses("workspace") if address.public}

    assert doors == set(OPEN) | BY_ONE_USE_LINK


def test_every_page_of_a_case_says_which_kind_of_record_it_shows() -> None:
    unmarked = {
        address.name for address in addresses("workspace") if address.of_a_case and not address.kind
    }

    assert unmarked == set(OF_A_CASE_WITHOUT_KIND)


def test_every_address_has_a_name_of_its_own() -> None:
    for site in SITES:
        names = [address.name for address in addresses(site)]
        assert all(names)
        assert len(names) == len(set(names))


def test_no_address_of_django_admin_or_sign_up_exists() -> None:
    routes = " ".join(address.route for site in SITES for address in addresses(site))

    assert not any(word in routes for word in ("admin/", "signup", "sign-up", "__debug__"))
    assert get_resolver("candour.sites.workspace.urls").reverse_dict


def test_every_role_has_its_row_and_every_kind_and_act_its_people() -> None:
    assert set(RECORDS) == set(Role)
    assert set(ACTS) == set(Act)
    assert all(ACTS.values())
    for kind in Kind:
        readers = [role for role in Role if RECORDS[role].get(kind) not in (None, Reach.ON_GRANT)]
        assert readers, f"nobody reads {kind.label}"


def test_administrators_and_librarians_reach_no_record_and_no_act() -> None:
    for role in (Role.ADMINISTRATOR, Role.LIBRARIAN):
        assert RECORDS[role] == {}
        assert not any(role in roles for roles in ACTS.values())


def test_the_actors_of_the_guidance_are_roles_of_ours() -> None:
    assert {role for roles in PROCESS_ACTORS.values() for role in roles} <= set(Role)


def test_employers_never_reach_what_practitioners_said() -> None:
    for role in (Role.AGENCY_AUTHOR, Role.SIGNING_OFF_MANAGER, Role.BUSINESS_MANAGER):
        assert Kind.CONVERSATIONS not in RECORDS[role]


def test_every_event_of_the_audit_belongs_to_the_room_that_writes_it() -> None:
    # The workspace site stands above all rooms and speaks for them on pages that draw on several.
    foreign = {
        (named(path), name)
        for path in modules()
        for function in functions(path)
        for name in event_names(function)
        if name.split(".")[0] not in path.parts and "sites" not in path.parts
    }

    assert foreign == set()


def test_the_reference_pages_can_be_made_and_are_more_than_headings() -> None:
    made = pages()

    assert all(len(text) > 200 for text in made.values())
    assert len([node for path in modules() for node in tree(path).body]) > 1000
