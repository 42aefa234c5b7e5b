"""What is handed to the archive: made from the cleared bytes and from nothing else."""

import json
from collections.abc import Iterator, Mapping
from html import escape

from candour.archive.deposits import (
    DepositFile,
    DepositParagraph,
    DepositPublisher,
    DepositRecord,
)
from candour.archive.models import PublisherKind, ReviewType
from candour.cases.models import Case
from candour.disclosure.bundles import opened_bundle
from candour.people.models import Partnership
from candour.platform.config import config
from candour.publication.models import Edition
from candour.reports.publishable import Facts
from candour.reports.stored_form import from_json
from candour.reports.tree import (
    Block,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    text_of,
)
from candour.reports.tree import Report as Tree

_FILES = (
    ("pdf", "application/pdf", "report.pdf"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "report.docx",
    ),
    ("briefing", "application/pdf", "briefing.pdf"),
)
_TYPES = {Case.Regime.SCR: ReviewType.SCR, Case.Regime.CSPR: ReviewType.LCSPR}
_KINDS = {
    Partnership.Kind.BOARD: PublisherKind.BOARD,
    Partnership.Kind.PARTNERSHIP: PublisherKind.PARTNERSHIP,
}


def deposit_record(edition: Edition) -> DepositRecord:
    """The frozen record of one edition; the same edition always gives the same record."""
    case, publication = edition.case, edition.publication
    files = opened_bundle(edition.bundle)
    told = json.loads(files["facts.json"])
    facts = Facts(**{**told, "authors": tuple(told["authors"])})
    return DepositRecord(
        deposit_id=str(edition.pk),
        publishers=tuple(_publisher(each) for each in case.partnerships.order_by("name")),
        label=facts.label,
        title=facts.title,
        year_text=facts.year_text,
        review_type=_TYPES[Case.Regime(case.regime)],
        authors=facts.authors,
        abstract=facts.abstract,
        published_on=edition.publish_on,
        paragraphs=tuple(paragraphs(from_json(files["report.json"].decode()))),
        html=files["report.html"].decode(),
        files=_downloads(files),
        kind="overview report",
        language=facts.language,
        rule_set=case.rule_set,
        is_demonstration=config().demo,
        new_version_of=publication.archive_record_id,
    )


def _downloads(files: Mapping[str, bytes]) -> tuple[DepositFile, ...]:
    return tuple(
        DepositFile(kind, media_type, files[name])
        for kind, media_type, name in _FILES
        if name in files
    )


def _publisher(partnership: Partnership) -> DepositPublisher:
    return DepositPublisher(
        name=partnership.name,
        kind=_KINDS[Partnership.Kind(partnership.kind)],
        helpline_name=partnership.helpline_name,
        helpline_number=partnership.helpline_number,
        helpline_checked_on=partnership.helpline_checked_on,
    )


def paragraphs(tree: Tree) -> Iterator[DepositParagraph]:
    """Everything of the report that can be cited or found, with the headings it stands under."""
    path: list[str] = []
    for block in tree.blocks:
        if isinstance(block, Heading):
            path = [*path[: block.level - 1], block.text]
        else:
            for anchor, text in _citable(block):
                shown = escape(text)
                html = f'<p id="{escape(anchor)}">{shown}</p>'
                yield DepositParagraph(anchor, tuple(path), html, text)


def _citable(block: Block) -> Iterator[tuple[str, str]]:
    if isinstance(block, Paragraph | Quote):
        yield block.anchor, text_of(block.inlines)
    elif isinstance(block, ListBlock):
        yield from ((item.anchor, text_of(item.inlines)) for item in block.items)
    elif isinstance(block, Table):
        for number, row in enumerate(block.rows, start=1):
            cells = (text_of(cell) for cell in row)
            yield f"{block.anchor}-row-{number}", " · ".join(cell for cell in cells if cell)
