"""A form acts once for the person who sent it, and its token means nothing for anybody else."""

from uuid import uuid4

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from tests import world

from candour.cases.models import SubmittedForm
from candour.cases.pages import once
from candour.people.models import User

pytestmark = pytest.mark.django_db


def sent(user: User, token: str) -> HttpRequest:
    request = RequestFactory().post("/", {"submission": token})
    request.user = user
    return request


def test_a_form_sent_twice_acts_once_and_leads_to_the_same_page() -> None:
    person, token, acts = world.a_user(), str(uuid4()), []

    def act() -> str:
        acts.append(1)
        return f"/page-{len(acts)}/"

    answers = [once(sent(person, token), act)["Location"] for _ in range(2)]
    assert (answers, len(acts)) == (["/page-1/"] * 2, 1)


def test_a_token_that_another_person_has_used_stops_nobody_and_leads_nowhere_of_theirs() -> None:
    token = str(uuid4())
    once(sent(world.a_user(), token), lambda: "/cases/CR-OTHER/")

    assert once(sent(world.a_user(), token), lambda: "/mine/")["Location"] == "/mine/"


def test_a_form_that_was_refused_can_be_sent_again() -> None:
    person, token = world.a_user(), str(uuid4())

    def refuse() -> str:
        raise LookupError

    with pytest.raises(LookupError):
        once(sent(person, token), refuse)
    assert once(sent(person, token), lambda: "/done/")["Location"] == "/done/"


def test_no_token_is_kept_as_it_was_sent() -> None:
    token = str(uuid4())
    once(sent(world.a_user(), token), lambda: "/done/")

    assert token not in SubmittedForm.objects.get().token
