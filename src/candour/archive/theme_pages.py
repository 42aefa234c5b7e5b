"""Pages on a theme: written by a person, signed, and each sentence resting on a paragraph.

A page is a TOML file: `slug`, `title`, `signed_by`, `signed_on`, optionally `theme` (a code of the
thesaurus), and `[[sentence]]` with `text`, `review`, `version` and `paragraph`.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from candour.archive.indexing import paragraph_id
from candour.archive.models import Paragraph, ReviewRecord
from candour.archive.models.looking import ThemePage, ThemeSentence
from candour.archive.models.thesaurus import Term, Vocabulary
from candour.archive.standing import paragraphs_at
from candour.kernel.errors import Hidden, Invalid
from candour.platform.databases import ARCHIVE


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a person wrote, and where it stands in a report."""

    text: str
    review: str
    version: int
    paragraph: str

    @property
    def place(self) -> str:
        """The paragraph as the search names it."""
        return paragraph_id(self.review, self.version, self.paragraph)


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A sentence with the paragraph that it rests on, which may be shown at this moment."""

    text: str
    record: ReviewRecord
    paragraph: Paragraph


def read_theme_page(path: Path) -> tuple[dict[str, object], list[Sentence]]:
    """The facts of a page and its sentences.

    Raises:
        Invalid: when the file is no such page; its reason says what is wrong.
        OSError: when the file cannot be read.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        facts = {name: given[name] for name in ("slug", "title", "signed_by", "signed_on")}
        sentences = [
            Sentence(str(s["text"]), str(s["review"]), int(s["version"]), str(s["paragraph"]))
            for s in given["sentence"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(
            "theme_page_not_readable",
            f"{path.name} is not a page on a theme ({error}). See docs/install.md for its form.",
        ) from error
    return {**facts, "theme": str(given.get("theme", ""))}, sentences


_LINE = re.compile(
    r"(?P<text>\S.*?)\s+\[?(?:https?://[^\s/]+)?(?:/review/)?"
    r"(?P<review>R-[0-9A-Z]{4}-[0-9A-Z]{4})/v(?P<version>\d{1,4})"
    r"(?:#|/at/)(?P<paragraph>[\w.:-]+)\]?"
)


def sentences_in(lines: str) -> list[Sentence]:
    """A sentence from each line, which ends with the address of the paragraph it rests on.

    The address is as the reading page gives it, or short: `R-7KQ2-MW9F/v1#p12`. Empty lines are
    passed over.

    Raises:
        Invalid: when a line names no paragraph; its reason says which.
    """
    found = []
    for number, line in enumerate((line for line in lines.splitlines() if line.strip()), start=1):
        parts = _LINE.fullmatch(line.strip())
        if parts is None:
            raise Invalid(
                "sentence_without_place",
                f"Sentence {number} does not end with the address of a paragraph. Open the report "
                "“with the addresses of its paragraphs” and copy the one it rests on.",
                "sentences",
            )
        found.append(
            Sentence(parts["text"], parts["review"], int(parts["version"]), parts["paragraph"])
        )
    return found


def publish_theme_page(
    *,
    slug: str,
    title: str,
    signed_by: str,
    signed_on: date,
    theme: str,
    sentences: Sequence[Sentence],
) -> ThemePage:
    """Publish a page on a theme in the place of an earlier one of the same name.

    Raises:
        Invalid: when nobody signed it, it has no sentence, or a sentence rests on no paragraph
            that may be shown; its reason names the sentence.
    """
    _require(signed_by, sentences)
    records = _records(sentences)
    with transaction.atomic(using=ARCHIVE):
        page, _ = ThemePage.objects.update_or_create(
            slug=slug,
            defaults={
                "title": title,
                "term": _term(theme),
                "signed_by": signed_by,
                "signed_on": signed_on,
                "is_demonstration": any(record.is_demonstration for record in records),
            },
        )
        page.sentences.all().delete()
        ThemeSentence.objects.bulk_create(_row(page, n, s) for n, s in enumerate(sentences, 1))
    return page


def theme_page(slug: str) -> tuple[ThemePage, list[ShownSentence], int]:
    """A page, its sentences whose paragraph may be shown, and how many may not.

    Raises:
        Hidden: when there is no such page.
    """
    page = ThemePage.objects.filter(slug=slug).select_related("term").first()
    if page is None:
        raise Hidden()
    rows = list(page.sentences.all())
    places = {row.pk: paragraph_id(row.record_id, row.version_number, row.anchor) for row in rows}
    found = {paragraph_place(row): row for row in paragraphs_at(tuple(places.values()))}
    shown = [
        ShownSentence(row.text, found[places[row.pk]].version.record, found[places[row.pk]])
        for row in rows
        if places[row.pk] in found
    ]
    return page, shown, len(rows) - len(shown)


def beside_paragraphs(sentences: Sequence[Sentence]) -> list[tuple[str, str]]:
    """Each sentence with the words of its paragraph; nothing where that may not be shown."""
    standing = {
        paragraph_place(row): row for row in paragraphs_at(tuple(s.place for s in sentences))
    }
    return [
        (each.text, standing[each.place].text if each.place in standing else "")
        for each in sentences
    ]


def line_of(sentence: ThemeSentence) -> str:
    """A sentence as `sentences_in` reads it."""
    place = paragraph_id(sentence.record_id, sentence.version_number, sentence.anchor)
    return f"{sentence.text} {place}"


def paragraph_place(row: Paragraph) -> str:
    """The paragraph as the search names it."""
    return paragraph_id(row.version.record_id, row.version.number, row.anchor)


def _records(sentences: Sequence[Sentence]) -> list[ReviewRecord]:
    standing = {
        paragraph_place(row): row for row in paragraphs_at(tuple(s.place for s in sentences))
    }
    for number, sentence in enumerate(sentences, start=1):
        if sentence.place not in standing:
            raise Invalid(
                "sentence_without_paragraph",
                f"Sentence {number} rests on {sentence.place}, which is not a paragraph of a "
                "report held here in its latest version. Correct the place and publish again.",
                "sentences",
            )
    return [standing[sentence.place].version.record for sentence in sentences]


def _require(signed_by: str, sentences: Sequence[Sentence]) -> None:
    if not signed_by.strip():
        raise Invalid(
            "not_signed", "A page on a theme is signed by the person who wrote it.", "signed_by"
        )
    if not sentences:
        raise Invalid("no_sentences", "A page on a theme has at least one sentence.", "sentences")


def _term(code: str) -> Term | None:
    if not code:
        return None
    term = Term.objects.filter(vocabulary=Vocabulary.THEME, code=code).first()
    if term is None:
        raise Invalid("no_such_term", f"The thesaurus has no theme {code}. Add it there first.")
    return term


def _row(page: ThemePage, order: int, sentence: Sentence) -> ThemeSentence:
    return ThemeSentence(
        page=page,
        order=order,
        text=sentence.text,
        record_id=sentence.review,
        version_number=sentence.version,
        anchor=sentence.paragraph,
    )
