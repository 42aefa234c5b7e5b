"""What reviewers make of the entries: events and what hangs on them."""

from candour.chronology.models.events import Event, Grouping

__all__ = ["Event", "Grouping"]
