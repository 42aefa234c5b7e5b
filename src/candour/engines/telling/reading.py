"""Who told whom, as far as the words of a row say so plainly.

The reading is by shapes of English sentences ("rang social care", "letter from the hospital",
"probation told by e-mail"), not by meaning. What somebody meant to do, did not do or should have
done is no telling; neither are words in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from candour.engines.telling.agencies import Directory, Mention
from candour.engines.telling.phrases import (
    ACTIVE,
    BY,
    BY_THE_FAMILY,
    DOCUMENT_FROM,
    DOCUMENT_OF,
    DOCUMENTS_OF_A_KIND,
    INCOMING,
    MEETING,
    MEETING_OF,
    NOT_DONE,
    NOT_THERE,
    NOTICE_SENT,
    OPENS_WITH_SENDER,
    PAPER_FOR,
    PASSIVE,
    POST,
    QUOTED,
    REACHED,
    RECEIVED,
    SENT_DOCUMENT,
    SENTENCE,
    SENTENCE_OF_OTHERS,
    TALK,
    TOLD_THEM,
)

Way = Literal["told", "document", "meeting"]
_SENDING: Final[tuple[tuple[re.Pattern[str], Way], ...]] = (
    (TOLD_THEM, "told"),
    (SENT_DOCUMENT, "document"),
    (PASSIVE, "told"),
)
_RECEIVING: Final[tuple[tuple[re.Pattern[str], Way], ...]] = (
    (BY, "told"),
    (DOCUMENT_FROM, "document"),
    (ACTIVE, "told"),
)


class Row(Protocol):
    """What is read of a row: whose it is, its words, and its columns that name those told."""

    @property
    def agency(self) -> str: ...
    @property
    def event(self) -> str: ...
    @property
    def response(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def told(self) -> str: ...
    @property
    def told_by(self) -> str: ...


@dataclass(frozen=True)
class Telling:
    """One agency telling another: `by` and `to` are codes; `words` are the row's own.

    `sent` is true where the row's agency says that it told, false where it says it was told.
    """

    by: str
    to: str
    sent: bool
    way: Way
    words: str

    @property
    def other(self) -> str:
        """The agency that is not the row's own."""
        return self.to if self.sent else self.by

    @property
    def at_once(self) -> bool:
        """Whether both have it on the same day: a call, a talk or a meeting, no paper."""
        if self.way == "meeting":
            return True
        return bool(TALK.search(self.words)) and not POST.search(self.words)


def tellings(account: Row, directory: Directory) -> tuple[Telling, ...]:
    """Return every telling that a row records, in the order of its words, each pair once."""
    found: dict[tuple[str, str], Telling] = {}
    for telling in (*_by_sentences(account, directory), *_by_columns(account, directory)):
        if telling.by != telling.to:
            found.setdefault((telling.by, telling.to), telling)
    return tuple(found.values())


def _by_columns(account: Row, directory: Directory) -> Iterator[Telling]:
    writer = account.agency
    if not NOT_DONE.search(account.told):
        for mention in directory.mentions(account.told):
            yield Telling(writer, mention.code, True, "told", account.told)
    for mention in directory.mentions(account.told_by):
        yield Telling(mention.code, writer, False, "told", account.told_by)


def _by_sentences(account: Row, directory: Directory) -> Iterator[Telling]:
    incoming = bool(INCOMING.search(account.source) or INCOMING.search(account.event[:60]))
    for place, text in enumerate((account.event, account.response)):
        first = place == 0
        if not (first and incoming) and not _may_tell(text, account.agency, directory):
            continue
        for sentence in SENTENCE.split(QUOTED.sub(" ", text)):
            clause = _Clause.read(sentence, account.agency, directory)
            opening = (first and incoming) or bool(RECEIVED.search(sentence))
            yield from clause.tellings(opening=opening, action=place == 1)
            if clause.named and MEETING.search(account.event):
                yield from clause.met()
            first = False


def _may_tell(text: str, writer: str, directory: Directory) -> bool:
    """Whether a text names an agency, or could tell of a paper that by its kind is some agency's;
    most name none and need not be taken apart."""
    if directory.mentions(text):
        return True
    return bool(text) and ("police" in directory.kinds(writer) or bool(RECEIVED.search(text)))


@dataclass(frozen=True)
class _Clause:
    """A sentence in which every agency named stands as «0», «1» and so on."""

    writer: str
    text: str
    named: tuple[Mention, ...]
    directory: Directory
    original: str

    @classmethod
    def read(cls, sentence: str, writer: str, directory: Directory) -> _Clause:
        mentions = tuple(directory.mentions(sentence))
        parts, at = [], 0
        for number, mention in enumerate(mentions):
            parts += [sentence[at : mention.start], f"«{number}»"]
            at = mention.end
        text = "".join((*parts, sentence[at:]))
        return cls(writer, text, mentions, directory, sentence.strip())

    def tellings(self, *, opening: bool, action: bool) -> Iterator[Telling]:
        """`opening` is for words of a paper that came in, `action` for what the agency did."""
        if not self.named:
            yield from self._naming_nobody(opening=opening)
            return
        head, colon, tail = self.text.partition(":")
        done = self._done(head) if action and not colon else []
        if done:
            yield from done
            return
        came_about = not NOT_DONE.search(head)
        received = list(self._received(head, opening=opening)) if came_about else []
        yield from received
        if not received:
            if came_about:
                yield from self._sent(head)
            if colon and not NOT_DONE.search(tail):
                yield from self._sent(tail)

    def _done(self, text: str) -> list[Telling]:
        """What the writer did, where the sentence is nothing but whom it told, or of what paper."""
        ways: tuple[tuple[re.Pattern[str], Way], ...] = (
            (REACHED, "told"),
            (PAPER_FOR, "document"),
        )
        return [
            self._telling(self.writer, code, True, way)
            for pattern, way in ways
            if (match := pattern.fullmatch(text))
            for code in self._others(match["them"])
        ]

    def _naming_nobody(self, *, opening: bool) -> Iterator[Telling]:
        """Papers that by their kind go from one kind of service to another."""
        if not opening and "police" not in self.directory.kinds(self.writer):
            return
        head, _, tail = self.text.partition(":")
        papers = opening and not NOT_DONE.search(head) and list(self._paper_of_a_kind(head))
        if papers:
            yield from papers
            return
        for part in (head, tail):
            if not NOT_DONE.search(part):
                yield from self._notice(part)

    def _codes(self, text: str) -> list[str]:
        return [self.named[int(n)].code for n in re.findall(r"«(\d+)»", text)]

    def _others(self, text: str) -> list[str]:
        return [code for code in dict.fromkeys(self._codes(text)) if code != self.writer]

    def _sent(self, text: str) -> Iterator[Telling]:
        if self._is_of_others(text):
            return
        for pattern, way in _SENDING:
            for match in pattern.finditer(text):
                if self._by_another(match, text):
                    continue
                for code in self._others(match["them"]):
                    yield self._telling(self.writer, code, True, way)
        if not self._others(text):
            yield from self._notice(text)

    def _notice(self, text: str) -> Iterator[Telling]:
        if "police" in self.directory.kinds(self.writer) and NOTICE_SENT.search(text):
            care = self.directory.of_kind("social_care")
            if care:
                yield self._telling(self.writer, care, True, "document")

    def _is_of_others(self, text: str) -> bool:
        """Whether another agency is the one that acts: then its telling is not the writer's."""
        match = SENTENCE_OF_OTHERS.match(text)
        return bool(match and self._others(match["them"]))

    def met(self) -> Iterator[Telling]:
        """Those whom the writer lists as present at a meeting heard what was said there."""
        match = MEETING_OF.search(self.text)
        if match and not NOT_DONE.search(self.text) and not NOT_THERE.search(self.text):
            listed = match["those"] or match["them"] or match["there"] or ""
            for code in self._others(listed):
                yield self._telling(self.writer, code, True, "meeting")

    def _by_another(self, match: re.Match[str], text: str) -> bool:
        """Whether the family, or another agency named with "by", is the one that told."""
        before = text[: match.start()]
        if BY_THE_FAMILY.search(before) or self.directory.ends_with_family(before):
            return True
        return bool(self._others(match.groupdict().get("teller") or ""))

    def _received(self, text: str, *, opening: bool) -> Iterator[Telling]:
        for pattern, way in _RECEIVING:
            for match in pattern.finditer(text):
                if self._told_another(match):
                    continue
                for code in self._others(match["them"]):
                    yield self._telling(code, self.writer, False, way)
        paper = DOCUMENT_OF.match(text)
        if paper:
            for code in self._others(paper["them"]):
                yield self._telling(code, self.writer, False, "document")
        if opening:
            yield from self._opening(text)

    def _told_another(self, match: re.Match[str]) -> bool:
        """`HV told SW` in a third agency's words is between those two."""
        whom = match.groupdict().get("whom") or ""
        return bool(whom) and self.writer not in self._codes(whom)

    def _opening(self, text: str) -> Iterator[Telling]:
        """A paper that came in, named by its sender or by what only one service writes."""
        match = OPENS_WITH_SENDER.match(text)
        codes = self._others(match["them"]) if match else []
        for code in codes:
            yield self._telling(code, self.writer, False, "document")
        if not codes:
            yield from self._paper_of_a_kind(text)

    def _paper_of_a_kind(self, text: str) -> Iterator[Telling]:
        for kind, pattern in DOCUMENTS_OF_A_KIND.items():
            author = self.directory.of_kind(kind)
            if author and author != self.writer and pattern.search(text):
                yield self._telling(author, self.writer, False, "document")
                return

    def _telling(self, by: str, to: str, sent: bool, way: Way) -> Telling:
        return Telling(by, to, sent, way, self.original)
