"""A form as a file: Word or PDF, marked, under a name that tells nothing."""

from collections.abc import Iterable, Iterator

from candour.audit.services import record
from candour.cases.access import Access
from candour.kernel import clock
from candour.kernel.errors import Hidden
from candour.paperwork.composed import Part
from candour.reports.composition.written import written
from candour.reports.downloads import FORMATS, WorkingCopy
from candour.reports.tree import Block, Fact, Heading
from candour.reports.tree import Report as Tree
from candour.ui.wording import day

FILE_FORMATS = ("docx", "pdf")


def paper_file(
    access: Access, code: str, title: str, parts: Iterable[Part], file_format: str
) -> WorkingCopy:
    """The paper as it stands; taking it away is an event."""
    if file_format not in FILE_FORMATS:
        raise Hidden
    media_type, render = FORMATS[file_format]
    content = render(_tree(access, title, list(parts)))
    record(
        "paperwork.taken",
        by=access.actor,
        case_id=access.case.pk,
        form=code,
        format=file_format,
    )
    name = f"{access.case.reference}-{code.replace('_', '-')}.{file_format}"
    return WorkingCopy(name, media_type, content)


def _tree(access: Access, title: str, parts: list[Part]) -> Tree:
    return Tree(
        title=title,
        subtitle=access.case.lead_partnership.name,
        language="en-GB",
        marking="OFFICIAL-SENSITIVE",
        metadata=(
            Fact("Case", access.case.reference),
            Fact("Rules", access.case.rule_set),
            Fact("Taken out", day(clock.today())),
        ),
        blocks=tuple(_blocks(parts)),
    )


def _blocks(parts: list[Part]) -> Iterator[Block]:
    for number, part in enumerate(parts, start=1):
        yield Heading(1, part.title, f"part-{number}")
        for at, row in enumerate(part.rows, start=1):
            yield Heading(2, row["key"], f"part-{number}-{at}")
            yield from written(row["value"] or "Not recorded", f"part-{number}-{at}-text", 2)
