"""Taking real names out of what a report says, and the register that proves they are gone."""

from collections.abc import Callable

from candour.cases.models import Case
from candour.engines.anonymise.names_in_text import Names
from candour.engines.anonymise.pseudonyms import apply_pseudonyms
from candour.engines.anonymise.register import Identity, Kind, Register
from candour.identities.selectors import people_for_reading, sealed_register

DATE_LEFT_OUT = "(date left out)"


def publishing_register(case: Case) -> Register:
    """Every identity of the case, and every day of birth: both betray a child."""
    born = tuple(
        Identity(f"born-{person['id']}", Kind.DATE, DATE_LEFT_OUT, (person["born"],))
        for person in people_for_reading(case)
        if person["born"]
    )
    return Register(sealed_register(case).identities + born)


def pseudonymiser(case: Case) -> Callable[[str], str]:
    """A function that puts pseudonyms for every form of the register; make it once a report."""
    names = Names(publishing_register(case))
    return lambda text: apply_pseudonyms(text, names)[0]
