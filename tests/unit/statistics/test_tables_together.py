"""What one table leaves out, no other table of the year gives away."""

from hypothesis import given, settings
from hypothesis import strategies as st

from candour.oversight.counting import (
    OUTCOMES,
    WITHOUT_REVIEW,
    Figures,
    _one_way,
)
from candour.oversight.linked_figures import BROKEN_DOWN, linked
from candour.oversight.models import Notified

counts = st.one_of(st.integers(0, 12), st.integers(0, 80))


def a_table(id: str, down: list[tuple[str, str]], numbers: list[int]) -> Figures:
    keys = [key for key, _ in down]
    given = dict(zip(keys, numbers, strict=False))
    return _one_way(given, down, id=id, title=id, definition="Counted.", of="Incidents")


@st.composite
def a_year(draw: st.DrawFn) -> tuple[dict[str, int], list[Figures]]:
    """Decisions of a year with what follows from two of them, true to each other."""
    publications = list(Notified.Publication.choices)
    advice = list(Notified.NonPublication.choices)
    standing = draw(st.lists(counts, min_size=6, max_size=6))
    answered = draw(st.lists(counts, min_size=5, max_size=5))
    published = draw(st.lists(counts, min_size=4, max_size=4))
    published[[key for key, _ in publications].index("not_to_be")] = sum(answered)
    decided = {
        "": draw(counts),
        "review": sum(published),
        "other": draw(counts),
        "none": sum(standing),
    }
    decisions = [decided[key] for key, _ in OUTCOMES]
    tables = [
        a_table("decisions", list(OUTCOMES), decisions),
        a_table("no-review", list(WITHOUT_REVIEW), standing),
        a_table("publication", publications, published),
        a_table("not-published", advice, answered),
    ]
    return decided, tables


def told_by(table: Figures) -> int | None:
    """The total that a reader can make out of one table: as shown, or by adding its lines up."""
    lines = [total for _, _, total in table.rows]
    if table.total is None and lines and None not in lines:
        return sum(total for total in lines if total is not None)
    return table.total


@given(a_year())
@settings(max_examples=200)
def test_a_small_number_is_never_the_only_one_left_out_once_all_tables_are_read(
    drawn: tuple[dict[str, int], list[Figures]],
) -> None:
    decided, made = drawn
    tables = {table.id: table for table in linked(made)}
    for outer, _, _ in BROKEN_DOWN:
        inner = {line: table for at, line, table in BROKEN_DOWN if at == outer}
        table = tables[outer]
        left_out = [
            label
            for label, _, total in table.rows
            if total is None and (label not in inner or told_by(tables[inner[label]]) is None)
        ]
        if any(total is None for _, _, total in table.rows) and table.total is not None:
            assert len(left_out) >= 2, (decided, table)


@given(a_year())
@settings(max_examples=50)
def test_a_total_that_is_shown_twice_is_the_same_twice(
    drawn: tuple[dict[str, int], list[Figures]],
) -> None:
    tables = {table.id: table for table in linked(drawn[1])}
    for outer, line, inner in BROKEN_DOWN:
        shown = [total for label, _, total in tables[outer].rows if label == line]
        if shown and None not in (shown[0], tables[inner].total):
            assert shown[0] == tables[inner].total


def test_a_table_that_is_not_broken_down_says_so_and_not_that_there_is_nothing() -> None:
    decided = a_table("decisions", list(OUTCOMES), [0, 30, 4, 50])
    reviews = a_table("publication", list(Notified.Publication.choices), [15, 15, 0, 0])
    _, withheld = linked([decided, reviews])
    assert withheld.rows == ()
    assert withheld.total is None
    assert "Not broken down" in withheld.definition
