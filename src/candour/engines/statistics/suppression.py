"""Tables of counts in which no small number can be read or worked out.

A count from 1 to `least` - 1 is suppressed; so are as many others as are needed that nobody can
work it out from the totals printed beside it (complementary suppression): from everything that is
shown, each small count can still be any of at least `least` values. Zero is shown: it tells of
nobody. Source: the publication rule of this product (counts under ten), after the Government
Statistical Service's guidance on tables of administrative data.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

LEAST = 10
_UNBOUNDED = 10**9

Shown: TypeAlias = int | None
"""A count as it may be printed; None where it is suppressed."""

_Place: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Table:
    """Counts that may be printed: cells by row, with the totals of rows, columns and all."""

    cells: tuple[tuple[Shown, ...], ...]
    row_totals: tuple[Shown, ...]
    column_totals: tuple[Shown, ...]
    total: Shown

    @property
    def suppressed(self) -> int:
        """How many counts are left out."""
        everything = [*self.row_totals, *self.column_totals, self.total]
        return [*everything, *(cell for row in self.cells for cell in row)].count(None)


def protected(counts: Sequence[Sequence[int]], least: int = LEAST) -> Table:
    """A table of counts with its totals, small ones and those that would give them away left out.

    Every row has as many counts as the first; ValueError for a negative count or a ragged table.
    """
    grid = _with_totals(counts)
    hidden = _Hiding(grid, least).hidden()
    rows, columns = len(grid) - 1, len(grid[0]) - 1

    def shown(row: int, column: int) -> Shown:
        return None if (row, column) in hidden else grid[row][column]

    return Table(
        cells=tuple(tuple(shown(row, at) for at in range(columns)) for row in range(rows)),
        row_totals=tuple(shown(row, columns) for row in range(rows)),
        column_totals=tuple(shown(rows, column) for column in range(columns)),
        total=shown(rows, columns),
    )


def protected_row(counts: Sequence[int], least: int = LEAST) -> tuple[tuple[Shown, ...], Shown]:
    """Counts of one kind of thing beside their total, as they may be printed."""
    if not counts:
        return (), 0
    table = protected([[count] for count in counts], least)
    return tuple(row[0] for row in table.cells), table.column_totals[0]


def _with_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    if not counts or any(len(row) != len(counts[0]) for row in counts):
        raise ValueError("a table has rows of one length")
    if any(count < 0 for row in counts for count in row):
        raise ValueError("a count is not below zero")
    grid = [[*row, sum(row)] for row in counts]
    return [*grid, [sum(column) for column in zip(*grid, strict=True)]]


@dataclass(frozen=True)
class _Hiding:
    """Finds which counts to leave out; the last row and column of the grid are the totals."""

    grid: list[list[int]]
    least: int

    def hidden(self) -> set[_Place]:
        small = {place for place in self._places() if 0 < self._at(place) < self.least}
        # With one column the totals of rows are the cells themselves, and go with them.
        hidden = self._with_twins(small)
        while weak := self._weak(small, hidden):
            hidden = self._with_twins(hidden | {weak})
        return hidden

    def _with_twins(self, hidden: set[_Place]) -> set[_Place]:
        last_row, last_column = len(self.grid) - 1, len(self.grid[0]) - 1
        if last_column == 1:
            hidden = hidden | {(row, 1 - column) for row, column in hidden}
        if last_row == 1:
            hidden = hidden | {(1 - row, column) for row, column in hidden}
        return hidden

    def _weak(self, small: set[_Place], hidden: set[_Place]) -> _Place | None:
        """What to hide next for the sake of a small count that can be narrowed down, if any."""
        bounds = self._bounds(hidden)
        for place in sorted(small):
            low, high = bounds[place]
            if high - low < self.least - 1:
                return self._next(place, hidden)
        return None

    def _next(self, place: _Place, hidden: set[_Place]) -> _Place | None:
        """The smallest count beside this one; a total only where no cell is left; else any."""
        beside = [other for line in self._lines() if place in line for other in line]
        everything = list(self._places())
        for choice in (beside, everything):
            open_to = [each for each in choice if each not in hidden and self._at(each)]
            if open_to:
                return min(open_to, key=lambda each: (self._is_total(each), self._at(each), each))
        return None

    def _bounds(self, hidden: set[_Place]) -> dict[_Place, tuple[int, int]]:
        """From which to which each hidden count can be, as far as the shown ones tell."""
        bounds = dict.fromkeys(hidden, (1, _UNBOUNDED))
        lines = [line for line in self._lines() if any(place in hidden for place in line)]
        changed = True
        while changed:
            before = dict(bounds)
            for line in lines:
                self._narrow(line, bounds)
            changed = bounds != before
        return bounds

    def _narrow(self, line: list[_Place], bounds: dict[_Place, tuple[int, int]]) -> None:
        """The cells of a line add up to its last, the total."""
        *cells, total = line
        lows = {place: self._low(place, bounds) for place in line}
        highs = {place: self._high(place, bounds) for place in line}
        for place in cells:
            if place in bounds:
                others = [each for each in cells if each != place]
                low = lows[total] - sum(highs[each] for each in others)
                high = highs[total] - sum(lows[each] for each in others)
                bounds[place] = (max(lows[place], low), min(highs[place], high))
        if total in bounds:
            least, most = sum(lows[cell] for cell in cells), sum(highs[cell] for cell in cells)
            bounds[total] = (max(lows[total], least), min(highs[total], most))

    def _low(self, place: _Place, bounds: dict[_Place, tuple[int, int]]) -> int:
        return bounds[place][0] if place in bounds else self._at(place)

    def _high(self, place: _Place, bounds: dict[_Place, tuple[int, int]]) -> int:
        return bounds[place][1] if place in bounds else self._at(place)

    def _lines(self) -> Iterator[list[_Place]]:
        rows, columns = range(len(self.grid)), range(len(self.grid[0]))
        for row in rows:
            yield [(row, column) for column in columns]
        for column in columns:
            yield [(row, column) for row in rows]

    def _places(self) -> Iterator[_Place]:
        for row, counts in enumerate(self.grid):
            for column in range(len(counts)):
                yield row, column

    def _is_total(self, place: _Place) -> bool:
        return place[0] == len(self.grid) - 1 or place[1] == len(self.grid[0]) - 1

    def _at(self, place: _Place) -> int:
        return self.grid[place[0]][place[1]]
