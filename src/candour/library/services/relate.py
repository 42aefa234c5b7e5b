"""What stands beside a review: its documents, its publishers, and the bodies before and after."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from candour.archive import publication_log
from candour.archive.models import (
    Collection,
    PublicationLog,
    Publisher,
    PublisherKind,
    RelatedDocument,
    RelatedKind,
    ReviewRecord,
)
from candour.archive.publishers import named
from candour.archive.years import first_day
from candour.audit.services import record
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden, Invalid
from candour.library.policies import may_keep
from candour.library.selectors import record as review_or_hidden
from candour.platform.config import config
from candour.platform.databases import ARCHIVE

_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Beside:
    """A document that belongs to a review.

    `address` is where it stands on the web, `other` the permanent reference of the review that it
    is; a document may have neither. `dated_text` is `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or nothing.
    """

    kind: RelatedKind
    title: str
    address: str = ""
    other: str = ""
    dated_text: str = ""


@transaction.atomic
def relate(*, by: Actor, review: ReviewRecord, beside: Beside) -> RelatedDocument:
    """Name a document that belongs to a review.

    Invalid without a title, with an address that no browser opens, with a day that cannot be read,
    or where the other review is this one or none that may be shown.
    """
    may_keep(by).require()
    _require_readable(beside)
    other = _other(by, review, beside.other.strip())
    with transaction.atomic(using=ARCHIVE):
        made = RelatedDocument.objects.create(
            record=review,
            kind=beside.kind.value,
            title=beside.title.strip(),
            address=beside.address.strip(),
            other=other,
            dated_text=beside.dated_text.strip(),
        )
        publication_log.enter(PublicationLog.Operation.DESCRIBED, review)
    record("library.document_related", by=by, subject=review.pk, kind=beside.kind.value)
    return made


@transaction.atomic
def unrelate(*, by: Actor, review: ReviewRecord, related_id: int) -> None:
    """Take a document off a review's page again; what it was stays in the record of events."""
    may_keep(by).require()
    found = RelatedDocument.objects.filter(pk=related_id, record=review).first()
    if found is None:
        raise Hidden
    with transaction.atomic(using=ARCHIVE):
        found.delete()
        publication_log.enter(PublicationLog.Operation.DESCRIBED, review)
    record("library.document_unrelated", by=by, subject=review.pk, kind=found.kind)


@transaction.atomic
def set_publishers(*, by: Actor, review: ReviewRecord, names: Iterable[str]) -> ReviewRecord:
    """Put a review under each of these bodies; under more than one it is a joint review.

    It stays one review with one reference. Invalid where the publisher is withheld, for no body,
    and for a name that the archive does not know, so that a misspelling makes no new board.
    """
    may_keep(by).require()
    if review.publisher_is_withheld:
        raise Invalid(
            "publisher_withheld",
            "Naming the area would identify the child, so this review names no body.",
            "names",
        )
    bodies = _bodies(names, is_demonstration=review.is_demonstration)
    if not bodies:
        raise Invalid("no_body", "Name at least one body, in full.", "names")
    with transaction.atomic(using=ARCHIVE):
        review.publishers.set(bodies)
        if len(bodies) > 1:
            review.collection = Collection.JOINT
        elif review.collection == Collection.JOINT:
            review.collection = Collection.LOCAL
        review.save(update_fields=["collection"])
        publication_log.enter(PublicationLog.Operation.DESCRIBED, review)
    record("library.publishers_set", by=by, subject=review.pk, bodies=len(bodies))
    return review


@transaction.atomic
def add_body(*, by: Actor, name: str, kind: PublisherKind) -> Publisher:
    """Enter a body of which no review is here, so that it can stand after one of which some are.

    Invalid without a name or with one that is taken.
    """
    may_keep(by).require()
    wanted = name.strip()
    if not wanted:
        raise Invalid("name_missing", "Enter the body’s name in full.", "name")
    if Publisher.objects.filter(name__iexact=wanted).exists():
        raise Invalid("name_taken", "The archive knows this body already.", "name")
    with transaction.atomic(using=ARCHIVE):
        body = named(wanted, kind, is_demonstration=config().demo)
    record("library.body_added", by=by, subject=body.slug)
    return body


@transaction.atomic
def set_successors(*, by: Actor, body: Publisher, names: Iterable[str]) -> Publisher:
    """Say which bodies took the place of this one.

    Invalid for a name that the archive does not know, and for a body that this one itself, however
    indirectly, took the place of.
    """
    may_keep(by).require()
    after = _bodies(names, is_demonstration=body.is_demonstration)
    before = _all_before(body)
    if wrong := [each.name for each in after if each.pk in before]:
        raise Invalid(
            "succeeds_itself",
            f"{wrong[0]} came before {body.name}, or is the same. Nothing takes the place of "
            "what came after it.",
            "names",
        )
    with transaction.atomic(using=ARCHIVE):
        publication_log.hold()
        body.successors.set(after)
    record("library.successors_set", by=by, subject=body.slug, bodies=len(after))
    return body


def _require_readable(beside: Beside) -> None:
    if not beside.title.strip():
        raise Invalid("title_missing", "Enter the document’s title.", "title")
    address = beside.address.strip()
    if address and (not address.startswith(_WEB) or any(c.isspace() for c in address)):
        raise Invalid("no_address", "Enter the whole address, beginning with https://.", "address")
    try:
        first_day(beside.dated_text.strip())
    except ValueError as fault:
        raise Invalid("day_not_read", f"{fault}.", "dated_text") from None


def _other(by: Actor, review: ReviewRecord, reference: str) -> ReviewRecord | None:
    if not reference:
        return None
    if reference == review.pk:
        raise Invalid("itself", "This is the review itself. Name another.", "other")
    try:
        return review_or_hidden(by, reference)
    except Hidden:
        raise Invalid(
            "no_such_review", f"The archive shows no review {reference}.", "other"
        ) from None


def _bodies(names: Iterable[str], *, is_demonstration: bool) -> list[Publisher]:
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    known = Publisher.objects.filter(is_demonstration=is_demonstration, name__in=wanted)
    by_name = {body.name: body for body in known}
    if missing := [name for name in wanted if name not in by_name]:
        raise Invalid(
            "no_such_body",
            f"The archive knows no body called “{missing[0]}”. Write the name as the list of "
            "bodies has it.",
            "names",
        )
    return [by_name[name] for name in wanted]


def _all_before(body: Publisher) -> set[int]:
    """This body and every one whose place it took, however long ago."""
    found, next_ones = {body.pk}, {body.pk}
    while next_ones:
        earlier = Publisher.objects.filter(successors__in=next_ones).values_list("pk", flat=True)
        next_ones = set(earlier) - found
        found |= next_ones
    return found
