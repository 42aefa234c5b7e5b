"""How text becomes the words that are compared: one rule for indexing, asking and marking."""

import re
from functools import cache, lru_cache

import tantivy

ANALYSER = "english_words"

_WORD = re.compile(r"[^\W_]+")


@cache
def analyser() -> tantivy.TextAnalyzer:
    """Letters and digits, small, without accents, reduced to the stem of an English word."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(80))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The form under which one word is indexed; empty when it is not indexed at all."""
    found = analyser().analyze(word)
    return str(found[0]) if found else ""


def stems(text: str) -> tuple[str, ...]:
    """The indexed forms of all words in a text, in order."""
    return tuple(str(token) for token in analyser().analyze(text))


def words_with_places(text: str) -> list[tuple[str, int, int]]:
    """Indexed form, start and end of each word of a text, in characters."""
    return [(stem(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]
