"""What reviewers make of the entries: events and what hangs on them."""

from candour.chronology.models.events import Event, Grouping
from candour.chronology.models.knowledge import Availability, HeldStatement
from candour.chronology.models.working import EntryComment, SavedFilter, Tag, Tagging

__all__ = [
    "Availability",
    "EntryComment",
    "Event",
    "Grouping",
    "HeldStatement",
    "SavedFilter",
    "Tag",
    "Tagging",
]
