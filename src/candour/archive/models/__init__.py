"""What the public archive holds; all of it came through the deposit, cleared for the public."""

from candour.archive.models.catalogue import (
    Collection,
    Identifier,
    Publisher,
    PublisherKind,
    ReviewRecord,
    ReviewType,
    Status,
)
from candour.archive.models.history import (
    IndexPurge,
    LogHead,
    PublicationLog,
    ReasonClass,
    Tombstone,
    TombstoneKind,
)
from candour.archive.models.texts import (
    Paragraph,
    PublishedFile,
    Summary,
    Version,
)

__all__ = [
    "Collection",
    "Identifier",
    "IndexPurge",
    "LogHead",
    "Paragraph",
    "PublicationLog",
    "PublishedFile",
    "Publisher",
    "PublisherKind",
    "ReasonClass",
    "ReviewRecord",
    "ReviewType",
    "Status",
    "Summary",
    "Tombstone",
    "TombstoneKind",
    "Version",
]
