"""The index: a folder made from documents, which can be made again from them at any time.

It stores identifiers and where words stand. The texts themselves are not in it; nevertheless its
list of words betrays them, so a text that must go is removed by building the index without it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

import tantivy

from candour.engines.search.documents import Document
from candour.engines.search.spelling import WordsInUse, words_in_use
from candour.engines.search.words import ANALYSER, analyser

_HEAP = 60_000_000
_TAGS = "tags.json"
TEXT_FIELDS = ("title", "text")


def index(documents: Iterable[Document], folder: Path) -> int:
    """Build an index of these documents in an empty or new folder; return how many there are.

    Raises:
        FileExistsError: when the folder holds an index already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    made = _prepared(tantivy.Index(_schema(), path=str(folder)))
    return _write(made, documents, folder, WordsInUse())


def extend(documents: Iterable[Document], folder: Path, *, replacing: Iterable[str] = ()) -> int:
    """Add documents to an index, in place of all of the groups `replacing`; return how many.

    What is replaced is found no more, but its words stand in the index until it is built anew.
    """
    in_use = WordsInUse(words_in_use(folder))
    return _write(_open(folder), documents, folder, in_use, replacing)


@dataclass(frozen=True, slots=True)
class Groups:
    """Every group in an index with the places of its tags in `tags`.

    Tags are counted by group, which is quicker than by document, and by number rather than name.
    """

    tags: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]

    def sums(self, counted: Iterable[tuple[str, int]]) -> dict[str, int]:
        """How often each tag stands, when each of these groups stands so often."""
        totals = [0] * len(self.tags)
        for group, number in counted:
            for place in self.places.get(group, ()):
                totals[place] += number
        return {tag: total for tag, total in zip(self.tags, totals, strict=True) if total}


def groups_in(folder: Path) -> Groups:
    """The groups of an index, some of which may have been taken out of it since it was built."""
    path = folder / _TAGS
    return _read_groups(path, path.stat().st_mtime_ns) if path.exists() else Groups((), {})


@lru_cache(maxsize=4)
def _read_groups(path: Path, changed: int) -> Groups:
    # The time of the last change stands in the key, so that new tags are read.
    listed = _listed(path)
    numbers = {tag: place for place, tag in enumerate(sorted(set(chain(*listed.values()))))}
    return Groups(
        tuple(numbers),
        {group: tuple(numbers[tag] for tag in tags) for group, tags in listed.items()},
    )


def _listed(path: Path) -> dict[str, list[str]]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def words_of(folder: Path) -> frozenset[str]:
    """Every word in the index, including those of documents that were deleted but still stand."""
    searcher = opened(folder).searcher()
    return frozenset(
        word for field in TEXT_FIELDS for word, _ in searcher.terms_with_prefix(field, "")
    )


def opened(folder: Path) -> tantivy.Index:
    """The index in this folder, as last committed.

    Raises:
        FileNotFoundError: when there is none.
    """
    if not (folder / "meta.json").exists():
        raise FileNotFoundError(f"{folder} holds no search index")
    known = _kept_open(folder)
    known.reload()
    return known


@lru_cache(maxsize=4)
def _kept_open(folder: Path) -> tantivy.Index:
    return _open(folder)


def _open(folder: Path) -> tantivy.Index:
    return _prepared(tantivy.Index.open(str(folder)))


def _prepared(made: tantivy.Index) -> tantivy.Index:
    made.register_tokenizer(ANALYSER, analyser())
    return made


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for exact in ("kind", "tags"):
        builder.add_text_field(exact, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("group", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_integer_field("order", fast=True)
    for field in TEXT_FIELDS:
        builder.add_text_field(field, tokenizer_name=ANALYSER, index_option="position")
    return builder.build()


def _write(
    made: tantivy.Index,
    documents: Iterable[Document],
    folder: Path,
    in_use: WordsInUse,
    replacing: Iterable[str] = (),
) -> int:
    # One thread: the same documents make the same index, and two cores serve the readers.
    writer = made.writer(heap_size=_HEAP, num_threads=1)
    for group in replacing:
        writer.delete_documents_by_term("group", group)
    tags = _listed(folder / _TAGS)
    count = 0
    for document in documents:
        writer.add_document(_entry(document))
        in_use.take(document)
        tags[document.group] = list(document.tags)
        count += 1
    # The groups are listed before they can be found: what is not listed is never shut out.
    _list(tags, folder / _TAGS)
    writer.commit()
    writer.wait_merging_threads()
    in_use.keep(folder)
    return count


def _list(tags: Mapping[str, list[str]], path: Path) -> None:
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(tags, ensure_ascii=False), encoding="utf-8")
    temporary.replace(path)


def _entry(document: Document) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_text("id", document.id)
    entry.add_text("group", document.group)
    entry.add_text("kind", document.kind)
    for tag in document.tags:
        entry.add_text("tags", tag)
    entry.add_integer("order", document.order)
    entry.add_text("title", document.title)
    entry.add_text("text", document.text)
    return entry
