"""What reviewers make of the entries: events and what hangs on them."""

from candour.chronology.models.comparing import ComparisonAsked
from candour.chronology.models.events import Event, Grouping
from candour.chronology.models.exporting import ExportAsked
from candour.chronology.models.family import FamilyTie
from candour.chronology.models.knowledge import Availability, HeldStatement
from candour.chronology.models.matching import (
    DifferingAccount,
    DifferingEntry,
    OneSidedContact,
    SameEvent,
    SameEventEntry,
)
from candour.chronology.models.working import EntryComment, SavedFilter, Tag, Tagging

__all__ = [
    "Availability",
    "ComparisonAsked",
    "DifferingAccount",
    "DifferingEntry",
    "EntryComment",
    "Event",
    "ExportAsked",
    "FamilyTie",
    "Grouping",
    "HeldStatement",
    "OneSidedContact",
    "SameEvent",
    "SameEventEntry",
    "SavedFilter",
    "Tag",
    "Tagging",
]
