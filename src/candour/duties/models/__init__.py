"""What incidents and reviews alike owe and decide."""

from candour.duties.models.clocks import Duty, Status
from candour.duties.models.letters import Letter, LetterKind, LetterTemplate
from candour.duties.models.meetings import (
    Attendance,
    BodyMember,
    BodyTerms,
    Meeting,
    MeetingAction,
    MeetingDecision,
    StandingBody,
)

__all__ = [
    "Attendance",
    "BodyMember",
    "BodyTerms",
    "Duty",
    "Letter",
    "LetterKind",
    "LetterTemplate",
    "Meeting",
    "MeetingAction",
    "MeetingDecision",
    "StandingBody",
    "Status",
]
