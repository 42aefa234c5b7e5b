"""Who told whom: the agencies of a case in each other's words, and the tellings a row records."""

from candour.engines.telling.agencies import Agency, Directory, Mention, agencies_of
from candour.engines.telling.columns import columns_for_telling
from candour.engines.telling.reading import Row, Telling, tellings

__all__ = [
    "Agency",
    "Directory",
    "Mention",
    "Row",
    "Telling",
    "agencies_of",
    "columns_for_telling",
    "tellings",
]
