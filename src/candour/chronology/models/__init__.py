"""What reviewers make of the entries: events and what hangs on them."""

from candour.chronology.models.events import Event, Grouping
from candour.chronology.models.working import EntryComment, SavedFilter, Tag, Tagging

__all__ = [
    "EntryComment",
    "Event",
    "Grouping",
    "SavedFilter",
    "Tag",
    "Tagging",
]
