"""National bodies and their desks, what partnerships send there, and the register of reviewers."""

from candour.oversight.models.desk import (
    DeskLetter,
    DeskMember,
    DeskRecord,
    Ground,
    NationalBody,
    Notified,
    NotifiedChild,
    PackSent,
    Paper,
    PaperKind,
)
from candour.oversight.models.reviewers import PastReview, QualityFeedback, Reviewer

__all__ = [
    "DeskLetter",
    "DeskMember",
    "DeskRecord",
    "Ground",
    "NationalBody",
    "Notified",
    "NotifiedChild",
    "PackSent",
    "Paper",
    "PaperKind",
    "PastReview",
    "QualityFeedback",
    "Reviewer",
]
