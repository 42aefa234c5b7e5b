"""The commission of a review, and what runs beside it."""

from candour.reviews.models.beside import (
    AgreedException,
    HeldActivity,
    ParallelProceeding,
    ProgressCheck,
    ProsecutionAgreement,
)
from candour.reviews.models.commission import (
    AgencyInScope,
    LeadReviewerAppointment,
    LineOfEnquiry,
    Review,
    TermsVersion,
)

__all__ = [
    "AgencyInScope",
    "AgreedException",
    "HeldActivity",
    "LeadReviewerAppointment",
    "LineOfEnquiry",
    "ParallelProceeding",
    "ProgressCheck",
    "ProsecutionAgreement",
    "Review",
    "TermsVersion",
]
