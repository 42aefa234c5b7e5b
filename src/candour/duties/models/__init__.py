"""What incidents and reviews alike owe and decide."""

from candour.duties.models.clocks import Duty, Status
from candour.duties.models.letters import Letter, LetterKind, LetterTemplate
from candour.duties.models.meetings import Meeting

__all__ = ["Duty", "Letter", "LetterKind", "LetterTemplate", "Meeting", "Status"]
