"""Commissioning a review: terms, agencies in scope, what runs beside it, whose it is."""

from candour.reviews.services.agreements import (
    Agreed,
    agreement_is_missing,
    record_prosecution_agreement,
)
from candour.reviews.services.bodies import hand_over, join_partnership
from candour.reviews.services.checks import (
    Checked,
    answer_progress_check,
    record_progress_check,
)
from candour.reviews.services.commissioning import commission
from candour.reviews.services.exceptions import (
    GoesAhead,
    ever_held_back,
    require_free_to_go_ahead,
)
from candour.reviews.services.proceedings import (
    Stands,
    Waiting,
    change_proceeding,
    hold_activity,
    lift_activity,
    record_proceeding,
)
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
    "Agreed",
    "Checked",
    "GoesAhead",
    "Stands",
    "Terms",
    "Waiting",
    "add_line_of_enquiry",
    "agree_terms",
    "agreement_is_missing",
    "answer_progress_check",
    "bring_agency_into_scope",
    "change_proceeding",
    "commission",
    "ever_held_back",
    "hand_over",
    "hold_activity",
    "join_partnership",
    "lift_activity",
    "missing_terms",
    "record_proceeding",
    "record_progress_check",
    "record_prosecution_agreement",
    "require_free_to_go_ahead",
    "reword_line_of_enquiry",
    "set_terms",
    "take_agency_out_of_scope",
]
