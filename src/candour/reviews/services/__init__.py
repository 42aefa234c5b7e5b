"""Commissioning a review: terms of reference, agencies in scope, proceedings beside it."""

from candour.reviews.services.commissioning import commission
from candour.reviews.services.proceedings import change_proceeding, record_proceeding
from candour.reviews.services.scope import bring_agency_into_scope, take_agency_out_of_scope
from candour.reviews.services.terms import (
    Terms,
    add_line_of_enquiry,
    agree_terms,
    missing_terms,
    reword_line_of_enquiry,
    set_terms,
)

__all__ = [
    "Terms",
    "add_line_of_enquiry",
    "agree_terms",
    "bring_agency_into_scope",
    "change_proceeding",
    "commission",
    "missing_terms",
    "record_proceeding",
    "reword_line_of_enquiry",
    "set_terms",
    "take_agency_out_of_scope",
]
