"""From the desk into the archive: the file as it came, its reading version, its record."""

from typing import Any

from django.db import transaction

from candour.archive.deposits import (
    DepositDescription,
    DepositFile,
    DepositParagraph,
    DepositPublisher,
    DepositRecord,
    deposit,
)
from candour.archive.models import ReviewType
from candour.archive.publishers import kind_in
from candour.archive.years import first_day
from candour.audit.services import record
from candour.kernel.actor import Actor
from candour.kernel.errors import EditedElsewhere, WrongState
from candour.library.models import Intake
from candour.library.policies import may_approve, may_keep
from candour.library.services import ledger
from candour.library.services.take_in import original
from candour.platform.config import config

_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "html": "text/html",
}


@transaction.atomic
def approve(*, by: Actor, intake: Intake, version: int) -> Intake:
    """Deposit a checked file. Safe to repeat: the same file makes the same review.

    WrongState with what stands in the way; Invalid where the archive refuses the record.
    """
    may_keep(by).require()
    locked = Intake.objects.select_for_update().get(pk=intake.pk)
    if locked.state == Intake.State.APPROVED:
        return locked
    if locked.version != version:
        raise EditedElsewhere("Somebody else has worked on this file meanwhile. Look again.")
    may_approve(locked).require(WrongState)
    review = deposit(frozen(locked))
    locked.state, locked.archive_record_id = Intake.State.APPROVED, review.pk
    locked.reading, locked.names = {}, []
    locked.version += 1
    locked.save()
    ledger.enter(review)
    record("library.approved", by=by, subject=str(locked.pk), archive_record=review.pk)
    return locked


def frozen(intake: Intake) -> DepositRecord:
    """What is deposited: the words that were read, the file unaltered, the facts as written."""
    facts, told = intake.facts, intake.reading
    return DepositRecord(
        deposit_id=f"intake:{intake.pk}",
        publishers=_publishers(facts),
        review_type=ReviewType(facts["review_type"]),
        authors=_lines(facts["authors"]),
        published_on=first_day(facts["published_text"]),
        paragraphs=tuple(_paragraph(each) for each in told["cited"]),
        html=told["html"],
        files=_files(intake),
        language=told["language"],
        is_demonstration=config().demo,
        identifiers=_identifiers(facts),
        description=_description(facts),
        **{name: facts[name] for name in _AS_WRITTEN},
    )


_AS_WRITTEN = (
    *("publisher_is_withheld", "label", "title", "year_text", "abstract", "published_text"),
    *("report_dated_text", "adopted_text", "uploaded_text", "kind", "rule_set", "licence"),
    *("licence_evidence", "is_noindexed", "new_version_of", "what_changed"),
)


def _publishers(facts: dict[str, Any]) -> tuple[DepositPublisher, ...]:
    if facts["publisher_is_withheld"]:
        return ()
    names = _lines(facts["publishers"])
    return tuple(DepositPublisher(name=name, kind=kind_in(name)) for name in names)


def _paragraph(told: dict[str, Any]) -> DepositParagraph:
    path = tuple(told["heading_path"])
    return DepositParagraph(told["anchor"], path, told["html"], told["text"])


def _files(intake: Intake) -> tuple[DepositFile, ...]:
    if not intake.facts["offers_original"]:
        return ()
    kind = intake.reading["format"]
    return (DepositFile(kind, _MEDIA_TYPES[kind], original(intake)),)


def _identifiers(facts: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    number = facts["library_number"].strip()
    return (("nspcc", number),) if number else ()


def _description(facts: dict[str, Any]) -> DepositDescription:
    subjects = tuple(tuple(each.split(":", 1)) for each in facts["subjects"])
    return DepositDescription(
        **{name: facts[name] for name in ("incident", "background", "learning")},
        **{name: facts[name] for name in ("recommendations", "do_differently", "questions")},
        methodology=facts["methodology"] or "UNKNOWN",
        subjects=subjects,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
