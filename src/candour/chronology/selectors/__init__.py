"""What of the chronology a person may read."""

from candour.chronology.selectors.entries import (
    Chronology,
    Filters,
    Line,
    accounts_of,
    chronology,
    colours,
    counted_events,
    document_to_open,
    event_of,
    events_of,
    lines_among,
    lines_of,
    queries_of,
    replaced_in,
)
from candour.chronology.selectors.filtering import chosen, chosen_undated

__all__ = [
    "Chronology",
    "Filters",
    "Line",
    "accounts_of",
    "chosen",
    "chosen_undated",
    "chronology",
    "colours",
    "counted_events",
    "document_to_open",
    "event_of",
    "events_of",
    "lines_among",
    "lines_of",
    "queries_of",
    "replaced_in",
]
