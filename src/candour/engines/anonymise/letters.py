"""Letters as a reader takes them: case, accents, ligatures, kinds of quote, dash and space, and the
characters nobody sees, all made alike, with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache

# Soft hyphen, joiners, zero-width spaces, direction marks (Unicode, Default_Ignorable_Code_Point)
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_SINGLE_QUOTES = "‘’‚‛ʼʹ′`´＇"
_DOUBLE_QUOTES = "“”„‟″＂"
_DASHES = "‐‑‒–—―−﹘﹣－"
_ALIKE = {
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
    **dict.fromkeys(_DASHES, "-"),
    "ı": "i",
    "ł": "l",
    "Ł": "l",
    "ø": "o",
    "Ø": "o",
    "đ": "d",
    "Đ": "d",
}


class Folded:
    """Text made alike for comparison, and the way back to where each character stood."""

    def __init__(self, original: str) -> None:
        self._original = original
        if original.isascii():
            self.text = original.lower()
            self._moved = False
        else:
            alike = {character: _letter(character) for character in set(original)}
            self.text = original.translate({ord(c): letters for c, letters in alike.items()})
            self._moved = any(len(letters) != 1 for letters in alike.values())

    def origin(self, place: int) -> int:
        """Where a place of the folded text stood in the original; its end is the original's end."""
        return self._origins[place] if self._moved else place

    @cached_property
    def _origins(self) -> tuple[int, ...]:
        places: list[int] = []
        for place, character in enumerate(self._original):
            places.extend([place] * len(_letter(character)))
        return (*places, len(self._original))


def folded(text: str) -> Folded:
    """The text in lower case, without accents and unseen characters, ligatures taken apart, quotes,
    dashes and spaces of one kind. Length may change; `origin` leads back."""
    return Folded(text)


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    if _UNSEEN.match(character):
        return ""
    if character in _ALIKE:
        return _ALIKE[character]
    if character.isspace():
        return " "
    apart = unicodedata.normalize("NFKD", character)
    kept = "".join(_ALIKE.get(c, c) for c in apart if not unicodedata.combining(c))
    return kept.casefold()


def squashed(folded_text: str) -> str:
    """Letters and digits only, so that names spaced out or run together read the same."""
    return re.sub(r"[\W_]+", "", folded_text)
