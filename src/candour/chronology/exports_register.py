"""The register of differing accounts and the contacts recorded by one agency only, as a file."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from enum import StrEnum

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.chronology.exports import Export
from candour.chronology.models import DifferingAccount, OneSidedContact
from candour.chronology.naming import Showing, showing
from candour.chronology.presenters.lines import interval
from candour.chronology.presenters.matching import contact_named, disposition
from candour.chronology.selectors.matching import entries_in, lines_of_rows, one_sided, register
from candour.engines.tables.export_sheets import without_formula
from candour.ui.wording import day

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DIFFERING = (
    "Event", "In what", "What the accounts say", "Accounts", "Disposition", "Why", "Decided by",
)  # fmt: skip
_ONE_SIDED = (
    "Contact", "Day of the row", "What the files submitted show", "Gap declared",
    "What was found out", "Decided by",
)  # fmt: skip

Table = tuple[str, tuple[str, ...], list[list[str]]]


class RegisterFormat(StrEnum):
    """The kinds of file that the register leaves in."""

    WORD = "docx"
    CSV = "csv"


@transaction.atomic
def export_register(*, access: Access, file_format: RegisterFormat, names: bool) -> Export:
    """Write what people have decided, and nothing that is only proposed; an event says so.

    NotPermitted when names are asked for by somebody who may not read the register of identities.
    """
    shown = showing(access, names)
    tables = [_differing(access, shown), _contacts(access, shown)]
    made = _csv(tables) if file_format is RegisterFormat.CSV else _word(access, tables)
    record(
        "chronology.register_exported",
        by=access.actor,
        case_id=access.case.pk,
        format=file_format.value,
        names=names,
        sha256=hashlib.sha256(made).hexdigest(),
    )
    media_type = _WORD if file_format is RegisterFormat.WORD else "text/csv; charset=utf-8"
    return Export(f"{access.case.reference}-register.{file_format.value}", media_type, made)


def _differing(access: Access, shown: Showing) -> Table:
    rows = [_difference(access, one, shown) for one in register(access)]
    return "Differing accounts", _DIFFERING, rows


def _difference(access: Access, one: DifferingAccount, shown: Showing) -> list[str]:
    lines = lines_of_rows(access, entries_in(one))
    accounts = [
        f"{line.place.agency_name} ({interval(line.place.earliest, line.place.latest)}): "
        f"{shown(line.entry.what)}"
        for line in lines
    ]
    return [
        one.event.title,
        one.get_type_display(),
        "; ".join(map(shown, one.reasons)),
        "\n".join(accounts),
        disposition(one),
        shown(one.why),
        _decided(one),
    ]


def _contacts(access: Access, shown: Showing) -> Table:
    rows = [
        [
            contact_named(one),
            interval(one.entry.earliest, one.entry.latest) or "No date",
            one.get_way_display(),
            shown(one.declared_gap),
            shown(one.why),
            _decided(one),
        ]
        for one in one_sided(access)
    ]
    return "Contacts recorded by one agency only", _ONE_SIDED, rows


def _decided(one: DifferingAccount | OneSidedContact) -> str:
    if one.decided_by is None or one.decided_at is None:
        return ""
    return f"{one.decided_by.name}, {day(one.decided_at.date())}"


def _csv(tables: list[Table]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for title, headings, rows in tables:
        writer.writerow([title])
        writer.writerow(headings)
        writer.writerows([without_formula(cell) for cell in row] for row in rows)
        writer.writerow([])
    return stream.getvalue().encode("utf-8-sig")


def _word(access: Access, tables: list[Table]) -> bytes:
    from docx import Document
    from docx.enum.section import WD_ORIENTATION
    from docx.shared import Mm

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENTATION.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.header.paragraphs[0].text = "OFFICIAL-SENSITIVE"
    document.core_properties.title = f"Differing accounts, {access.case.reference}"
    document.core_properties.author = ""
    document.core_properties.language = "en-GB"
    for title, headings, rows in tables:
        document.add_heading(title, level=1)
        table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
        _repeat(table.rows[0]._tr)
        for cells in _cells(headings, rows):
            row = table.rows[0] if cells is headings else table.add_row()
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words.translate(_NOT_ALLOWED)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


_NOT_ALLOWED = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def _cells(
    headings: tuple[str, ...], rows: list[list[str]]
) -> Iterator[tuple[str, ...] | list[str]]:
    yield headings
    yield from rows


def _repeat(row: object) -> None:
    """Repeat the headings on every page."""
    from docx.oxml import OxmlElement

    properties = row.get_or_add_trPr()  # type: ignore[attr-defined]
    properties.append(OxmlElement("w:tblHeader"))
