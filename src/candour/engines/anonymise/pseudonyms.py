"""Names replaced by what a reader may see."""

from __future__ import annotations

from dataclasses import dataclass

from candour.engines.anonymise.names_in_text import Names
from candour.engines.anonymise.register import Register


@dataclass(frozen=True, slots=True)
class Replacement:
    """What stood at [start, end) of the original text, and what stands there now."""

    start: int
    end: int
    written: str
    identities: tuple[str, ...]
    pseudonym: str


def apply_pseudonyms(text: str, register: Register | Names) -> tuple[str, tuple[Replacement, ...]]:
    """The text with every form of the register replaced, and each replacement in order.

    Whole words only; the longest form at a place wins; a title goes with the name, a possessive
    stays. Quotes, dashes, spaces, case, accents and unseen characters may differ from the register.
    A form that two identities share becomes "A or B", never a guess. For many texts give `Names`,
    made once.
    """
    names = register if isinstance(register, Names) else Names(register)
    kept: list[str] = []
    replaced: list[Replacement] = []
    reached = 0
    for found in names.found_in(text):
        pseudonym = " or ".join(dict.fromkeys(i.pseudonym for i in found.identities))
        kept.extend((text[reached : found.start], pseudonym))
        identities = tuple(identity.id for identity in found.identities)
        written = text[found.start : found.end]
        replaced.append(Replacement(found.start, found.end, written, identities, pseudonym))
        reached = found.end
    return "".join((*kept, text[reached:])), tuple(replaced)
