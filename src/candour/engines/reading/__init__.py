"""Whole documents (.pdf .docx .odt .html) into headings, paragraphs, lists, tables and notes."""

from candour.engines.reading.model import ReadDocument, UnreadableDocument
from candour.engines.reading.reading import read_document

__all__ = ["ReadDocument", "UnreadableDocument", "read_document"]
