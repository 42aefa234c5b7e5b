"""A pack as one bookmarked PDF or Word file, as it went."""

from collections.abc import Iterator

from candour.audit.services import record
from candour.cases.access import Access
from candour.kernel.errors import Hidden
from candour.oversight.letter_facts import LETTER_FORMATS
from candour.oversight.models import PackSent
from candour.reports.composition.written import written
from candour.reports.downloads import FORMATS, WorkingCopy
from candour.reports.tree import Block, Fact, Heading
from candour.reports.tree import Report as Tree
from candour.ui.wording import day


def pack_file(access: Access, pack: PackSent, file_format: str) -> WorkingCopy:
    """The pack as it was frozen; taking it away is an event."""
    if file_format not in LETTER_FORMATS:
        raise Hidden
    media_type, render = FORMATS[file_format]
    content = render(_tree(access, pack))
    record(
        "oversight.pack_taken",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(pack.pk),
        format=file_format,
    )
    name = f"{access.case.reference}-pack-{str(pack.pk)[:8]}.{file_format}"
    return WorkingCopy(name, media_type, content)


def _tree(access: Access, pack: PackSent) -> Tree:
    return Tree(
        title=pack.get_kind_display(),
        subtitle=access.case.lead_partnership.name,
        language="en-GB",
        marking="OFFICIAL-SENSITIVE",
        metadata=(
            Fact("Case", access.case.reference),
            Fact("To", pack.body.name),
            Fact("Sent", day(pack.sent_on)),
            Fact("SHA-256", pack.sha256),
        ),
        blocks=tuple(_blocks(pack)),
    )


def _blocks(pack: PackSent) -> Iterator[Block]:
    if pack.words:
        yield Heading(1, "From the partnership", "pack-words")
        yield from written(pack.words, "pack-words", 1)
    for number, section in enumerate(pack.content["sections"], start=1):
        yield Heading(1, section["title"], f"pack-{number}")
        for at, row in enumerate(section["rows"], start=1):
            yield Heading(2, row["key"], f"pack-{number}-{at}")
            yield from written(row["value"] or "Not answered", f"pack-{number}-{at}-text", 2)
