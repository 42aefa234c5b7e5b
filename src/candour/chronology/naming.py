"""How agencies' own words are shown: with pseudonyms, or as written for who may see names."""

from functools import cached_property

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.engines.anonymise.names_in_text import Names
from candour.engines.anonymise.pseudonyms import apply_pseudonyms
from candour.identities.selectors import sealed_register


class Showing:
    """Shows words on one page or in one export. The register is opened once, if at all."""

    def __init__(self, access: Access, names: bool = False) -> None:
        self._access = access
        self._known: dict[str, str] = {}
        self.names = names

    def __call__(self, text: str) -> str:
        """The text with every form of the register replaced, or as it was written."""
        if self.names or not text:
            return text
        # Headings, agencies' short answers and the like come again in every row.
        if text not in self._known:
            self._known[text] = apply_pseudonyms(text, self._names)[0]
        return self._known[text]

    def adds(self, sought: str) -> bool:
        """Whether pseudonyms could bring these casefolded words into a text without them.

        Names give way as whole words, so a single word is either in a pseudonym or it is not.
        """
        if self.names:
            return False
        added = [each.pseudonym.casefold() for each in self._names.register.identities]
        return not sought.isalnum() or any(sought in words for words in (*added, "or"))

    @cached_property
    def _names(self) -> Names:
        return Names(sealed_register(self._access.case))


def showing(access: Access, names: bool = False) -> Showing:
    """Pseudonyms unless `names` is asked for; NotPermitted for who may not read the register.

    Showing names is an event.
    """
    if names:
        access.may_read(Kind.IDENTITIES).require()
        record("chronology.names_read", by=access.actor, case_id=access.case.pk)
    return Showing(access, names)


def may_see_names(access: Access) -> bool:
    """Whether the page may offer to show names."""
    return bool(access.may_read(Kind.IDENTITIES))
