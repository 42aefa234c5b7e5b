"""The thesaurus: loaded from what is shipped, changed by librarians, read by everybody."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from candour.archive.models import Term, TermName, Vocabulary
from candour.platform.databases import ARCHIVE

_SHIPPED = Path(__file__).parent / "vocabularies.toml"


def load_vocabularies() -> int:
    """Enter the shipped terms that are not there yet; how many.

    What librarians changed, renamed or retired is left as they have it.
    """
    added = 0
    with transaction.atomic(using=ARCHIVE):
        for vocabulary, told in _shipped():
            term, is_new = Term.objects.get_or_create(
                vocabulary=vocabulary,
                code=told["code"],
                defaults={"label": told["label"], "scope_note": told.get("note", "")},
            )
            if is_new:
                added += 1
                _complete(term, told)
    return added


def terms_in_use() -> list[dict[str, Any]]:
    """Every term that is not retired, with what it means and its other names."""
    rows = Term.objects.filter(is_retired=False).select_related("broader")
    return [
        {
            "vocabulary": term.vocabulary,
            "code": term.code,
            "label": term.label,
            "scope_note": term.scope_note or None,
            "broader": term.broader.code if term.broader else None,
            "other_names": [name.words for name in term.names.all()],
        }
        for term in rows.prefetch_related("names")
    ]


def _shipped() -> Iterator[tuple[str, dict[str, Any]]]:
    for group in tomllib.loads(_SHIPPED.read_text(encoding="utf-8"))["term"]:
        yield from ((group["vocabulary"], told) for told in group["terms"])


def _complete(term: Term, told: dict[str, Any]) -> None:
    broader = told.get("broader")
    if broader:
        term.broader = Term.objects.filter(vocabulary=term.vocabulary, code=broader).first()
        term.save(update_fields=["broader"])
    TermName.objects.bulk_create(
        TermName(term=term, words=words) for words in told.get("names", ())
    )


def terms_by_vocabulary() -> list[tuple[str, list[Term]]]:
    """The terms under their vocabularies, retired ones left out."""
    rows = Term.objects.filter(is_retired=False).prefetch_related("names")
    found = [
        (vocabulary.label, [term for term in rows if term.vocabulary == vocabulary])
        for vocabulary in Vocabulary
    ]
    return [(label, terms) for label, terms in found if terms]
