"""Reviews to deposit: complete, invented, and small enough to read."""

from dataclasses import replace
from datetime import date
from typing import Any

from candour.archive.deposits import (
    DepositFile,
    DepositParagraph,
    DepositPublisher,
    DepositRecord,
)
from candour.archive.models import PublisherKind, ReviewType

PARTNERSHIP = DepositPublisher(
    name="Northmere Safeguarding Children Board",
    kind=PublisherKind.BOARD,
    helpline_name="Northmere children's services",
    helpline_number="01632 960001",
    helpline_checked_on=date(2026, 11, 2),
    recent_since=date(2024, 1, 1),
)


def record(deposit_id: str = "deposit-1", **changes: Any) -> DepositRecord:
    """A small review, complete in every part; `changes` replaces fields."""
    paragraphs = (
        _paragraph("p-1", ("Findings",), "The health visitor weighed the infant every fortnight."),
        _paragraph("p-2", ("Findings", "Sleep"), "Nobody asked where the infant slept at night."),
    )
    complete = DepositRecord(
        deposit_id=deposit_id,
        publishers=(PARTNERSHIP,),
        label="Child X",
        title="Serious case review: Child X",
        year_text="2015",
        review_type=ReviewType.SCR,
        authors=("A. Reviewer",),
        abstract="A review of how services knew one infant.",
        published_on=date(2015, 6, 1),
        paragraphs=paragraphs,
        html=body(paragraphs),
        files=(
            DepositFile("pdf", "application/pdf", b"%PDF-1.7 fortnight " + deposit_id.encode()),
        ),
        is_demonstration=True,
    )
    return replace(complete, **changes)


def paragraphs_of(*texts: str) -> tuple[DepositParagraph, ...]:
    """Paragraphs p-1, p-2, … under one heading."""
    return tuple(
        _paragraph(f"p-{number}", ("Findings",), text) for number, text in enumerate(texts, start=1)
    )


def body(paragraphs: tuple[DepositParagraph, ...]) -> str:
    """The report's HTML with one chapter."""
    return '<h2 id="findings">Findings</h2>' + "".join(p.html for p in paragraphs)


def _paragraph(anchor: str, path: tuple[str, ...], text: str) -> DepositParagraph:
    return DepositParagraph(anchor, path, f'<p id="{anchor}">{text}</p>', text)
