"""From the day it happened to the decision on a review."""

from candour.incidents.models.decision import (
    CriterionFinding,
    PanelLetter,
    PanelNotice,
    PartnerView,
    Recommendation,
    ReviewDecision,
)
from candour.incidents.models.incident import (
    BodyKnown,
    FirstHoursStep,
    Incident,
    IncidentChild,
    Notification,
)
from candour.incidents.models.rapid_review import PartnerSignOff, RapidReview, ScopingForm

__all__ = [
    "BodyKnown",
    "CriterionFinding",
    "FirstHoursStep",
    "Incident",
    "IncidentChild",
    "Notification",
    "PanelLetter",
    "PanelNotice",
    "PartnerSignOff",
    "PartnerView",
    "RapidReview",
    "Recommendation",
    "ReviewDecision",
    "ScopingForm",
]
