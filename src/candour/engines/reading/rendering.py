"""A document that was read, as HTML that can be published, with an anchor for every paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from candour.engines.reading.model import (
    Block,
    Cell,
    Heading,
    ListBlock,
    Look,
    Note,
    Paragraph,
    ReadDocument,
    Run,
    Runs,
    TableBlock,
    words,
)

_OWN_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,3}){1,3})\.?\s")
_LINK = re.compile(r"https?://[^\s\"<>]+|mailto:[^\s\"<>]+", re.I)
_SPACES = re.compile(r"\s+")
_TAGS = {Look.STRONG: "strong", Look.EMPHASIS: "em", Look.RAISED: "sup"}


@dataclass(frozen=True, slots=True)
class Cited:
    """A stretch that can be cited: its anchor, the headings above it, its HTML and its words."""

    anchor: str
    heading_path: tuple[str, ...]
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """The body to stand below a page's own title, and what in it can be cited."""

    html: str
    cited: tuple[Cited, ...]
    headings: tuple[tuple[int, str, str], ...]


@dataclass
class _Rendering:
    """The anchors given so far and the headings that the next paragraph stands under.

    A paragraph that the report numbers itself ("4.12 …") is cited by that number; all others by
    their place.
    """

    notes: dict[str, Note]
    html: list[str] = field(default_factory=list)
    cited: list[Cited] = field(default_factory=list)
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    count: int = 0
    tables: int = 0
    level: int = 0


def render(document: ReadDocument) -> Rendered:
    """The document as accepted HTML: headings from h2 down, no level left out."""
    state = _Rendering({note.id: note for note in document.notes})
    for block in document.blocks:
        state.html.append(_block(state, block))
    if document.notes:
        state.html.append(_notes(state, document.notes))
    return Rendered("\n".join(state.html), tuple(state.cited), tuple(state.headings))


def _block(state: _Rendering, block: Block) -> str:
    if isinstance(block, Heading):
        return _heading(state, block)
    if isinstance(block, Paragraph):
        html = _cited(state, "p", block.runs)
        return f"<blockquote>{html}</blockquote>" if block.quoted else html
    if isinstance(block, ListBlock):
        return _list(state, block)
    return _table(state, block)


def _heading(state: _Rendering, heading: Heading) -> str:
    # A level that is left out confuses whoever moves from heading to heading.
    state.level = min(heading.level, state.level + 1)
    text = words(heading.runs)
    state.path = [*state.path[: state.level - 1], text]
    anchor = _free(state, f"h-{len(state.headings) + 1}")
    state.headings.append((state.level, anchor, text))
    tag = f"h{min(state.level + 1, 6)}"
    return f'<{tag} id="{anchor}">{_inline(state, heading.runs)}</{tag}>'


def _cited(state: _Rendering, tag: str, runs: Runs, before: str = "") -> str:
    text = words(runs)
    anchor = _anchor(state, text)
    inner = f"{before}{_inline(state, runs)}"
    if text:
        shown = f'<p id="{anchor}">{inner}</p>'
        state.cited.append(Cited(anchor, tuple(state.path), shown, text))
    return f'<{tag} id="{anchor}">{inner}</{tag}>'


def _anchor(state: _Rendering, text: str) -> str:
    own = _OWN_NUMBER.match(text)
    state.count += 1
    if own and f"p-{own.group(1)}" not in state.used:
        return _free(state, f"p-{own.group(1)}")
    return _free(state, f"p-{state.count}")


def _free(state: _Rendering, wanted: str) -> str:
    anchor, again = wanted, 1
    while anchor in state.used:
        again += 1
        anchor = f"{wanted}-{again}"
    state.used.add(anchor)
    return anchor


def _list(state: _Rendering, block: ListBlock) -> str:
    # The printed mark is kept in the words: "(iv)" is how a report and a court cite the item.
    items = [
        _cited(state, "li", item.runs, f"{escape(item.mark)} " if block.ordered else "")
        for item in block.items
    ]
    return f"<ul>{''.join(items)}</ul>"


def _table(state: _Rendering, block: TableBlock) -> str:
    state.tables += 1
    name = _free(state, f"table-{state.tables}")
    head = "".join(_row(state, row, name, "th") for row in block.rows[: block.headings])
    rest = "".join(_row(state, row, name, "td") for row in block.rows[block.headings :])
    caption = escape(block.caption) or f"Table {state.tables}"
    return (
        f'<table id="{name}"><caption>{caption}</caption>'
        f"{f'<thead>{head}</thead>' if head else ''}<tbody>{rest}</tbody></table>"
    )


def _row(state: _Rendering, row: tuple[Cell, ...], name: str, tag: str) -> str:
    state.count += 1
    anchor = _free(state, f"{name}-row-{state.count}")
    cells = "".join(_cell(state, cell, tag) for cell in row)
    text = " · ".join(said for cell in row if (said := words(cell.runs)))
    if text:
        shown = f'<p id="{anchor}">{escape(text)}</p>'
        state.cited.append(Cited(anchor, tuple(state.path), shown, text))
    return f'<tr id="{anchor}">{cells}</tr>'


def _cell(state: _Rendering, cell: Cell, tag: str) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f"<{tag}{scope}{columns}{rows}>{_inline(state, cell.runs)}</{tag}>"


def _notes(state: _Rendering, notes: tuple[Note, ...]) -> str:
    state.path = ["Notes"]
    anchor = _free(state, "notes")
    state.headings.append((1, anchor, "Notes"))
    items = "".join(
        f'<div id="{_free(state, _note_anchor(note))}">'
        f"{_cited(state, 'p', note.runs, f'{escape(note.mark)} ')}</div>"
        for note in notes
    )
    return f'<h2 id="{anchor}">Notes</h2>{items}'


def _note_anchor(note: Note) -> str:
    return "note-" + re.sub(r"[^A-Za-z0-9-]", "-", note.id)


def _inline(state: _Rendering, runs: Runs) -> str:
    return "".join(_run(state, run) for run in runs)


def _run(state: _Rendering, run: Run) -> str:
    shown = escape(_SPACES.sub(" ", run.text))
    if run.look is Look.PAGE:
        return _page_mark(state, run)
    if run.look is Look.NOTE:
        note = state.notes.get(run.target)
        inner = f'<a href="#{_note_anchor(note)}">{escape(note.mark)}</a>' if note else shown
        return f"<sup>{inner}</sup>"
    tag = _TAGS.get(run.look)
    shown = f"<{tag}>{shown}</{tag}>" if tag else shown
    if run.target and _LINK.fullmatch(run.target):
        return f'<a href="{escape(run.target)}">{shown}</a>'
    return shown


def _page_mark(state: _Rendering, run: Run) -> str:
    anchor = _free(state, f"page-{run.target}")
    printed = escape(run.text)
    return (
        f'<span id="{anchor}" class="candour-page-mark" role="doc-pagebreak" '
        f'aria-label="Page {printed}">[page {printed}]</span> '
    )
