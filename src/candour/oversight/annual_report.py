"""A draft of a body's annual report: its figures with charts, tables and definitions."""

from collections.abc import Iterator

from candour.audit.services import record
from candour.engines.statistics import Shown
from candour.kernel.actor import Actor
from candour.oversight.charts import bars, in_a_sentence
from candour.oversight.counting import Figures
from candour.oversight.figure_files import RULES
from candour.oversight.presenters import LEFT_OUT, in_words
from candour.oversight.statistics import FEWEST, Year, by_year
from candour.reports.composition.written import said
from candour.reports.downloads import FORMATS, WorkingCopy
from candour.reports.tree import Block, Fact, Figure, Heading, Table, plain
from candour.reports.tree import Report as Tree

_TO_WRITE = "To be written by the body: what stands behind these figures, and what follows."


def annual_report(*, by: Actor, year: Year, file_format: str) -> WorkingCopy:
    """The draft as Word or PDF; taking it away is an event."""
    media_type, render = FORMATS[file_format]
    content = render(_tree(year))
    record(
        "oversight.report_drafted",
        by=by,
        subject=str(year.desk.pk),
        year=year.begins.isoformat(),
        format=file_format,
    )
    name = f"annual-report-{year.begins.isoformat()}.{file_format}"
    return WorkingCopy(name, media_type, content)


def _tree(year: Year) -> Tree:
    return Tree(
        title=f"Annual report {year.label}: draft",
        subtitle=year.desk.name,
        language="en-GB",
        marking="DRAFT",
        metadata=(Fact("Reporting year", year.label),),
        blocks=tuple(_blocks(year)),
    )


def _blocks(year: Year) -> Iterator[Block]:
    yield Heading(1, "The year in figures", "year")
    yield said(f"{in_words(year.notified)} incidents were notified.", "year-count")
    for number, (mark, words) in enumerate(RULES, start=1):
        yield said(f"{mark}: {words}", f"year-rule-{number}")
    if not year.tables:
        yield said(
            f"Fewer than {FEWEST} incidents were notified; nothing is broken down.", "year-few"
        )
    yield from _chapter(by_year(year.desk))
    for table in year.tables:
        yield from _chapter(table)
    if year.durations:
        yield from _how_long(year)


def _chapter(figures: Figures) -> Iterator[Block]:
    mark = f"table-{figures.id}"
    yield Heading(1, figures.title, mark)
    yield said(figures.definition, f"{mark}-definition")
    yield said(_TO_WRITE, f"{mark}-words")
    rows = [(label, total) for label, _, total in figures.rows]
    if not rows:
        yield said("None in this year.", f"{mark}-none")
        return
    yield Figure(
        image=bars(rows),
        image_type="image/svg+xml",
        alt=in_a_sentence(rows),
        caption=f"{figures.title}. Counted: {figures.of.lower()}",
        anchor=f"{mark}-chart",
    )
    yield _table(figures, mark)


def _table(figures: Figures, mark: str) -> Table:
    whole = () if figures.one_way else ("All",)
    rows = [
        (label, *map(in_words, cells), *(() if figures.one_way else (in_words(total),)))
        for label, cells, total in figures.rows
    ]
    if figures.totals:
        rows.append(("All", *map(in_words, figures.totals), *_last(figures.total, figures)))
    return Table(
        figures.title,
        tuple(plain(text) for text in ("Group", *figures.columns, *whole)),
        tuple(tuple(plain(text) for text in row) for row in rows),
        f"{mark}-table",
        row_headers=True,
    )


def _last(total: Shown, figures: Figures) -> tuple[str, ...]:
    return () if figures.one_way else (in_words(total),)


def _how_long(year: Year) -> Iterator[Block]:
    yield Heading(1, "How long steps took", "durations")
    yield said(year.durations[0].definition, "durations-definition")
    header = ("Step", "Counted", "Lower quartile", "Median", "Upper quartile")
    rows = [
        (
            each.title,
            in_words(each.spread.count),
            *(
                LEFT_OUT if value is None else f"{value:g}"
                for value in (each.spread.lower, each.spread.median, each.spread.upper)
            ),
        )
        for each in year.durations
    ]
    yield Table(
        "Days between steps",
        tuple(plain(text) for text in header),
        tuple(tuple(plain(text) for text in row) for row in rows),
        "durations-table",
        row_headers=True,
    )
