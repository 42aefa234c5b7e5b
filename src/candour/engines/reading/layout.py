"""From printed lines to headings, paragraphs, lists and notes, by size of type, gaps and marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from candour.engines.reading.joining import joined, runs_in
from candour.engines.reading.model import (
    Block,
    Heading,
    Item,
    ListBlock,
    Look,
    Note,
    Paragraph,
    Run,
    Runs,
)
from candour.engines.reading.pdf_lines import Line
from candour.engines.reading.pdf_tables import DrawnTable

_BULLET = re.compile(r"^\s*([•·▪■□●○◦∙‣➢✓▫\uf0b7\uf0a7]|[–—-](?=\s)|o(?=\s))\s*")
_LETTERED = re.compile(r"^\s*(\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)])\s+")
_OWN_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,3}){1,3}\.?\s")
_NOTE = re.compile(r"^\s*\ue000?(\d{1,3}|\*)\ue001?\s*(?=\S)")
_CHAPTER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|appendix|annex|section|chapter|part)\s", re.I)
_LEADERS = re.compile(r"\s*[.…](?:\s?[.…]){4,}\s*(\d{1,4}|[ivxl]{1,6})?\s*$")
_ENDS = (".", "!", "?", ":", ";", "”", '"')
_LARGER = 1.07
_SMALLER = 0.9
_LONGEST_HEADING = 140
_DEEPEST = 4
_NOTES_BELOW = 0.45


class Layout:
    """The blocks of a document; `notes` fills as they are made."""

    def __init__(
        self,
        pages: Sequence[list[Line]],
        tables: Sequence[list[DrawnTable]],
        labels: Sequence[str],
    ) -> None:
        self.pages, self.tables, self.labels = pages, tables, labels
        self.notes: list[Note] = []
        every = [line for page in pages for line in page]
        self.body = _body_size(every)
        self.leading = _leading(pages, self.body)
        self.width = max((line.right for line in every), default=0.0)
        self.levels = _levels(every, self.body)
        self._out: list[Block] = []
        self._open: list[Line] = []
        self._item: Item | None = None
        self._page: Run | None = None

    def blocks(self) -> list[Block]:
        """Everything in order; a paragraph that runs over a page is one paragraph."""
        for number, (lines, tables) in enumerate(zip(self.pages, self.tables, strict=True)):
            self._begin_page(number)
            text, notes = self._notes_apart(lines)
            self._take_page(text, list(tables))
            self._take_notes(notes)
        self._close()
        return self._out

    def _begin_page(self, number: int) -> None:
        self._page = Run(self.labels[number], Look.PAGE, str(number + 1))

    def _notes_apart(self, lines: list[Line]) -> tuple[list[Line], list[Line]]:
        """Notes stand at the foot in small type and begin with their number."""
        small = self.body * _SMALLER
        top = max((line.top for line in lines), default=0.0)
        for place, line in enumerate(lines):
            rest = lines[place:]
            if (
                all(each.size < small for each in rest)
                and _NOTE.match(line.text)
                and line.top < top * _NOTES_BELOW
            ):
                return lines[:place], rest
        return lines, []

    def _take_notes(self, lines: list[Line]) -> None:
        for line in lines:
            start = _NOTE.match(line.text)
            if start and (start.group(1) == "*" or self._is_next_note(start.group(1))):
                words = line.text[start.end() :]
                self.notes.append(Note(start.group(1), start.group(1), runs_in(words)))
            elif self.notes:
                last = self.notes[-1]
                more = joined([_text(last.runs), line.text])
                self.notes[-1] = Note(last.id, last.mark, runs_in(more))

    def _is_next_note(self, mark: str) -> bool:
        numbers = [int(note.mark) for note in self.notes if note.mark.isdigit()]
        return not numbers or 0 < int(mark) - numbers[-1] < 3 or int(mark) == 1

    def _take_page(self, lines: list[Line], tables: list[DrawnTable]) -> None:
        for line in lines:
            while tables and tables[0].box.top > line.top:
                self._take_table(tables.pop(0))
            self._take(line)
        for table in tables:
            self._take_table(table)

    def _take_table(self, drawn: DrawnTable) -> None:
        self._close()
        self._out.append(drawn.table)

    def _take(self, line: Line) -> None:
        if leaders := _LEADERS.search(line.text):
            self._take_contents_line(line.text[: leaders.start()], leaders.group(1))
            return
        level = self._heading_level(line)
        if level:
            self._take_heading(line, level)
        elif mark := _BULLET.match(line.text) or self._next_letter(line):
            self._close()
            self._item = Item((), mark.group(1).strip())
            self._open = [line]
        else:
            if self._open and self._begins_anew(line):
                self._close()
            self._open.append(line)
        if self._page and len(self._open) == 1:
            self._flush_page_mark()

    def _take_contents_line(self, text: str, page: str | None) -> None:
        # A printed list of contents is a list; its large type makes no headings.
        self._close()
        self._add_item(Item(runs_in(f"{text}, page {page}" if page else text)))

    def _next_letter(self, line: Line) -> re.Match[str] | None:
        found = _LETTERED.match(line.text)
        return found if found and not _OWN_NUMBER.match(line.text) else None

    def _flush_page_mark(self) -> None:
        # Kept until its paragraph is closed, where it is set at the paragraph's beginning.
        self._pending, self._page = self._page, None

    _pending: Run | None = None

    def _heading_level(self, line: Line) -> int:
        if len(line.text) > _LONGEST_HEADING or not any(map(str.isalpha, line.text)):
            return 0
        larger = self.levels.get(line.size, 0)
        if larger:
            return larger
        stands_out = line.bold and line.size >= self.body * 0.98
        if not stands_out or line.text.endswith((".", ",", ";")) or _BULLET.match(line.text):
            return 0
        return min(len(self.levels) + 1, _DEEPEST) if self._stands_alone(line) else 0

    def _stands_alone(self, line: Line) -> bool:
        if not self._open:
            return True
        before = self._open[-1]
        return (
            before.page != line.page or before.bottom - line.top > 0 or _ended(before, self.width)
        )

    def _take_heading(self, line: Line, level: int) -> None:
        last = self._out[-1] if self._out and not self._open else None
        if isinstance(last, Heading) and last.level == level and self._goes_on(line):
            self._out[-1] = Heading(level, (*last.runs, Run(" " + line.text)))
        else:
            self._close()
            mark = (self._page,) if self._page else ()
            self._page = None
            self._out.append(Heading(level, (*mark, *runs_in(line.text))))
        self._heading_line = line

    _heading_line: Line | None = None

    def _goes_on(self, line: Line) -> bool:
        """A heading of two lines: the second follows at once and begins no chapter."""
        before = self._heading_line
        if before is None or before.page != line.page or _CHAPTER.match(line.text):
            return False
        return 0 <= before.bottom - line.bottom < line.size * 1.7 and before.bold == line.bold

    def _begins_anew(self, line: Line) -> bool:
        before = self._open[-1]
        if _OWN_NUMBER.match(line.text):
            return True
        if before.page != line.page or line.bottom > before.top:
            return _ended(before, self.width) or before.text.endswith(_ENDS)
        if before.bottom - line.bottom > self.leading * 1.35:
            return True
        if abs(before.size - line.size) > self.body * 0.1:
            return True
        return before.text.endswith(_ENDS) and _ended(before, self.width)

    def _close(self) -> None:
        if not self._open:
            return
        text = joined([line.text for line in self._open])
        mark, self._pending = ((self._pending,) if self._pending else ()), None
        if self._item is not None:
            words = _BULLET.sub("", text, count=1) if _BULLET.match(text) else _unlettered(text)
            self._add_item(Item((*mark, *runs_in(words)), self._item.mark))
        else:
            self._out.append(Paragraph((*mark, *runs_in(text))))
        self._open, self._item = [], None

    def _add_item(self, item: Item) -> None:
        ordered = any(map(str.isalnum, item.mark)) and item.mark != "o"
        last = self._out[-1] if self._out else None
        if isinstance(last, ListBlock) and last.ordered == ordered:
            self._out[-1] = ListBlock((*last.items, item), ordered)
        else:
            self._out.append(ListBlock((item,), ordered))


def _unlettered(text: str) -> str:
    return _LETTERED.sub("", text, count=1)


def _text(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _ended(line: Line, width: float) -> bool:
    return line.right < width * 0.82


def _body_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _leading(pages: Sequence[list[Line]], body: float) -> float:
    gaps = [
        before.bottom - after.bottom
        for lines in pages
        for before, after in pairwise(lines)
        if 0 < before.bottom - after.bottom < body * 2.5 and before.size == after.size
    ]
    return median(gaps) if gaps else body * 1.2


def _levels(lines: list[Line], body: float) -> dict[float, int]:
    """Sizes of type larger than the body's, as levels; sizes that nearly agree share one."""
    sizes = sorted(
        {line.size for line in lines if line.size >= body * _LARGER and len(line.text) > 1},
        reverse=True,
    )
    levels: dict[float, int] = {}
    level, last = 0, 0.0
    for size in sizes:
        if not last or last - size > body * 0.06:
            level, last = level + 1, size
        levels[size] = min(level, _DEEPEST)
    return levels
