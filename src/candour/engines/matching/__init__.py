"""One event told by several agencies, accounts that differ, contacts that one agency records."""

from candour.engines.matching.account import Account, Ref, account_of
from candour.engines.matching.case import Case, Person, case_of
from candour.engines.matching.compare import Comparison, compare
from candour.engines.matching.differing import Differing
from candour.engines.matching.grouping import Group
from candour.engines.matching.one_sided import OneSided
from candour.engines.matching.silences import Silence
from candour.engines.telling import Agency

__all__ = [
    "Account",
    "Agency",
    "Case",
    "Comparison",
    "Differing",
    "Group",
    "OneSided",
    "Person",
    "Ref",
    "Silence",
    "account_of",
    "case_of",
    "compare",
]
