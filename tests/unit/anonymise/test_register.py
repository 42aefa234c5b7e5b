import json

import pytest

from candour.engines.anonymise.register import (
    Identity,
    Kind,
    Register,
    RegisterNotReadable,
    doubts,
    register_from_json,
)


def test_a_register_is_read_from_json() -> None:
    row = {"id": "m", "kind": "person", "pseudonym": "Mother", "forms": ["Kim Doe", "Kim"]}
    register = register_from_json(json.dumps({"identities": [row]}))
    assert register == Register((Identity("m", Kind.PERSON, "Mother", ("Kim Doe", "Kim")),))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"identities": [{"id": "m"}]}',
        '{"identities": [{"id": "m", "kind": "dog", "pseudonym": "M", "forms": ["Kim"]}]}',
        '{"identities": [{"id": "m", "kind": "person", "pseudonym": "M", "forms": "Kim"}]}',
    ],
)
def test_another_json_is_refused_with_the_form_to_use(text: str) -> None:
    with pytest.raises(RegisterNotReadable, match="id, kind"):
        register_from_json(text)


def test_a_form_without_a_letter_is_refused() -> None:
    with pytest.raises(RegisterNotReadable, match="remove it"):
        Identity("m", Kind.PERSON, "Mother", ("--",))


def test_an_identity_without_a_pseudonym_is_refused() -> None:
    with pytest.raises(RegisterNotReadable, match="give it one"):
        Identity("m", Kind.PERSON, " ", ("Kim",))


def test_two_identities_may_not_share_an_id() -> None:
    kim = Identity("m", Kind.PERSON, "Mother", ("Kim",))
    with pytest.raises(RegisterNotReadable, match="rename one"):
        Register((kim, kim))


def test_a_form_shared_by_two_identities_is_doubted() -> None:
    register = Register(
        (
            Identity("1", Kind.PERSON, "Sibling 1", ("Doe",)),
            Identity("2", Kind.PERSON, "Sibling 2", ("DOE", "Sam")),
        )
    )
    assert {(doubt.code, doubt.identity) for doubt in doubts(register)} == {
        ("form_shared", "1"),
        ("form_shared", "2"),
    }


@pytest.mark.parametrize(("pseudonym", "doubted"), [("Child S", True), ("Child Q", False)])
def test_a_letter_that_is_the_persons_initial_is_doubted(pseudonym: str, doubted: bool) -> None:
    register = Register((Identity("c", Kind.PERSON, pseudonym, ("Sam Doe",)),))
    assert [doubt.code for doubt in doubts(register)] == ["initial_in_pseudonym"] * doubted
