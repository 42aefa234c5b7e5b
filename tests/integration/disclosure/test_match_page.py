"""The page of a match shows a name in its body alone, never where a browser keeps it."""

import re

import pytest
from django.urls import reverse
from tests import world

from candour.disclosure.models import Match
from candour.people.roles import Role

pytestmark = pytest.mark.django_db


def test_no_title_or_address_of_a_match_holds_the_name_that_was_found() -> None:
    manager = world.an_incident(name="Sam Quimbertwistle")
    world.a_report(manager)
    world.write_in(manager, "introduction", "Mrs Quimbertwhistle came often.")
    check = world.a_check(manager)
    match = Match.objects.filter(check_run=check).first()
    assert match is not None

    address = reverse("disclosure:accept", args=[manager.case.reference, match.pk])
    reviewer = world.a_member(manager, Role.LEAD_REVIEWER)
    page = world.a_browser(reviewer).get(address).content.decode()
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title
    assert "Quimbertwhistle" in page
    assert "Quimbertwhistle" not in title[1] + address
