"""The only door into the archive: deposit a frozen record, or withdraw one.

The depositor hands over plain values; no row, file or key of a case passes through here.
"""

from datetime import date
from hashlib import sha256

from django.db import transaction

from candour.archive import describing, fixity, publication_log, storage
from candour.archive.acceptance import require_publishable
from candour.archive.deposit_record import (
    DepositDescription,
    DepositFile,
    DepositParagraph,
    DepositPublisher,
    DepositRecord,
    DepositSummary,
)
from candour.archive.models import (
    Collection,
    Identifier,
    IndexPurge,
    Paragraph,
    PublicationLog,
    PublishedFile,
    ReasonClass,
    ReviewRecord,
    Status,
    Summary,
    Tombstone,
    TombstoneKind,
    Version,
)
from candour.archive.publishers import publisher_for
from candour.archive.years import year_span
from candour.engines.reading.fingerprint import words_digest
from candour.kernel.errors import Invalid, WrongState
from candour.platform.databases import ARCHIVE

__all__ = [
    "DepositDescription",
    "DepositFile",
    "DepositParagraph",
    "DepositPublisher",
    "DepositRecord",
    "DepositSummary",
    "deposit",
    "withdraw",
]


def deposit(frozen: DepositRecord) -> ReviewRecord:
    """Put a report into the archive and return its permanent record.

    The same `deposit_id` again returns the same record and changes nothing. Files are written
    before the rows, which commit together: a fault in between leaves files that no row names, and
    no half-made record.

    Raises:
        Invalid: when something in the record may not be shown; its reason says what and where.
        WrongState: when `new_version_of` names a review that was withdrawn.
    """
    require_publishable(frozen)
    with transaction.atomic(using=ARCHIVE):
        publication_log.hold()
        already = Version.objects.filter(deposit_id=frozen.deposit_id).first()
        if already:
            return already.record
        digests = tuple(storage.keep(file.content) for file in frozen.files)
        record = _save_record(frozen)
        version = _save_version(record, frozen, digests)
        if frozen.description:
            describing.describe(record, frozen.description)
        fixity.enter(version)
        publication_log.enter(PublicationLog.Operation.DEPOSITED, record)
    return record


def withdraw(
    record_id: str,
    *,
    tombstone: TombstoneKind,
    reason_class: ReasonClass,
    public_text: str = "",
) -> ReviewRecord:
    """Withdraw a review: from this commit on nothing of it is served but the tombstone.

    `public_text` is shown with a full tombstone only. The search index is purged afterwards
    (`candour.archive.purging.purge_pending`). Withdrawing again changes the tombstone, as a
    later order may ask.

    Raises:
        Invalid: when there is no such review.
    """
    with transaction.atomic(using=ARCHIVE):
        publication_log.hold()
        record = ReviewRecord.objects.select_for_update().filter(pk=record_id).first()
        if record is None:
            raise Invalid("no_such_review", f"The archive has no review {record_id}.")
        said = public_text if tombstone == TombstoneKind.FULL else ""
        _set_tombstone(record, kind=tombstone, reason_class=reason_class, public_text=said)
        fixity.withhold_if_ordered(record)
        publication_log.enter(PublicationLog.Operation.WITHDRAWN, record)
    return record


def _set_tombstone(record: ReviewRecord, **said: str) -> None:
    record.status = Status.WITHDRAWN
    record.save(update_fields=["status"])
    Tombstone.objects.update_or_create(record=record, defaults=said)
    IndexPurge.objects.update_or_create(record=record, defaults={"finished_at": None})


def _save_record(frozen: DepositRecord) -> ReviewRecord:
    record = _record_to_fill(frozen)
    record.label = frozen.label
    record.title = frozen.title
    record.title_is_approximate = False
    record.year_text = frozen.year_text
    record.year_from, record.year_to = year_span(frozen.year_text)
    record.review_type = frozen.review_type
    record.author = "; ".join(frozen.authors)
    record.abstract = frozen.abstract
    record.published_text = frozen.published_text or _as_text(frozen.published_on)
    record.published_from = frozen.published_on
    for name in _AS_GIVEN:
        setattr(record, name, getattr(frozen, name))
    record.publisher_address_complete = frozen.publisher_address.startswith(_WEB)
    record.collection = Collection.JOINT if len(frozen.publishers) > 1 else Collection.LOCAL
    record.status = Status.PUBLISHED
    record.is_demonstration = frozen.is_demonstration
    record.save()
    record.publishers.set(
        publisher_for(publisher, is_demonstration=frozen.is_demonstration)
        for publisher in frozen.publishers
    )
    _save_identifiers(record, frozen)
    return record


def _save_identifiers(record: ReviewRecord, frozen: DepositRecord) -> None:
    for kind, value in frozen.identifiers:
        known, _ = Identifier.objects.get_or_create(
            type=kind, value=value, defaults={"record": record}
        )
        if known.record_id != record.pk:
            raise Invalid(
                "identifier_taken",
                f"The identifier {kind} {value} belongs to review {known.record_id}. If it is the "
                "same review, deposit this text as a new version of it.",
                field="identifiers",
            )


def _as_text(day: date | None) -> str:
    return day.isoformat() if day else ""


_AS_GIVEN = (
    *("publisher_is_withheld", "is_noindexed", "licence_evidence", "publisher_address"),
    *("report_dated_text", "adopted_text", "uploaded_text", "kind", "rule_set", "licence"),
)
_WEB = ("http://", "https://")


def _record_to_fill(frozen: DepositRecord) -> ReviewRecord:
    if not frozen.new_version_of:
        return ReviewRecord()
    record = ReviewRecord.objects.filter(pk=frozen.new_version_of).first()
    if record is None:
        raise Invalid(
            "no_such_review",
            f"The archive has no review {frozen.new_version_of}. Deposit this text as a review "
            "of its own, or correct the reference.",
            field="new_version_of",
        )
    if record.status == Status.WITHDRAWN:
        raise WrongState(
            "review_withdrawn",
            f"Review {record.pk} was withdrawn. Its text can only return as a new deposit.",
        )
    return record


def _save_version(record: ReviewRecord, frozen: DepositRecord, digests: tuple[str, ...]) -> Version:
    version = Version.objects.create(
        record=record,
        deposit_id=frozen.deposit_id,
        number=record.versions.count() + 1,
        language=frozen.language,
        body_html=frozen.html,
        body_sha256=sha256(frozen.html.encode()).hexdigest(),
        text_sha256=words_digest(each.text for each in frozen.paragraphs),
        what_changed=frozen.what_changed,
    )
    _save_words(version, frozen)
    _save_files(version, frozen, digests)
    return version


def _save_words(version: Version, frozen: DepositRecord) -> None:
    Paragraph.objects.bulk_create(
        Paragraph(
            version=version,
            order=order,
            anchor=given.anchor,
            heading_path=list(given.heading_path),
            html=given.html,
            text=given.text,
        )
        for order, given in enumerate(frozen.paragraphs, start=1)
    )
    Summary.objects.bulk_create(
        Summary(
            version=version,
            language=given.language,
            language_name=given.language_name,
            text=given.text,
        )
        for given in frozen.summaries
    )


def _save_files(version: Version, frozen: DepositRecord, digests: tuple[str, ...]) -> None:
    # A file is named by the archive: the depositor's own file names have betrayed children before.
    PublishedFile.objects.bulk_create(
        PublishedFile(
            version=version,
            kind=file.kind,
            media_type=file.media_type,
            sha256=digest,
            size=len(file.content),
            name=_file_name(version, file.kind),
        )
        for file, digest in zip(frozen.files, digests, strict=True)
    )


def _file_name(version: Version, kind: str) -> str:
    ending = "-briefing.pdf" if kind == "briefing" else f".{kind}"
    return f"review-{version.record_id}-v{version.number}{ending}"
