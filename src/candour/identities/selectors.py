"""Reading the register. Every opening of it is an event."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.cases.sealing import Opener
from candour.engines.anonymise import register as anonymise
from candour.identities.models import Identity, NameProposal
from candour.identities.sealed import RealIdentity, opened_identity
from candour.kernel.errors import Hidden

_KINDS = {
    Identity.Kind.PERSON: anonymise.Kind.PERSON,
    Identity.Kind.PLACE: anonymise.Kind.PLACE,
    Identity.Kind.ORGANISATION: anonymise.Kind.ORGANISATION,
    Identity.Kind.NUMBER: anonymise.Kind.NUMBER,
}


@dataclass(frozen=True)
class RegisterLine:
    """One identity with its names opened, as the register page shows it."""

    identity: Identity
    real: RealIdentity


@dataclass(frozen=True)
class ProposalLine:
    """One proposed string, opened."""

    proposal: NameProposal
    string: str


def identities(access: Access) -> QuerySet[Identity]:
    """Pseudonyms and relationships, names still sealed; for those who may read the register."""
    access.may_read(Kind.IDENTITIES).require()
    return Identity.objects.filter(case=access.case).select_related("case", "agency")


def pseudonyms(case: Case) -> dict[str, str]:
    """Identity id to pseudonym: what any page of the case may show instead of a name."""
    return {
        str(pk): pseudonym
        for pk, pseudonym in Identity.objects.filter(case=case).values_list("pk", "pseudonym")
    }


def children_named(cases: Iterable[Case]) -> dict[uuid.UUID, str]:
    """Case id to the pseudonyms of the children it is about: what people call the case by.

    Pass only cases that the reader may see.
    """
    named: dict[uuid.UUID, list[str]] = {}
    rows = Identity.objects.filter(
        case__in=list(cases), relationship=Identity.Relationship.SUBJECT_CHILD
    )
    for case_id, pseudonym in rows.order_by("pseudonym").values_list("case_id", "pseudonym"):
        named.setdefault(case_id, []).append(pseudonym)
    return {case_id: " and ".join(pseudonyms) for case_id, pseudonyms in named.items()}


def opened_register(access: Access) -> list[RegisterLine]:
    """The register with its names; records that it was read."""
    rows = list(identities(access))
    record("identities.read", by=access.actor, case_id=access.case.pk, count=len(rows))
    opener = Opener(access.case)
    return [RegisterLine(row, opened_identity(opener, row)) for row in rows]


def opened_line(access: Access, identity_id: uuid.UUID) -> RegisterLine:
    """One identity with its names, which is recorded as read; Hidden if it is of another case."""
    row = identities(access).filter(pk=identity_id).first()
    if row is None:
        raise Hidden
    record("identities.read", by=access.actor, case_id=access.case.pk, subject=str(row.pk), count=1)
    return RegisterLine(row, opened_identity(Opener(access.case), row))


def proposals_waiting(access: Access) -> int:
    """How many strings wait for a decision."""
    return _pending(access).count()


def opened_proposal(access: Access, proposal_id: uuid.UUID) -> ProposalLine:
    """One string, decided on or not, opened and recorded as read."""
    access.may_write(Kind.IDENTITIES).require()
    row = NameProposal.objects.filter(case=access.case, pk=proposal_id).first()
    if row is None:
        raise Hidden
    by, case_id = access.actor, access.case.pk
    record("identities.proposals_read", by=by, case_id=case_id, subject=str(row.pk), count=1)
    return ProposalLine(row, Opener(access.case).open(bytes(row.sealed)).decode())


def _pending(access: Access) -> QuerySet[NameProposal]:
    access.may_write(Kind.IDENTITIES).require()
    return NameProposal.objects.filter(case=access.case, state=NameProposal.State.PENDING)


def pending_proposals(access: Access) -> list[ProposalLine]:
    """Strings waiting for a decision, opened; records that they were read."""
    opener = Opener(access.case)
    rows = list(_pending(access))
    record("identities.proposals_read", by=access.actor, case_id=access.case.pk, count=len(rows))
    return [ProposalLine(row, opener.open(bytes(row.sealed)).decode()) for row in rows]


def sealed_register(case: Case) -> anonymise.Register:
    """The whole register for the engines that apply pseudonyms and look for leaks.

    It never reaches a page: only text with the names taken out, or the places of matches, does.
    """
    opener = Opener(case)
    rows = Identity.objects.filter(case=case).order_by("pseudonym")
    return anonymise.Register(
        identities=tuple(
            anonymise.Identity(
                id=str(row.pk),
                kind=_KINDS[Identity.Kind(row.kind)],
                pseudonym=row.pseudonym,
                forms=opened_identity(opener, row).forms,
            )
            for row in rows
        )
    )


def register_version(case: Case) -> str:
    """Changes whenever any identity of the case does; says which register a check used."""
    marks = Identity.objects.filter(case=case).order_by("pk").values_list("pk", "version")
    return hashlib.sha256(repr([(str(pk), version) for pk, version in marks]).encode()).hexdigest()


def children_and_births(case: Case) -> list[tuple[Identity, RealIdentity]]:
    """The subject children and their brothers and sisters whose birth date is known, in that order.

    For ages, which are told beside a pseudonym; the names serve a page that shows names anyway.
    """
    opener = Opener(case)
    kinds = (Identity.Relationship.SUBJECT_CHILD, Identity.Relationship.SIBLING)
    rows = Identity.objects.filter(case=case, relationship__in=kinds).order_by("pseudonym")
    opened = [(row, opened_identity(opener, row)) for row in rows]
    return sorted(
        ((row, real) for row, real in opened if real.born),
        key=lambda found: found[0].relationship != Identity.Relationship.SUBJECT_CHILD,
    )


def people_for_reading(case: Case) -> list[dict[str, str]]:
    """Relationship and birth date of each person, so that "aged 3 months" can be read.

    Passed to the table reader's `case` argument; names are left out, since none is needed.
    """
    opener = Opener(case)
    people = Identity.objects.filter(case=case, kind=Identity.Kind.PERSON)
    ordered = sorted(
        people, key=lambda row: row.relationship != Identity.Relationship.SUBJECT_CHILD
    )
    return [
        {
            "id": str(row.pk),
            "relationship": Identity.Relationship(row.relationship).label.lower(),
            "born": opened_identity(opener, row).born,
        }
        for row in ordered
    ]
