"""Reading how far publication has come."""

import uuid

from django.db.models import Prefetch, QuerySet

from candour.archive.models import IndexPurge
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.kernel.errors import Hidden
from candour.publication.models import (
    Edition,
    Hold,
    NonPublication,
    NonPublicationAnswer,
    NonPublicationLetter,
    Publication,
)


def publication_or_none(access: Access) -> Publication | None:
    """The publication of this case's report, once somebody began to prepare it."""
    access.may_read(Kind.PUBLISHED).require()
    rows = Publication.objects.select_related("report__review").filter(case=access.case)
    holds = Prefetch("holds", queryset=Hold.objects.select_related("answered_by"))
    return rows.prefetch_related(holds).first()


def publication_of(access: Access) -> Publication:
    """The same; Hidden if nobody has begun to prepare it."""
    publication = publication_or_none(access)
    if publication is None:
        raise Hidden
    return publication


def hold_of(access: Access, kind: str) -> Hold:
    """One hold; Hidden if there is none of this kind."""
    access.may_read(Kind.DISCLOSURE).require()
    hold = Hold.objects.filter(case=access.case, kind=kind).select_related("answered_by").first()
    if hold is None:
        raise Hidden
    return hold


def purge_pending(publication: Publication) -> bool:
    """Is anything of a withdrawn report still owed to be taken out of the archive's index?"""
    return IndexPurge.objects.filter(
        record_id=publication.archive_record_id, finished_at__isnull=True
    ).exists()


def editions_of(publication: Publication) -> QuerySet[Edition]:
    """Every text of this report that was sent to the archive, in order."""
    return publication.editions.select_related("bundle").defer("bundle__sealed")


def decisions_not_to_publish(access: Access) -> QuerySet[NonPublication]:
    """Every decision not to publish, latest first, with the partners' answers and the letters."""
    access.may_read(Kind.DECISION).require()
    rows = NonPublication.objects.filter(case=access.case)
    answers = Prefetch("answers", queryset=NonPublicationAnswer.objects.select_related("by"))
    told = NonPublicationLetter.objects.select_related("filed_by")
    letters = Prefetch("letters", queryset=told.prefetch_related("delivered__answered_by"))
    people = rows.select_related("recorded_by", "ended_by")
    return people.prefetch_related(answers, letters).order_by("-recorded_at", "-id")


def advice_of(access: Access, advice_id: uuid.UUID) -> NonPublicationLetter:
    """One letter of the panel about not publishing; Hidden if it is of another case."""
    access.may_read(Kind.DECISION).require()
    letter = NonPublicationLetter.objects.filter(case=access.case, pk=advice_id).first()
    if letter is None:
        raise Hidden
    return letter
