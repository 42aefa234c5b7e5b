"""What has been done on a case, as its page tells it: names where there are any, no bare ids."""

import re

import pytest
from tests import world

from candour.people.roles import Role

pytestmark = pytest.mark.django_db


def test_the_audit_says_whom_an_act_is_about_by_name() -> None:
    manager = world.a_case()
    world.an_asked_agency(manager, "Vale Housing Trust")
    world.a_member(manager, Role.LEGAL_ADVISER, user=world.a_user("Robin Adviser"))
    page = world.a_browser(manager).get(f"/cases/{manager.case.reference}/audit/").content.decode()
    rows = re.findall(r"<tr.*?</tr>", page, re.S)
    assert any("membership given" in row and "Robin Adviser" in row for row in rows)
    assert any("agency brought into scope" in row and "Vale Housing Trust" in row for row in rows)
    assert not re.search(r">\s*[0-9a-f]{8}-[0-9a-f]{4}-", page)
