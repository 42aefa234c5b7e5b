"""Records held when: which agency's rows show that it held a fact, from what day, and how."""

from candour.engines.knowledge.account import Account, account_of
from candour.engines.knowledge.facts import WORDING, Fact, Held, How, Status
from candour.engines.knowledge.held_on import (
    Known,
    held_for_certain,
    known,
    perhaps_held,
    words_by,
)
from candour.engines.knowledge.proposing import facts_of

__all__ = [
    "WORDING",
    "Account",
    "Fact",
    "Held",
    "How",
    "Known",
    "Status",
    "account_of",
    "facts_of",
    "held_for_certain",
    "known",
    "perhaps_held",
    "words_by",
]
