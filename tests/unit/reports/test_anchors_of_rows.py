"""What anchors carry of the rows that they stand for."""

from uuid import UUID

from candour.engines.anonymise.patterns import shaped_like_identifiers
from candour.reports.composition.written import short


def test_no_anchor_has_the_shape_of_an_identifier() -> None:
    row = UUID("77723039-182e-4bf2-a809-ae5a34c69a9d")
    assert list(shaped_like_identifiers(f"finding-{str(row).replace('-', '')[:10]}"))
    assert not list(shaped_like_identifiers(f"finding-{short(row)}-showed-1"))


def test_rows_of_different_ids_have_different_anchors() -> None:
    assert short(UUID(int=1 << 100)) != short(UUID(int=1 << 104))
