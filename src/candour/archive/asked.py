"""What a reader asks of the search, as it travels in the address and nowhere else.

Nothing of it is stored or logged: earlier questions and the reader's own list are part of the
address too, so that a page can be sent to a colleague or kept as a bookmark.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.http import urlencode

from candour.archive.facets import NAMES
from candour.engines.search.asking import LONGEST
from candour.engines.search.query import QueryRefused
from candour.engines.search.searching import Sort

MOST_LINES = 10
MOST_KEPT = 50
_LONGEST_WHOLE = 2_000
_LINE = re.compile(r"#(\d+)")
_PARAGRAPH = re.compile(r"[A-Za-z0-9-]{3,24}/v\d{1,4}#[^\s]{1,80}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: words or a paragraph to start from, where to look, in what order, and what is kept.

    `chosen` holds the values chosen of each facet, `history` the questions asked before, `kept` the
    paragraphs on the reader's list, `like` a paragraph whose like is sought.
    """

    typed: str = ""
    review: str = ""
    like: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.BEST
    other_names: bool = True
    meaning: bool = False
    page: int = 1
    history: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, given: QueryDict) -> "Asked":
        """Read the address; what it cannot mean is left at its usual value."""
        page = given.get("page", "1")
        sort = given.get("sort", "")
        lines = [line.strip()[:LONGEST] for line in given.getlist("h") if line.strip()]
        kept = [place for place in given.getlist("s") if _PARAGRAPH.fullmatch(place)]
        like = given.get("like", "")
        return cls(
            typed=given.get("q", "").strip(),
            review=given.get("review", "").strip(),
            like=like if _PARAGRAPH.fullmatch(like) else "",
            chosen={
                name: values
                for name in NAMES
                if (values := tuple(filter(None, given.getlist(name))))
            },
            sort=Sort(sort) if sort in list(Sort) else Sort.BEST,
            other_names=given.get("names") != "off",
            meaning=given.get("meaning") == "on",
            page=int(page) if page.isdecimal() and len(page) < 5 else 1,
            history=tuple(lines[-MOST_LINES:]),
            kept=tuple(dict.fromkeys(kept))[:MOST_KEPT],
        )

    def pairs(self) -> list[tuple[str, str]]:
        """Everything but the number of the page, as names and values of an address."""
        plain = {
            "q": self.typed,
            "review": self.review,
            "like": self.like,
            "sort": "" if self.sort is Sort.BEST else self.sort.value,
            "names": "" if self.other_names else "off",
            "meaning": "on" if self.meaning else "",
        }
        return [
            *((name, value) for name, value in plain.items() if value),
            *((name, value) for name in NAMES for value in self.chosen.get(name, ())),
            *(("h", line) for line in self.history),
            *(("s", place) for place in self.kept),
        ]

    def query(self, **changes: object) -> str:
        """The address's query with some parts changed, from its first page."""
        return urlencode(replace(self, **changes).pairs())  # type: ignore[arg-type]

    def hidden(self, *without: str) -> list[tuple[str, str]]:
        """What a form must carry along beside the fields it shows."""
        return [(name, value) for name, value in self.pairs() if name not in without]

    @property
    def narrowed(self) -> bool:
        """Whether any facet narrows the search."""
        return bool(self.chosen)

    def whole_question(self) -> str:
        """The question with each `#2` replaced by the second of the earlier questions.

        Raises:
            QueryRefused: when there is no such line, or the whole becomes too long.
        """
        whole = expanded(self.typed, self.history)
        if len(whole) > _LONGEST_WHOLE:
            raise QueryRefused(
                "query_too_long", "Together these searches are too long. Join fewer of them."
            )
        return whole


def expanded(typed: str, history: tuple[str, ...]) -> str:
    """A question with the numbers of earlier ones replaced by those, in brackets.

    Raises:
        QueryRefused: for a number that no earlier question has.
    """

    def line(found: re.Match[str]) -> str:
        number = int(found[1][:4])
        if not 1 <= number <= len(history):
            raise QueryRefused(
                "no_such_line",
                f"“{found[0]}” names a line of the search history that is not there.",
            )
        # A line may only lead to lines before it, so this comes to an end.
        return f"({expanded(history[number - 1], history[: number - 1])})"

    return _LINE.sub(line, typed) if _asks_for_lines(typed) else typed


def _asks_for_lines(typed: str) -> bool:
    return '"' not in typed and bool(_LINE.search(typed))
