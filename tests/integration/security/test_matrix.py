"""Every address of a case, tried as everybody on it, and as those who are nobody there.

The addresses come from the URL configuration: a page that arrives is tried without a line here,
and one of which the harness must be told something says so by failing.
"""

import pytest
from django.urls import reverse
from docs.addresses import Address
from tests.integration.security.browsing import Browser
from tests.integration.security.built_case import BuiltCase
from tests.integration.security.ways import CASE_PAGES, way_to_nothing, ways
from tests.integration.security.who_is_served import (
    NOT_FOUND,
    expected,
    may_change,
    reach_of,
    require,
)

from candour.people.roles import Role

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

# Those who only read are tried with a form in two roles: a reader of all, a reader of their own.
_SENDING = (Role.SCRUTINEER, Role.AGENCY_AUTHOR)

every_page_of_a_case = pytest.mark.parametrize(
    "address", CASE_PAGES, ids=lambda address: address.name
)


@every_page_of_a_case
def test_a_page_of_ones_own_case_serves_whom_the_table_allows(
    address: Address, own: BuiltCase, browsers: dict[str, Browser]
) -> None:
    served: set[int] = set()
    for way in ways(address, own):
        for holder in own.holders:
            browser, who = browsers[str(holder)], f"{holder} at {way.path}"
            wanted = expected(holder, address, way)
            answers = [browser.get(way.path)]
            if reach_of(holder, way.kind) and (
                holder.role in _SENDING or may_change(holder, way.kind)
            ):
                answers.append(browser.post(way.path))
            if wanted == {NOT_FOUND}:
                # An act that belongs to others is refused alike for records that do not exist.
                nowhere = way_to_nothing(address, own.case.reference)
                wanted = wanted | {browser.get(nowhere).status_code} - {200, 302}
            for answer in answers:
                require(answer, wanted | {405}, who)
            served |= {answer.status_code for answer in answers}

    assert served & {200, 204, 302}, "nobody at all is served by this page"


@every_page_of_a_case
def test_a_page_is_shut_to_those_who_are_nobody_on_the_case(
    address: Address, own: BuiltCase, browsers: dict[str, Browser]
) -> None:
    path, nowhere = ways(address, own)[0].path, way_to_nothing(address)
    former = browsers["former member"]
    for ask in (former.get, former.post):
        require(ask(path), {ask(nowhere).status_code} & {NOT_FOUND, 405}, f"former member, {path}")
    for name, leads_to in (
        ("anonymous", "/accounts/login/"),
        ("without a second factor", reverse("second_factor_needed")),
    ):
        answer = browsers[name].get(path)
        require(answer, {302}, f"{name} at {path}")
        assert answer["Location"].startswith(leads_to)
