"""Every address of a case, tried by people of another case: it answers as if there were none."""

import pytest
from docs.addresses import Address
from tests.integration.security.browsing import Browser
from tests.integration.security.built_case import BuiltCase
from tests.integration.security.ways import CASE_PAGES, way_to_nothing, ways
from tests.integration.security.who_is_served import NOT_FOUND, reach_of, require

from candour.cases.permissions import Reach

pytestmark = pytest.mark.django_db(databases=["default", "archive"])

every_page_of_a_case = pytest.mark.parametrize(
    "address", CASE_PAGES, ids=lambda address: address.name
)
NAMING_A_RECORD = [page for page in CASE_PAGES if any(is_id for _, is_id in page.parts)]
WRITING = (Reach.WRITE, Reach.OWN_WRITE)


@every_page_of_a_case
def test_a_case_one_is_not_on_answers_as_one_that_does_not_exist(
    address: Address, own: BuiltCase, other: BuiltCase, browsers: dict[str, Browser]
) -> None:
    path, nowhere = ways(address, other)[0].path, way_to_nothing(address)
    manager = browsers[str(own.holders[0])]
    # 405 tells the method that an address takes, for every case alike; nothing else but 404 may be.
    opened, sent = (ask(nowhere).status_code for ask in (manager.get, manager.post))
    assert {opened, sent} <= {NOT_FOUND, 405}
    for holder in own.holders:
        browser, who = browsers[str(holder)], f"{holder} at {path}"
        require(browser.get(path), {opened}, who)
        if opened == 405 or holder is own.holders[0]:
            require(browser.post(path), {sent}, who)


@pytest.mark.parametrize("address", NAMING_A_RECORD, ids=lambda address: address.name)
def test_a_record_of_another_case_does_not_show_under_ones_own(
    address: Address, own: BuiltCase, other: BuiltCase, browsers: dict[str, Browser]
) -> None:
    path = ways(address, other, own.case.reference)[0].path
    for holder in own.holders:
        reach = reach_of(holder, address.kind)
        if reach is None:
            continue
        browser, who = browsers[str(holder)], f"{holder} at {path}"
        require(browser.get(path), {NOT_FOUND, 403, 405}, who)
        if reach in WRITING:
            require(browser.post(path), {NOT_FOUND, 403, 405}, who)
