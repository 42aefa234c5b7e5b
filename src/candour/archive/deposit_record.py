"""What a depositor hands over: plain, frozen values, complete in themselves."""

from dataclasses import dataclass
from datetime import date

from candour.archive.models import PublisherKind, ReviewType


@dataclass(frozen=True, slots=True)
class DepositPublisher:
    """The board or partnership that publishes; `kind` decides how it is spoken of."""

    name: str
    kind: PublisherKind
    helpline_name: str = ""
    helpline_number: str = ""
    helpline_checked_on: date | None = None
    recent_since: date | None = None


@dataclass(frozen=True, slots=True)
class DepositParagraph:
    """A paragraph that can be cited: its anchor stands as an `id` in the deposited HTML."""

    anchor: str
    heading_path: tuple[str, ...]
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class DepositFile:
    """A file to download; `kind` is pdf, docx, html or briefing (a PDF of one page).

    Its name is given by the archive.
    """

    kind: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class DepositSummary:
    """A summary in another language; `language` is a BCP 47 tag, `language_name` its own name."""

    language: str
    language_name: str
    text: str


@dataclass(frozen=True, slots=True)
class DepositDescription:
    """The short account of a review, as a librarian or the publisher wrote it.

    `methodology` is a value of `Methodology`; `subjects` are pairs of vocabulary and code;
    `questions` has one question a line.
    """

    incident: str = ""
    background: str = ""
    learning: str = ""
    recommendations: str = ""
    methodology: str = "UNKNOWN"
    do_differently: str = ""
    questions: str = ""
    subjects: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DepositRecord:
    """Everything that is published about a review, and nothing else.

    `deposit_id` is the depositor's own and makes the deposit repeatable. `year_text` is the year
    as it is to be read ("2015", "2007-2008"). `html` is the report's body, to stand below the
    page's own `h1`. `new_version_of` is the permanent id of the review that this text replaces,
    `what_changed` how it differs from that. `publisher_is_withheld` stands in the place of
    publishers where naming the area would identify the child. Dates as texts are `YYYY`,
    `YYYY-MM` or `YYYY-MM-DD`, each empty where it is not known; `published_text` may be less exact
    than `published_on`. `identifiers` are pairs of type and value.
    """

    deposit_id: str
    publishers: tuple[DepositPublisher, ...]
    label: str
    title: str
    year_text: str
    review_type: ReviewType
    authors: tuple[str, ...]
    abstract: str
    published_on: date | None
    paragraphs: tuple[DepositParagraph, ...]
    html: str
    files: tuple[DepositFile, ...] = ()
    summaries: tuple[DepositSummary, ...] = ()
    kind: str = ""
    language: str = "en-GB"
    rule_set: str = ""
    licence: str = ""
    is_demonstration: bool = False
    new_version_of: str = ""
    what_changed: str = ""
    publisher_is_withheld: bool = False
    is_noindexed: bool = False
    licence_evidence: str = ""
    published_text: str = ""
    report_dated_text: str = ""
    adopted_text: str = ""
    uploaded_text: str = ""
    publisher_address: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    description: DepositDescription | None = None
