import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.engines.anonymise.names_in_text import Names
from candour.engines.anonymise.pseudonyms import apply_pseudonyms
from candour.engines.anonymise.register import Identity, Kind, Register


def replaced(text: str, register: Register) -> str:
    return apply_pseudonyms(text, register)[0]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Peregrine Ashby-Thorne came.", "Child K came."),
        ("PEREGRINE ASHBY-THORNE", "Child K"),
        ("Perry’s shoes", "Child K’s shoes"),
        ("Perry's shoes", "Child K's shoes"),
        ("Peregrine\u00a0Ashby\u2011Thorne", "Child K"),
        ("Pere\u00adgrine", "Child K"),
        ("Pe\u200bregrine  Ashby–Thorne", "Child K"),
        ("Péregrine", "Child K"),
        ("Peregrine\nAshby Thorne", "Child K"),
        ("Ms O’Shea", "Mother"),
        ("MS OSHEA", "Mother"),
        ("K Vantongeren and K.Vantongeren", "Social Worker 1 and Social Worker 1"),
        ("flat 2 Quillet Court", "Address 1"),
        ("the Hare and Hounds", "the Public house 1"),
        ("9990001234 or 999-000-1234", "[NHS number] or [NHS number]"),
        ("XK70417, xk 70417", "[reference], [reference]"),
        ("p.shea@example.org", "[reference]"),
        ("perry and peregrine", "Child K and Child K"),
        ("Perry_notes.docx", "Child K_notes.docx"),
    ],
)
def test_a_form_is_replaced_however_it_is_written(
    register: Register, written: str, read: str
) -> None:
    assert replaced(written, register) == read


@pytest.mark.parametrize(
    "written",
    ["2/9/09", "02.09.2009", "2009-09-02", "2 September 2009", "2nd Sept 09", "Sept 2nd 2009"],
)
def test_a_day_of_birth_is_replaced_in_any_spelling(register: Register, written: str) -> None:
    assert replaced(written.replace("Sept ", "Sep "), register) == "[date of birth]"


@pytest.mark.parametrize(
    "text",
    [
        "Perrydown and Superperry",
        "the grace period",
        "pat the dog, people, PE kit",
        "2909 and 12/09/2009",
        "19990001234",
        "a hare and the hounds",
    ],
)
def test_other_words_are_left_alone(register: Register, text: str) -> None:
    assert apply_pseudonyms(text, register) == (text, ())


def test_initials_count_only_as_written(register: Register) -> None:
    assert replaced("PAT saw Pat. Pe said.", register) == "Child K saw Pat. Child K said."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Social worker K Vantongeren rang", "Social Worker 1 rang"),
        ("the mother Ms O’Shea rang", "the Mother rang"),
        ("the mother, Ms O’Shea, rang", "the mother, Mother, rang"),
        ("grandmother Ms O’Shea rang", "grandmother Mother rang"),
        ("Perry, Social Worker K Vantongeren", "Child K, Social Worker 1"),
    ],
)
def test_what_was_said_before_the_name_is_not_said_twice(
    register: Register, written: str, read: str
) -> None:
    assert replaced(written, register) == read


def test_the_longest_form_at_a_place_wins(register: Register) -> None:
    assert replaced("Grace Ashby-Thorne, Ashby-Thorne", register) == "Mother, [family name]"


def test_a_title_goes_with_the_name(register: Register) -> None:
    assert (
        replaced("Saw Mrs. Ashby-Thorne and Mr Perry", register) == "Saw [family name] and Child K"
    )


def test_a_form_two_people_share_names_both() -> None:
    twins = Register(
        tuple(Identity(n, Kind.PERSON, f"Twin {n}", ("Jo Quist", "Quist")) for n in ("1", "2"))
    )
    assert replaced("Quist cried", twins) == "Twin 1 or Twin 2 cried"


def test_each_replacement_says_what_stood_where(register: Register) -> None:
    text = "Then Perry and Grace left."
    _, replacements = apply_pseudonyms(text, register)
    assert [text[r.start : r.end] for r in replacements] == ["Perry", "Grace"]
    assert [(r.written, r.identities, r.pseudonym) for r in replacements] == [
        ("Perry", ("child",), "Child K"),
        ("Grace", ("mother",), "Mother"),
    ]


NO_LETTERS = st.text(alphabet=st.characters(exclude_categories=("L", "Cs")))


@given(before=NO_LETTERS, after=NO_LETTERS)
def test_nothing_but_the_name_is_changed(before: str, after: str) -> None:
    names = Names(Register((Identity("x", Kind.PERSON, "Somebody", ("Qworvaxle",)),)))

    changed, replacements = apply_pseudonyms(f"{before} Qworvaxle {after}", names)

    assert changed == f"{before} Somebody {after}"
    assert [replacement.written for replacement in replacements] == ["Qworvaxle"]


@given(st.lists(st.sampled_from(["Perry", "perry's", "Grace", "grace", "Mrs", "and", "XK", "2"])))
def test_what_was_replaced_is_not_found_again(words: list[str]) -> None:
    register = Register(
        (
            Identity("a", Kind.PERSON, "Somebody 1", ("Perry", "Mrs Perry")),
            Identity("b", Kind.PERSON, "Somebody 2", ("Grace",)),
        )
    )
    once = replaced(" ".join(words), register)
    assert apply_pseudonyms(once, register) == (once, ())


def test_names_are_looked_up_once_for_thousands_of_rows(register: Register) -> None:
    """The work for a row does not grow with the register."""
    many = Register(
        tuple(Identity(str(n), Kind.PERSON, f"P{n}", (f"Zq{n}ab Vx{n}cd",)) for n in range(2_000))
    )
    names = Names(many)
    assert len(list(names.candidates("the"))) == 0
    assert len(list(names.candidates("zq7ab"))) == 1
