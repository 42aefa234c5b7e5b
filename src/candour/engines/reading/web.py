"""Reading a web page (.html): its text in its own structure, without the page's furniture."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from candour.engines.reading.model import (
    Block,
    Cell,
    Contents,
    Heading,
    Item,
    ListBlock,
    Look,
    Note,
    Paragraph,
    Problem,
    Run,
    Runs,
    TableBlock,
    UnreadableDocument,
    pictures_left_out,
    words,
)

_LEFT_OUT = frozenset(["script", "style", "noscript", "template", "iframe", "object", "embed"])
_LEFT_OUT |= frozenset(["svg", "form", "button", "input", "select", "textarea", "head"])
_FURNITURE = frozenset(["nav", "header", "footer", "aside"])
_LOOKS = {"strong": Look.STRONG, "b": Look.STRONG, "em": Look.EMPHASIS, "i": Look.EMPHASIS}
_LOOKS["sup"] = Look.RAISED
_BLOCKS = frozenset(["p", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"])
_BLOCKS |= frozenset(["div", "section", "article", "main", "body", "dl", "pre", "figure", "hr"])
_BLOCKS |= _FURNITURE
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.I)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass
class _Page:
    """The page being read, and what of it was left out."""

    out: Contents = field(default_factory=Contents)
    pictures: int = 0
    inline: list[Run] = field(default_factory=list)


def read_web(data: bytes) -> Contents:
    """Headings, paragraphs, lists and tables of a page; what is hidden or moves is left out.

    Raises:
        UnreadableDocument: when there is no page in the bytes.
    """
    text, problems = _decoded(data)
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, ValueError):
        raise UnreadableDocument(
            "no_words", "There is no text in this page.", "Save the page again and send that."
        ) from None
    page = _Page()
    page.out.problems += problems
    page.out.title = " ".join((root.findtext(".//title") or "").split())
    page.out.language = root.get("lang") or ""
    _take_all(page, _main(root))
    _close(page)
    _move_notes(page, root)
    page.out.problems += pictures_left_out(page.pictures)
    return page.out


def _decoded(data: bytes) -> tuple[str, list[Problem]]:
    """The text; when the named encoding cannot be, one that can, and a word about it."""
    named = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    found = _CHARSET.search(data[:4096])
    said = named or (found.group(1).decode("ascii") if found else "utf-8")
    for encoding in (said, "utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
        return _without_declaration(text), _encoding_problems(said, encoding)
    return _without_declaration(data.decode("latin-1")), _encoding_problems(said, "latin-1")


def _without_declaration(text: str) -> str:
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""))


def _encoding_problems(said: str, used: str) -> list[Problem]:
    if codecs.lookup(used).name == _codec(said):
        return []
    return [
        Problem(
            "wrong_encoding",
            "the whole document",
            f"The page says that its letters are encoded as {said}, which cannot be. "
            f"They were read as {used}.",
            "Look at letters with accents, quotation marks and dashes before you approve it.",
        )
    ]


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _main(root: html.HtmlElement) -> html.HtmlElement:
    found = root.find(".//main")
    body = root.find(".//body")
    return found if found is not None else body if body is not None else root


def _take_all(page: _Page, element: html.HtmlElement) -> None:
    _add_text(page, element.text)
    for child in element:
        _take(page, child)
        _add_text(page, child.tail)


def _take(page: _Page, child: html.HtmlElement) -> None:
    tag = child.tag if isinstance(child.tag, str) else ""
    if tag in _LEFT_OUT or _hidden(child):
        return
    if tag in _FURNITURE and child.getparent() is not None and not child.findall(".//h2"):
        said = " ".join(child.text_content().split())
        page.out.left_out += [said[:120]] if said else []
    elif tag not in _BLOCKS:
        page.inline += _inside(page, child, Look.PLAIN, "")
    else:
        _close(page)
        _block(page, child, tag)


def _block(page: _Page, child: html.HtmlElement, tag: str) -> None:
    blocks = page.out.blocks
    if tag[0] == "h" and tag[1:].isdigit():
        runs = tuple(_runs(page, child))
        blocks += [Heading(int(tag[1:]), runs)] if words(runs) else []
    elif tag in ("p", "pre"):
        runs = tuple(_runs(page, child))
        blocks += [Paragraph(runs)] if words(runs) else []
    elif tag == "blockquote":
        runs = tuple(_runs(page, child))
        blocks += [Paragraph(runs, quoted=True)] if words(runs) else []
    elif tag in ("ul", "ol"):
        items = tuple(_items(page, child, ordered=tag == "ol"))
        blocks += [ListBlock(items, tag == "ol")] if items else []
    elif tag == "table":
        blocks.append(_table(page, child))
    else:
        _take_all(page, child)
        _close(page)


def _close(page: _Page) -> None:
    """Words that stand in no paragraph of their own become one."""
    runs = tuple(page.inline)
    page.inline = []
    if words(runs):
        page.out.blocks.append(Paragraph(runs))


def _add_text(page: _Page, text: str | None) -> None:
    if text:
        page.inline.append(Run(text))


def _hidden(element: html.HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _items(page: _Page, element: html.HtmlElement, *, ordered: bool) -> Iterator[Item]:
    number = int(element.get("start") or 1) if (element.get("start") or "1").isdigit() else 1
    for item in element.iter("li"):
        runs = tuple(_runs(page, item, skip=("ul", "ol")))
        if words(runs):
            yield Item(runs, f"{number}." if ordered else "•")
            number += 1


def _table(page: _Page, table: html.HtmlElement) -> TableBlock:
    rows: list[tuple[Cell, ...]] = []
    headings = 0
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        read = tuple(
            Cell(tuple(_runs(page, cell)), _span(cell, "colspan"), _span(cell, "rowspan"))
            for cell in cells
        )
        if any(words(cell.runs) for cell in read):
            headings += headings == len(rows) and all(cell.tag == "th" for cell in cells)
            rows.append(read)
    caption = " ".join((table.findtext("caption") or "").split())
    return TableBlock(tuple(rows), headings, caption)


def _span(cell: html.HtmlElement, name: str) -> int:
    given = cell.get(name) or "1"
    return max(1, min(int(given), 100)) if given.isdigit() else 1


def _runs(
    page: _Page,
    element: html.HtmlElement,
    look: Look = Look.PLAIN,
    target: str = "",
    skip: tuple[str, ...] = (),
) -> Runs:
    found: list[Run] = [Run(element.text, look, target)] if element.text else []
    for child in element:
        if child.tag not in skip:
            found += _inside(page, child, look, target)
        if child.tail:
            found.append(Run(child.tail, look, target))
    return tuple(found)


def _inside(page: _Page, child: html.HtmlElement, look: Look, target: str) -> Runs:
    tag = child.tag if isinstance(child.tag, str) else ""
    if tag in _LEFT_OUT or _hidden(child):
        return ()
    if tag == "br":
        return (Run(" ", look, target),)
    if tag == "img":
        page.pictures += 1
        return (Run(f"[Picture: {child.get('alt')}]"),) if child.get("alt") else ()
    href = child.get("href") or "" if tag == "a" else ""
    if tag == "a" and href.startswith("#") and words(_runs(page, child)).strip("[]()").isdigit():
        return (Run(words(_runs(page, child)).strip("[]()"), Look.NOTE, href[1:]),)
    inner = _runs(page, child, _LOOKS.get(tag, look), href or target)
    return (Run(" "), *inner, Run(" ")) if tag in _BLOCKS or tag == "li" else inner


def _move_notes(page: _Page, root: html.HtmlElement) -> None:
    """What a raised number leads to on the same page is a note."""
    marks = {
        run.target: run.text
        for block in page.out.blocks
        if isinstance(block, Paragraph)
        for run in block.runs
        if run.look is Look.NOTE
    }
    for target, mark in marks.items():
        found = root.xpath("//*[@id=$id]", id=target)
        if not found:
            continue
        said = words(_runs(_Page(), found[0])).removeprefix(mark).lstrip(". ")
        if said:
            page.out.notes.append(Note(target, mark, (Run(said),)))
            page.out.blocks = list(_without(page.out.blocks, said))


def _without(blocks: list[Block], said: str) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Paragraph) and words(block.runs).endswith(said):
            continue
        if isinstance(block, ListBlock):
            left = tuple(item for item in block.items if not words(item.runs).endswith(said))
            if left:
                yield ListBlock(left, block.ordered)
            continue
        yield block
