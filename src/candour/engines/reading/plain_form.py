"""A document that was read as JSON can hold it: facts, problems, and the body ready to publish."""

from __future__ import annotations

from dataclasses import asdict

from candour.engines.reading.model import ReadDocument
from candour.engines.reading.rendering import render


def as_json(document: ReadDocument) -> dict[str, object]:
    """Facts of the file, its HTML with anchors, what can be cited, and every problem found."""
    rendered = render(document)
    return {
        "format": document.format,
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "title": document.title,
        "language": document.language,
        "pages": document.pages,
        "html": rendered.html,
        "headings": [
            {"level": level, "anchor": anchor, "text": text}
            for level, anchor, text in rendered.headings
        ],
        "cited": [asdict(each) for each in rendered.cited],
        "tables": sum(type(block).__name__ == "TableBlock" for block in document.blocks),
        "notes": len(document.notes),
        "left_out": list(document.left_out),
        "problems": [asdict(problem) for problem in document.problems],
    }
