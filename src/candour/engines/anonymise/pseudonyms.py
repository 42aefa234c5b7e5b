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
    What was said before the name already is not said twice: "Midwife A Name" becomes "Midwife 2".
    A form that two identities share becomes "A or B", never a guess. For many texts give `Names`,
    made once.
    """
    names = register if isinstance(register, Names) else Names(register)
    kept: list[str] = []
    replaced: list[Replacement] = []
    reached = 0
    for found in names.found_in(text):
        pseudonym = " or ".join(dict.fromkeys(i.pseudonym for i in found.identities))
        start = found.start - _said_before(text[reached : found.start], pseudonym)
        kept.extend((text[reached:start], pseudonym))
        identities = tuple(identity.id for identity in found.identities)
        written = text[start : found.end]
        replaced.append(Replacement(start, found.end, written, identities, pseudonym))
        reached = found.end
    return "".join((*kept, text[reached:])), tuple(replaced)


def _said_before(before: str, pseudonym: str) -> int:
    """How many characters before a name say what its pseudonym says again without its number."""
    words = before.rstrip(" \u00a0")
    label = pseudonym.rstrip("0123456789 ").casefold()
    spaces = len(before) - len(words)
    if not label or not spaces or words[-len(label) :].casefold() != label:
        return 0
    inside_a_word = words[: -len(label)][-1:].isalnum()
    return 0 if inside_a_word else len(label) + spaces
