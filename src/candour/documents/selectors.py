"""Which documents a person may know of: the rule of `Access`, kind by kind.

An agency's file as it was sent is narrower: it still holds what the agency kept out of the review.
"""

import uuid

from django.db.models import Q, QuerySet

from candour.cases.access import Access
from candour.cases.permissions import Kind, Reach
from candour.documents.models import Document
from candour.kernel.errors import Hidden


def documents_visible(access: Access) -> QuerySet[Document]:
    """Every document of the case that this person may read, of whatever kind.

    What an agency sent opens to its own people and to whoever filed it; the review reads entries.
    """
    rows = Document.objects.filter(case_id=access.case.pk)
    seen = Q(pk__in=[])
    for kind in Kind:
        visible = access.visible(kind, rows.filter(kind=kind.value), agency_field="agency")
        seen |= Q(pk__in=visible.order_by().values("pk"))
    return rows.filter(seen).filter(_not_a_return_of_others(access)).select_related("agency")


def _not_a_return_of_others(access: Access) -> Q:
    acts_for = [
        holding.agency_id
        for holding in access.holdings
        if holding.agency_id
        and holding.reach(Kind.AGENCY_RETURN) in (Reach.OWN_READ, Reach.OWN_WRITE)
    ]
    own = Q(agency_id__in=acts_for) | Q(uploaded_by=access.actor.reference)
    return own | ~Q(kind=Kind.AGENCY_RETURN.value)


def document_for(access: Access, document_id: uuid.UUID) -> Document:
    """One document by id; Hidden where this person may not know of it."""
    document = documents_visible(access).filter(pk=document_id).first()
    if document is None:
        raise Hidden
    return document


def quarantine_names_of(names: set[str]) -> set[str]:
    """Which of these files in quarantine belong to a document, of whatever case."""
    found = Document.objects.filter(quarantine_name__in=names).order_by()
    return set(found.values_list("quarantine_name", flat=True))
