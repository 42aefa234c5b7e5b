"""A deposited report as a page to read: the site's look on plain mark-up, and its contents."""

from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser

from candour.engines.search.marks import places
from candour.engines.search.query import Query

_LOOK = {
    "p": "govuk-body",
    "h2": "govuk-heading-l",
    "h3": "govuk-heading-m",
    "h4": "govuk-heading-s",
    "h5": "govuk-heading-s",
    "h6": "govuk-heading-s",
    "a": "govuk-link",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "blockquote": "govuk-inset-text",
    "table": "govuk-table",
    "caption": "govuk-table__caption govuk-table__caption--m",
    "thead": "govuk-table__head",
    "tbody": "govuk-table__body",
    "tr": "govuk-table__row",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
}
_CITED = frozenset({"p", "li", "blockquote"})
_LEVELS = {"h2": 1, "h3": 2}


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A heading of a report: 1 for a chapter, 2 for a section within it."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """The body of a report in the site's look, and the headings of its two upper levels."""

    html: str
    contents: tuple[ContentsLine, ...]


def reading_page(
    html: str, addressed: frozenset[str] = frozenset(), marked: Query | None = None
) -> ReadingPage:
    """Dress an accepted report; paragraphs whose anchor is in `addressed` show a link to it.

    Words that meet the question `marked` stand in `mark`. Words, anchors and order stay as
    deposited.
    """
    page = _Page(addressed, marked)
    page.feed(html)
    page.close()
    return ReadingPage("".join(page.pieces), tuple(page.contents))


class _Page(HTMLParser):
    """Writes every piece of the report back as it came, with a class where the tag has a look."""

    def __init__(self, addressed: frozenset[str], marked: Query | None) -> None:
        super().__init__(convert_charrefs=False)
        self.addressed = addressed
        self.marked = marked
        self.pieces: list[str] = []
        self.contents: list[ContentsLine] = []
        self._heading: tuple[int, str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        given = self.get_starttag_text() or ""
        look = _LOOK.get(tag, "")
        if look and "class" not in own:
            end = len(tag) + 1
            given = f'{given[:end]} class="{look}"{given[end:]}'
        self.pieces.append(given)
        anchor = own.get("id") or ""
        if anchor in self.addressed and tag in _CITED:
            self.pieces.append(_address(anchor))
        if tag in _LEVELS and anchor:
            self._heading = (_LEVELS[tag], anchor, [])

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append(f"</{tag}>")
        if tag in _LEVELS and self._heading:
            level, anchor, words = self._heading
            self.contents.append(ContentsLine(level, anchor, "".join(words).strip()))
            self._heading = None

    def handle_data(self, data: str) -> None:
        self._text(_marked(data, self.marked) if self.marked else data, data)

    def handle_entityref(self, name: str) -> None:
        self._text(f"&{name};", unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._text(f"&#{name};", unescape(f"&#{name};"))

    def _text(self, source: str, words: str) -> None:
        self.pieces.append(source)
        if self._heading:
            self._heading[2].append(words)


def _marked(text: str, query: Query) -> str:
    pieces, at = [], 0
    for start, end in places(text, query):
        pieces += [text[at:start], "<mark>", text[start:end], "</mark>"]
        at = end
    return "".join([*pieces, text[at:]])


def _address(anchor: str) -> str:
    shown = escape(anchor)
    return f'<a class="govuk-link candour-paragraph-address" href="#{shown}">#{shown}</a> '
