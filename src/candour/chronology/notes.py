"""What belongs to a row of an agency besides its cells."""

from dataclasses import dataclass

from candour.chronology.selectors import Line


@dataclass(frozen=True)
class Note:
    """A footnote, margin comment or deleted passage that the agency sent with a row."""

    kind: str
    heading: str
    text: str


_NOTE_KINDS = {
    "footnotes": "Footnote",
    "endnotes": "Endnote",
    "comment": "Comment in the margin",
    "deleted_text": "Deleted text that the agency released",
}


def notes_of(line: Line) -> list[Note]:
    """What belongs to a row besides its cells, as the agency sent or released it."""
    return [
        Note(label, note.get("heading") or note.get("column") or "", note["text"])
        for kind, label in _NOTE_KINDS.items()
        for note in line.entry.notes.get(kind, [])
    ]
