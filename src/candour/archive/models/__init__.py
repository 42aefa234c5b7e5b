"""What the public archive holds; all of it came through the deposit, cleared for the public."""

from candour.archive.models.alerts import Alert, AlertKey
from candour.archive.models.catalogue import (
    Collection,
    Identifier,
    Publisher,
    PublisherKind,
    ReviewRecord,
    ReviewType,
    Status,
)
from candour.archive.models.description import (
    AnnouncedStatus,
    Announcement,
    Description,
    Methodology,
    RelatedDocument,
    RelatedKind,
)
from candour.archive.models.fixity import DailyRoot, ObjectLeaf
from candour.archive.models.history import (
    IndexPurge,
    LogHead,
    PublicationLog,
    Pulse,
    ReasonClass,
    Tombstone,
    TombstoneKind,
)
from candour.archive.models.learning import (
    Learning,
    LearningKind,
    LearningStatus,
    RecommendedBefore,
    StatusReport,
)
from candour.archive.models.looking import (
    Citation,
    Course,
    DelayReason,
    ThemePage,
    ThemeSentence,
    UnannouncedTotal,
)
from candour.archive.models.texts import (
    Paragraph,
    PublishedFile,
    Summary,
    Version,
)
from candour.archive.models.thesaurus import Term, TermName, Vocabulary

__all__ = [
    "Alert",
    "AlertKey",
    "AnnouncedStatus",
    "Announcement",
    "Citation",
    "Collection",
    "Course",
    "DailyRoot",
    "DelayReason",
    "Description",
    "Identifier",
    "IndexPurge",
    "Learning",
    "LearningKind",
    "LearningStatus",
    "LogHead",
    "Methodology",
    "ObjectLeaf",
    "Paragraph",
    "PublicationLog",
    "PublishedFile",
    "Publisher",
    "PublisherKind",
    "Pulse",
    "ReasonClass",
    "RecommendedBefore",
    "RelatedDocument",
    "RelatedKind",
    "ReviewRecord",
    "ReviewType",
    "Status",
    "StatusReport",
    "Summary",
    "Term",
    "TermName",
    "ThemePage",
    "ThemeSentence",
    "Tombstone",
    "TombstoneKind",
    "UnannouncedTotal",
    "Version",
    "Vocabulary",
]
