"""Chronology tables out of Word, Excel, OpenDocument and CSV files without losing a word."""

from candour.engines.tables.chronology import read_chronology
from candour.engines.tables.entries import ChronologyFile, Entry, RowDate, RowTime, RowWarning
from candour.engines.tables.export_pdf import chronology_pdf
from candour.engines.tables.export_sheets import (
    chronology_csv,
    chronology_json,
    chronology_xlsx,
)
from candour.engines.tables.export_word import chronology_docx
from candour.engines.tables.headings import ROLES, guess_roles
from candour.engines.tables.integrated import HEADINGS, Integrated, merge
from candour.engines.tables.layout import COLUMNS, Grain, Layout
from candour.engines.tables.model import (
    Cell,
    Column,
    Comment,
    Leak,
    NonEntryRow,
    Problem,
    Row,
    Table,
    TableFile,
    UnreadableFile,
)
from candour.engines.tables.provenance import provenance
from candour.engines.tables.reading import read_tables

__all__ = [
    "COLUMNS",
    "HEADINGS",
    "ROLES",
    "Cell",
    "ChronologyFile",
    "Column",
    "Comment",
    "Entry",
    "Grain",
    "Integrated",
    "Layout",
    "Leak",
    "NonEntryRow",
    "Problem",
    "Row",
    "RowDate",
    "RowTime",
    "RowWarning",
    "Table",
    "TableFile",
    "UnreadableFile",
    "chronology_csv",
    "chronology_docx",
    "chronology_json",
    "chronology_pdf",
    "chronology_xlsx",
    "guess_roles",
    "merge",
    "provenance",
    "read_chronology",
    "read_tables",
]
