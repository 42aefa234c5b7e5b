"""Changing what the archive says of a review it holds: description, announcements, learning."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from candour.archive import describing, publication_log
from candour.archive.deposits import DepositDescription
from candour.archive.models import (
    AnnouncedStatus,
    Announcement,
    PublicationLog,
    ReviewRecord,
    Term,
    TermName,
)
from candour.archive.years import first_day
from candour.audit.services import record
from candour.kernel.actor import Actor
from candour.kernel.errors import Invalid
from candour.library.policies import may_keep
from candour.platform.databases import ARCHIVE


@transaction.atomic
def describe(*, by: Actor, review: ReviewRecord, told: DepositDescription, abstract: str) -> None:
    """Give a review its account and its subjects; `abstract` says it in short.

    Invalid for a subject that the thesaurus lacks, and for no known way of carrying out a review.
    """
    may_keep(by).require()
    with transaction.atomic(using=ARCHIVE):
        describing.describe(review, told)
        ReviewRecord.objects.filter(pk=review.pk).update(abstract=abstract.strip())
        publication_log.enter(PublicationLog.Operation.DESCRIBED, review)
    record("library.described", by=by, subject=review.pk)


@transaction.atomic
def announce(
    *, by: Actor, review: ReviewRecord, status: AnnouncedStatus, on: str, source: str
) -> Announcement:
    """Note what a body has itself announced about its review, with where it was said.

    Invalid without a day that can be read, or without a source.
    """
    may_keep(by).require()
    if not source.strip():
        raise Invalid("source_missing", "Say where the body announced it.", "source")
    try:
        known = first_day(on.strip())
    except ValueError as fault:
        raise Invalid("day_not_read", f"{fault}.", "announced_text") from None
    if known is None:
        raise Invalid("day_missing", "Say when it was announced.", "announced_text")
    with transaction.atomic(using=ARCHIVE):
        made = Announcement.objects.create(
            record=review, status=status.value, announced_text=on.strip(), source=source.strip()
        )
        publication_log.enter(PublicationLog.Operation.DESCRIBED, review)
    record("library.announced", by=by, subject=review.pk, status=status.value)
    return made


@transaction.atomic
def set_visibility(
    *, by: Actor, review: ReviewRecord, noindex: bool, kept_until: date | None, gone: date | None
) -> None:
    """Keep web search engines away, set the last day of an order, note a dead address."""
    may_keep(by).require()
    with transaction.atomic(using=ARCHIVE):
        ReviewRecord.objects.filter(pk=review.pk).update(
            is_noindexed=noindex, kept_until=kept_until, address_gone_on=gone
        )
        publication_log.enter(PublicationLog.Operation.DESCRIBED, review)
    record("library.visibility_set", by=by, subject=review.pk, noindex=noindex)


@transaction.atomic
def save_term(*, by: Actor, term: Term, label: str, scope_note: str, names: Iterable[str]) -> Term:
    """Change how a term is called, what it means, and its other names."""
    may_keep(by).require()
    if not label.strip():
        raise Invalid("label_missing", "Give the term a name.", "label")
    twin = Term.objects.filter(vocabulary=term.vocabulary, label__iexact=label.strip())
    if twin.exclude(pk=term.pk).exists():
        raise Invalid("label_taken", "Another term of this list is called so.", "label")
    with transaction.atomic(using=ARCHIVE):
        term.label, term.scope_note = label.strip(), scope_note.strip()
        term.save()
        term.names.all().delete()
        wanted = dict.fromkeys(name.strip() for name in names if name.strip())
        TermName.objects.bulk_create(TermName(term=term, words=words) for words in wanted)
    record("library.term_saved", by=by, subject=f"{term.vocabulary}:{term.code}")
    return term


@transaction.atomic
def give_term(*, by: Actor, term: Term, reviews: Iterable[ReviewRecord], take: bool = False) -> int:
    """Give one term to several reviews at once, or take it from them; how many changed."""
    may_keep(by).require()
    changed = 0
    with transaction.atomic(using=ARCHIVE):
        for review in reviews:
            has = review.subjects.filter(pk=term.pk).exists()
            if has == take:
                changed += 1
                (review.subjects.remove if take else review.subjects.add)(term)
                publication_log.enter(PublicationLog.Operation.DESCRIBED, review)
    record("library.term_given", by=by, subject=f"{term.vocabulary}:{term.code}", reviews=changed)
    return changed
