"""What agencies, practitioners and families are asked for, and what they give."""

from candour.contributions.models.agencies import (
    AgencyRequest,
    Entry,
    EntryPlace,
    EntryQuery,
    HeadingMeaning,
    HeldBack,
    Submission,
)
from candour.contributions.models.people import (
    Conversation,
    FamilyContribution,
    PractitionerEvent,
)

__all__ = [
    "AgencyRequest",
    "Conversation",
    "Entry",
    "EntryPlace",
    "EntryQuery",
    "FamilyContribution",
    "HeadingMeaning",
    "HeldBack",
    "PractitionerEvent",
    "Submission",
]
