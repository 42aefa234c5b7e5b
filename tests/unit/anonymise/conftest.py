import pytest

from candour.engines.anonymise.register import Identity, Kind, Register


@pytest.fixture(scope="module")
def register() -> Register:
    """A made-up family: two people share a surname, one has a place and a number."""
    return Register(
        (
            Identity(
                "child",
                Kind.PERSON,
                "Child K",
                ("Peregrine Ashby-Thorne", "Peregrine", "Perry", "Pe", "PAT"),
            ),
            Identity("mother", Kind.PERSON, "Mother", ("Grace Ashby-Thorne", "Grace", "Ms O'Shea")),
            Identity("worker", Kind.PERSON, "Social Worker 1", ("K. Vantongeren",)),
            Identity("family", Kind.PERSON, "[family name]", ("Ashby-Thorne",)),
            Identity("home", Kind.PLACE, "Address 1", ("Flat 2, Quillet Court", "Quillet Court")),
            Identity("inn", Kind.ORGANISATION, "Public house 1", ("Hare & Hounds",)),
            Identity("nhs", Kind.NUMBER, "[NHS number]", ("999 000 1234",)),
            Identity("case", Kind.NUMBER, "[reference]", ("XK-70417", "p.shea@example.org")),
            Identity("birth", Kind.DATE, "[date of birth]", ("02/09/2009",)),
        )
    )
