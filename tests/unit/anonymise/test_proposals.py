import json
from pathlib import Path

import pytest

from candour.engines.anonymise.letters import folded
from candour.engines.anonymise.proposals import Proposal, SourceText, propose_names
from candour.engines.anonymise.register import Kind, Register

KEY = Path(__file__).parents[2] / "samples" / "child-r" / "truth.json"
NOBODY = Register(())


def proposed(text: str, known: Register = NOBODY) -> dict[str, Proposal]:
    found = propose_names([SourceText("row 1", text)], known)
    return {proposal.string: proposal for proposal in found}


@pytest.mark.parametrize(
    ("text", "string", "kind"),
    [
        ("Seen by Dr Halloumi today.", "Dr Halloumi", Kind.PERSON),
        ("Call from Ms Grace Price.", "Ms Grace Price", Kind.PERSON),
        ("PC 4499 Oswin Tarrant attended.", "PC 4499 Oswin Tarrant", Kind.PERSON),
        ("Then Oswin said he was cold.", "Oswin", Kind.PERSON),
        ("Oswin said he was cold.", "Oswin", Kind.PERSON),
        ("TARRANT, Oswin", "TARRANT, Oswin", Kind.PERSON),
        ("Mother and J. Tarrant came.", "J. Tarrant", Kind.PERSON),
        ("Visit by Rob Tarrant.", "Rob Tarrant", Kind.PERSON),
        ("Signed OQ, duty desk", "OQ", Kind.PERSON),
        ("Told by Nan Bet on Sunday", "Nan Bet", Kind.PERSON),
        ("He is at Little Gosling Nursery now.", "Little Gosling Nursery", Kind.ORGANISATION),
        ("registered with Tern Road Surgery", "Tern Road Surgery", Kind.ORGANISATION),
        ("They met in the Hare & Hounds.", "Hare & Hounds", Kind.ORGANISATION),
        ("lives at 14 Larch Walk with her", "14 Larch Walk", Kind.PLACE),
        ("moved to Flat 9, Larch Court", "Flat 9, Larch Court", Kind.PLACE),
        ("rang 07700 900142 twice", "07700 900142", Kind.NUMBER),
        ("NHS no 999 000 0017", "999 000 0017", Kind.NUMBER),
        ("wrote to o.tarrant@example.org", "o.tarrant@example.org", Kind.NUMBER),
        ("crime HC/2177/12 recorded", "HC/2177/12", Kind.NUMBER),
        ("dob 2.9.2009", "2.9.2009", Kind.DATE),
        ("at ZZ99 4RQ", "ZZ99 4RQ", Kind.NUMBER),
    ],
)
def test_what_may_identify_somebody_is_proposed(text: str, string: str, kind: Kind) -> None:
    found = proposed(text)
    assert string in found
    assert found[string].kind is kind
    assert found[string].why


@pytest.mark.parametrize(
    "text",
    [
        "The Strategy Meeting agreed a Child Protection Plan. Mother was told on Monday.",
        "MARAC and CAMHS were told; GP to refer. NFA.",
        "Section 47 enquiry began on 3 March 2014 at 10:15.",
        "Police attended. No offences. Children’s Social Care informed by the School Nurse.",
        "Antenatal visit; follow-up by Health Visitor in the New Year.",
        "DC to attend",
    ],
)
def test_roles_meetings_and_days_are_not_proposed(text: str) -> None:
    assert proposed(text) == {}


def test_a_misspelling_names_the_person_it_resembles(register: Register) -> None:
    found = proposed("Then Peregrin came.", register)["Peregrin"]
    assert (found.resembles, found.why) == ("child", "spelt much like “Peregrine”")


def test_a_short_form_names_the_person_it_resembles(register: Register) -> None:
    assert proposed("Then Vanton came.", register)["Vanton"].resembles == "worker"


def test_what_the_register_holds_is_not_proposed_again(register: Register) -> None:
    assert proposed("Peregrine and Grace Ashby-Thorne, Quillet Court, XK-70417", register) == {}


def test_one_string_is_one_proposal_with_all_its_places() -> None:
    texts = [SourceText("row 1", "Oswin ran."), SourceText("row 2", "He saw OSWIN.")]
    (found,) = propose_names(texts, NOBODY)
    assert (found.string, found.where) == ("Oswin", ("row 1", "row 2"))


def test_most_identifiers_of_a_whole_case_are_proposed_to_an_empty_register() -> None:
    """The bar is 95 % of the strings that stand in the rows, and under 10 % of proposals idle."""
    key = json.loads(KEY.read_text(encoding="utf-8"))
    rows = [row for file in key["files"] for row in file["rows"]]
    texts = [SourceText(row["entry"], "\n".join(map(str, row["text"].values()))) for row in rows]
    everything = folded("\n".join(text.text for text in texts)).text
    wanted = {folded(row["string"]).text for row in key["identifiers"]}
    standing = {string for string in wanted if string in everything}

    found = {folded(proposal.string).text for proposal in propose_names(texts, NOBODY)}

    reached = {string for string in standing if any(string in proposal for proposal in found)}
    idle = {p for p in found if not any(s in p or p in s for s in wanted)}
    assert len(reached) >= 0.95 * len(standing)
    assert len(idle) <= 0.10 * len(found)


def test_the_names_of_a_list_are_proposed_one_by_one() -> None:
    found = {
        proposal.string
        for proposal in propose_names(
            [SourceText("row 1", "Present were P. Quillory, L Thrapston and others")], Register(())
        )
    }

    assert {"P. Quillory", "L Thrapston"} <= found


def test_surname_and_given_name_stay_one_name() -> None:
    found = {
        proposal.string
        for proposal in propose_names(
            [SourceText("row 1", "The letter was addressed to Thrapston, Quillan at home")],
            Register(()),
        )
    }

    assert "Thrapston, Quillan" in found
