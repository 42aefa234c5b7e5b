"""How the agencies of a case are named in each other's records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from candour.engines.telling.kinds import BROADER, KINDS, SELF_EVIDENT


@dataclass(frozen=True)
class Agency:
    """An agency of the case: its code, its name, and other words that say what it is."""

    code: str
    name: str
    hints: str = ""


@dataclass(frozen=True)
class Mention:
    """An agency, or one of its workers, named at [start, end) of a text."""

    start: int
    end: int
    code: str


def agencies_of(case: Mapping[str, object] | None) -> tuple[Agency, ...]:
    """Return the agencies that a case file lists; a file's own name says what an agency is."""
    listed = case.get("agencies") if case else None
    return tuple(
        Agency(str(a.get("code", "")), str(a.get("name", "")), str(a.get("file", "")))
        for a in (listed if isinstance(listed, list) else [])
        if isinstance(a, dict) and a.get("code")
    )


class Directory:
    """Finds the agencies of one case in words such as "told social care" or "letter from A&E".

    An agency is known by its code, its name, the words for its kind of service, and its workers
    where some record names one with their post. A word that fits two agencies of the case names
    neither: it would be a guess.
    """

    def __init__(
        self,
        agencies: Sequence[Agency],
        texts: Mapping[str, Sequence[str]] | None = None,
        family: Iterable[str] = (),
    ) -> None:
        """`texts` are each agency's words, from which posts of workers are learned.

        `family` are the names of the family, whose telling is never an agency's.
        """
        self.agencies = tuple(agencies)
        self._kinds = {agency.code: kinds_of(agency) for agency in self.agencies}
        self._workers: dict[str, str] = {}
        self._worker_pattern: re.Pattern[str] | None = None
        # Learned with the agencies' own names alone.
        self._workers = workers_named(self, texts or {})
        self._worker_pattern = self._worker_named()
        names = [re.escape(word) for name in family for word in name.split() if len(word) > 2]
        self._family = re.compile(rf"\b(?:{'|'.join(names)})\s+$") if names else None

    def ends_with_family(self, before: str) -> bool:
        """Whether a text ends with the name of somebody of the family."""
        return bool(self._family and self._family.search(before))

    def kinds(self, code: str) -> frozenset[str]:
        """Return the kinds of service that an agency gives, as far as its name says."""
        return self._kinds.get(code, frozenset())

    def of_kind(self, kind: str) -> str | None:
        """Return the one agency of the case that gives this kind of service, or None."""
        while True:
            found = [code for code, kinds in self._kinds.items() if kind in kinds]
            if found or kind not in BROADER:
                return found[0] if len(found) == 1 else None
            kind = BROADER[kind]

    def mentions(self, text: str) -> list[Mention]:
        """Return every agency named in the text, in order; overlapping names only once."""
        if not text:
            return []
        found = list(self._named(text))
        workers = self._worker_pattern
        if workers is None:
            return found
        taken = {place for mention in found for place in range(mention.start, mention.end)}
        found += [
            Mention(match.start(), match.end(), self._workers[match["surname"]])
            for match in workers.finditer(text)
            if match.start() not in taken
        ]
        return sorted(found, key=lambda mention: mention.start)

    def _code_of(self, group: str) -> str | None:
        what, value = self._groups.get(group, ("", ""))
        return value if what == "code" else self.of_kind(value)

    @cached_property
    def _groups(self) -> dict[str, tuple[str, str]]:
        groups = {f"n{i}": ("code", agency.code) for i, agency in enumerate(self.agencies)}
        return groups | {f"k{i}": ("kind", kind) for i, kind in enumerate(KINDS)}

    def _named(self, text: str) -> Iterator[Mention]:
        """Patterns are tried only where a word begins as they do: most words begin otherwise."""
        end = 0
        beginning_with = self._patterns.get
        for beginning in _BEGINNING.finditer(text):
            pattern = beginning_with(beginning[0].lower())
            if pattern is None or beginning.start() < end:
                continue
            match = pattern.match(text, beginning.start())
            if match:
                end = match.end()
                code = self._code_of(match.lastgroup or "")
                if code:
                    yield Mention(match.start(), end, code)

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        """One pattern for all names and words that begin with the same letters."""
        found: dict[str, dict[str, list[str]]] = {}
        named = {
            f"n{i}": sorted(self._names(agency), key=len, reverse=True)
            for i, agency in enumerate(self.agencies)
        }
        kinds = {f"k{i}": list(words) for i, words in enumerate(KINDS.values())}
        for group, words in (named | kinds).items():
            for word in words:
                found.setdefault(_beginning(word), {}).setdefault(group, []).append(word)
        return {beginning: _any_of(groups) for beginning, groups in found.items()}

    def _names(self, agency: Agency) -> set[str]:
        words: list[str] = re.findall(r"[^\W_]+(?:['’][^\W_]+)?", agency.name)
        names = {_loosely(words[:count]) for count in range(2, len(words) + 1)}
        names |= {re.escape(agency.code)} if len(agency.code) > 1 else set()
        names |= _initials(words)
        shared = Counter(
            name
            for other in self.agencies
            if other is not agency
            for name in (_loosely(re.findall(r"[^\W_]+", other.name)[:2]),)
        )
        if words and _stands_alone(words[0], self.kinds(agency.code)):
            names.add(rf"{re.escape(words[0])}(?!\s+(?:{_PLACES})\b)")
        return {name for name in names if name and name not in shared}

    def _worker_named(self) -> re.Pattern[str] | None:
        if not self._workers:
            return None
        surnames = "|".join(map(re.escape, sorted(self._workers, key=len, reverse=True)))
        return re.compile(rf"\b{_TITLES}\s+(?:[A-Z][\w’'-]+\s+)?(?P<surname>{surnames})\b")


_BEGINNING: Final = re.compile(r"(?<![\w-])[^\W_]{1,2}")


def _beginning(pattern: str) -> str:
    """The letters that a pattern begins with, at most two; empty for one that begins otherwise."""
    found = re.match(r"(?:\(\?i:)?([^\W_]{1,2})", pattern)
    return found[1].lower() if found else ""


def _any_of(groups: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    choices = (f"(?P<{group}>{'|'.join(words)})" for group, words in groups.items())
    return re.compile(rf"(?:{'|'.join(choices)})(?![\w]|-\w)")


_TITLES: Final = r"(?:Dr|Mrs|Miss|Ms|Mr|Prof|Sister|Nurse)\.?"
_WORKER: Final = re.compile(
    rf"\s+(?:{_TITLES}\s+(?:[A-Z][a-z’'-]+\s+)?)(?P<surname>[A-Z][\w’'-]{{2,}})"
)
_DOCTOR: Final = re.compile(r"\bDr\.?\s+(?:[A-Z][a-z’'-]+\s+)?(?P<surname>[A-Z][\w’'-]{2,})")
_WITH_DOCTORS: Final = frozenset(
    {"gp", "hospital", "midwifery", "mental_health", "camhs", "substance", "health_visiting"}
)


def workers_named(directory: Directory, texts: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return workers by surname with their agency's code, where the records leave no doubt.

    A worker is known where somebody names one with a post ("GP Dr Ames"), or where a doctor is
    named by one health agency alone.
    """
    by_post: dict[str, set[str]] = {}
    by_own_file: dict[str, set[str]] = {}
    for writer, written in texts.items():
        for text in written:
            for mention in directory.mentions(text):
                follows = _WORKER.match(text, mention.end)
                if follows:
                    by_post.setdefault(follows["surname"], set()).add(mention.code)
            if directory.kinds(writer) & _WITH_DOCTORS:
                for doctor in _DOCTOR.finditer(text):
                    by_own_file.setdefault(doctor["surname"], set()).add(writer)
    certain = {name: codes for name, codes in (by_own_file | by_post).items() if len(codes) == 1}
    return {name: next(iter(codes)) for name, codes in certain.items()}


_PLACES: Final = (
    r"Road|Street|Lane|Court|Close|Avenue|Drive|Way|Walk|Flats?|House|Terrace|Estate|Rise|Place|"
    r"estate|area|Park|Gardens|City|Town"
)


def kinds_of(agency: Agency) -> frozenset[str]:
    """Return the kinds of service that an agency's name and hints speak of."""
    from_name = _kinds_in(agency.name)
    return from_name or _kinds_in(agency.hints) or _kinds_in(agency.code)


def _kinds_in(text: str) -> frozenset[str]:
    plain = re.sub(r"[_.]+", " ", text)
    return frozenset(kind for kind, pattern in SELF_EVIDENT.items() if pattern.search(plain))


def _stands_alone(word: str, kinds: frozenset[str]) -> bool:
    """A made-up first name (of a charity, a school) names it; a town's name may be the town."""
    return len(word) > 4 and bool(
        kinds & {"substance", "domestic_abuse", "housing", "school", "voluntary", "early_years"}
    )


def _loosely(words: Sequence[str]) -> str:
    return r"\s+".join(re.escape(word).replace("’", "['’]") for word in words)


def _initials(words: Sequence[str]) -> set[str]:
    capitals = [word[0] for word in words if word[0].isupper()]
    return {"".join(capitals[:count]) for count in range(3, len(capitals) + 1)}
