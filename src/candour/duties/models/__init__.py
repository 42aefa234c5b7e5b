"""What incidents and reviews alike owe and decide."""

from candour.duties.models.clocks import Duty, Status
from candour.duties.models.meetings import Meeting

__all__ = ["Duty", "Meeting", "Status"]
