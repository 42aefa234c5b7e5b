"""Links for people without an account: one purpose, one code by another way, one use."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from candour.kernel.actor import SYSTEM, ActorKind
from candour.kernel.errors import NotPermitted
from candour.people.models import OneUseLink
from candour.people.roles import LinkPurpose
from candour.people.selectors import link_in_force
from candour.people.services import (
    MadeLink,
    find_link,
    link_actor,
    make_link,
    open_link,
    revoke_links,
    use_link,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(db: None) -> MadeLink:
    return make_link(
        by=SYSTEM,
        purpose=LinkPurpose.CONTRIBUTION,
        subject="request-1",
        code_channel="telephone",
    )


def _dead(made: MadeLink) -> bool:
    with pytest.raises(NotPermitted) as refusal:
        open_link(token=made.token, code=made.code)
    assert link_in_force(made.link.pk) is None
    return refusal.value.code == "link_dead"


def test_token_and_code_together_open_it(made: MadeLink) -> None:
    assert open_link(token=made.token, code=made.code) == made.link
    assert link_in_force(made.link.pk) == made.link


@pytest.mark.parametrize("say", [str.lower, lambda code: code.replace("-", ""), lambda c: f" {c} "])
def test_a_code_read_aloud_may_be_typed_as_it_sounds(
    made: MadeLink, say: Callable[[str], str]
) -> None:
    assert open_link(token=made.token, code=say(made.code)) == made.link


def test_a_link_lives_until_it_is_used_and_no_longer(made: MadeLink) -> None:
    open_link(token=made.token, code=made.code)
    open_link(token=made.token, code=made.code)
    use_link(by=link_actor(made.link), link=made.link)
    assert _dead(made)


def test_it_is_used_once(made: MadeLink) -> None:
    use_link(by=SYSTEM, link=made.link)
    with pytest.raises(NotPermitted):
        use_link(by=SYSTEM, link=made.link)


def test_a_revoked_link_is_dead(made: MadeLink) -> None:
    assert revoke_links(by=SYSTEM, purpose=LinkPurpose.CONTRIBUTION, subject="request-1") == 1
    assert _dead(made)


def test_it_dies_after_fourteen_days(made: MadeLink, the_clock: time_machine.Traveller) -> None:
    the_clock.shift(timedelta(days=14) - timedelta(seconds=1))
    assert open_link(token=made.token, code=made.code)
    the_clock.shift(timedelta(seconds=1))
    assert _dead(made)


def test_the_fifth_wrong_code_kills_it(made: MadeLink) -> None:
    for _ in range(5):
        with pytest.raises(NotPermitted) as refusal:
            open_link(token=made.token, code="2222-2222")
        assert refusal.value.code == "link_wrong_code"
    assert _dead(made)


def test_four_wrong_codes_do_not(made: MadeLink) -> None:
    for _ in range(4):
        with pytest.raises(NotPermitted):
            open_link(token=made.token, code="")
    assert open_link(token=made.token, code=made.code)


def test_an_unknown_token_and_a_dead_link_get_the_same_answer(made: MadeLink) -> None:
    revoke_links(by=SYSTEM, purpose=LinkPurpose.CONTRIBUTION, subject="request-1")
    answers = set()
    for token in (made.token, "unknown"):
        with pytest.raises(NotPermitted) as refusal:
            find_link(token=token)
        answers.add((refusal.value.code, refusal.value.reason))
    assert len(answers) == 1


def test_neither_token_nor_code_is_kept(made: MadeLink) -> None:
    row = str(OneUseLink.objects.values().get())
    assert made.token not in row
    assert made.code not in row


def test_its_holder_acts_as_a_link(made: MadeLink) -> None:
    actor = link_actor(made.link)
    assert (actor.kind, actor.id) == (ActorKind.LINK, str(made.link.pk))


def test_a_contribution_link_is_no_way_into_an_account(client: Client, made: MadeLink) -> None:
    assert client.get(f"/join/{made.token}/").status_code == 410


def test_using_a_personal_link_kills_the_others_of_the_same_kind(db: None) -> None:
    first, second = (
        make_link(by=SYSTEM, purpose=LinkPurpose.INVITATION, subject="somebody") for _ in range(2)
    )
    use_link(by=SYSTEM, link=first.link)
    assert link_in_force(second.link.pk) is None
