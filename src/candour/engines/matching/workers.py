"""Workers whom rows name beside their agency, so that a name alone says whose worker is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from candour.engines.matching.account import Account
from candour.engines.matching.agencies import NOT_A_NAME, Directory
from candour.engines.matching.lexicon import words_of
from candour.engines.matching.words import COMMON, plain


def staff_of(
    accounts: Sequence[Account], directory: Directory, family: frozenset[str]
) -> dict[str, str]:
    """Names that rows give to workers of one agency ("social worker Jo Smith"), to its code.

    A doctor whom only one agency names in its own rows is taken for that agency's.
    """
    said: dict[str, set[str]] = {}
    doctors: dict[str, set[str]] = {}
    for account in accounts:
        text = plain(f"{account.event}\n{account.response}")
        for word, code in _named_workers(text, directory):
            said.setdefault(word, set()).add(code)
        for name in _DOCTOR.findall(text):
            doctors.setdefault(name.lower(), set()).add(account.agency)
    found = {
        word: min(codes) for word, codes in (*doctors.items(), *said.items()) if len(codes) == 1
    }
    return {word: code for word, code in found.items() if word not in family | _NO_NAME}


_NO_NAME: Final = COMMON | NOT_A_NAME | words_of("papers") | words_of("never a worker's name")
_TITLES: Final = frozenset(("Dr", "Mr", "Mrs", "Ms", "Miss", "Sister", "Nurse"))
_DOCTOR = re.compile(r"\bDr (?:[A-Z][a-z]+ )?([A-Z][a-z]+(?:-[A-Z][a-z]+)?)")
_PIECE = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[.,;:()]")


def _named_workers(text: str, directory: Directory) -> Iterator[tuple[str, str]]:
    words = _PIECE.findall(text)
    for _, end, code in directory.mentions([word.lower() for word in words]):
        names = [word for word in words[end : end + 3] if word not in _TITLES][:2]
        for word in names:
            if len(word) < 3 or not (word[0].isupper() and word[1:].islower()):
                break
            yield word.lower(), code
