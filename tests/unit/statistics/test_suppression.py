"""No small number can be read in a published table, or worked out from what stands beside it."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candour.engines.statistics import protected, protected_row, spread_of
from candour.engines.statistics.suppression import Table

LEAST_HERE = 3

tables = st.integers(1, 6).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 40), min_size=columns, max_size=columns), min_size=1, max_size=8
    )
)
small_tables = st.integers(1, 3).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 4), min_size=columns, max_size=columns), min_size=1, max_size=2
    )
)


def test_counts_of_ten_and_more_and_zero_are_shown() -> None:
    assert protected_row([0, 10, 25]) == ((0, 10, 25), 35)


def test_a_small_count_goes_with_the_next_smallest_so_that_the_total_does_not_give_it_away() -> (
    None
):
    assert protected_row([3, 40, 12, 90]) == ((None, 40, None, 90), 145)


def test_two_small_counts_that_only_ones_could_make_up_take_a_third_with_them() -> None:
    assert protected_row([1, 1, 50, 60]) == ((None, None, None, 60), 112)


def test_a_small_total_is_suppressed_with_its_parts() -> None:
    assert protected_row([2, 3, 0]) == ((None, None, 0), None)


def test_nothing_counted_is_nothing_suppressed() -> None:
    assert protected_row([]) == ((), 0)
    assert protected([[0, 0], [0, 0]]).suppressed == 0


def test_a_small_cell_of_a_table_takes_a_rectangle_with_it() -> None:
    table = protected([[4, 50, 60], [70, 30, 90], [80, 20, 15]])

    in_row = [cell is None for cell in table.cells[0]]
    in_column = [row[0] is None for row in table.cells]
    assert sum(in_row) >= 2
    assert sum(in_column) >= 2
    assert table.total == 419


@pytest.mark.parametrize("counts", [[[-1]], [[1, 2], [3]], []])
def test_what_is_no_table_of_counts_is_refused(counts: list[list[int]]) -> None:
    with pytest.raises(ValueError, match=r"table|count"):
        protected(counts)


def everything_shown(table: Table) -> list[int | None]:
    cells = [cell for row in table.cells for cell in row]
    return [*cells, *table.row_totals, *table.column_totals, table.total]


@given(tables)
@settings(max_examples=150)
def test_no_count_from_one_to_nine_is_ever_shown(counts: list[list[int]]) -> None:
    assert not any(
        shown is not None and 0 < shown < 10 for shown in everything_shown(protected(counts))
    )


@given(tables)
@settings(max_examples=150)
def test_what_is_shown_is_true(counts: list[list[int]]) -> None:
    table = protected(counts)

    for row, shown in zip(counts, table.cells, strict=True):
        assert all(one in (None, count) for one, count in zip(shown, row, strict=True))
    assert table.total in (None, sum(map(sum, counts)))


def possible(table: Table) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every table with these shown counts that somebody could think of, up to a bound."""
    columns = len(table.cells[0])
    options = [[cell] if cell is not None else range(1, 12) for row in table.cells for cell in row]
    for flat in product(*options):
        cells = tuple(tuple(flat[at : at + columns]) for at in range(0, len(flat), columns))
        if _fits(cells, table):
            yield cells


def _fits(cells: tuple[tuple[int, ...], ...], table: Table) -> bool:
    sums = [
        *zip(map(sum, cells), table.row_totals, strict=True),
        *zip(map(sum, zip(*cells, strict=True)), table.column_totals, strict=True),
        (sum(map(sum, cells)), table.total),
    ]
    return all(shown is None or shown == real for real, shown in sums)


@given(small_tables)
@settings(max_examples=25)
def test_from_all_that_is_shown_a_small_count_can_still_be_several(
    counts: list[list[int]],
) -> None:
    table = protected(counts, least=LEAST_HERE)
    if sum(cell is None for row in table.cells for cell in row) > 5:
        return
    thinkable = list(possible(table))

    for row, column in product(range(len(counts)), range(len(counts[0]))):
        if 0 < counts[row][column] < LEAST_HERE:
            values = {cells[row][column] for cells in thinkable}
            assert len(values) >= LEAST_HERE, (counts, table)


def test_a_duration_of_fewer_than_ten_cases_is_not_told() -> None:
    assert spread_of([30] * 9).median is None
    assert spread_of([30] * 9).count is None
    assert spread_of([]).count == 0
    assert spread_of(list(range(1, 12))).median == 6
