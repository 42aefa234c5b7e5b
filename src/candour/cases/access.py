"""What one actor may see and do on one case, decided once a request from the live memberships."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from candour.cases.models import Case, CaseRecord, Grant, Membership
from candour.cases.permissions import ACTS, RECORDS, Act, Kind, Reach
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.decision import Allowed, Decision, Denied
from candour.kernel.errors import Hidden
from candour.people.roles import PartnerBody, Role

_OWN = (Reach.OWN_READ, Reach.OWN_WRITE)
_FOR_AN_AGENCY = (Role.AGENCY_AUTHOR, Role.SIGNING_OFF_MANAGER)


@dataclass(frozen=True)
class Holding:
    """One membership in force: the role, and for whom it is held.

    `by_employer`: does this person act for an agency on the case, by this membership or another?
    """

    role: Role
    agency_id: uuid.UUID | None
    partner_body: PartnerBody | None
    granted: frozenset[Kind]
    by_employer: bool = False

    def reach(self, kind: Kind) -> Reach | None:
        # What practitioners told is never shown to an employer, whatever else they are here.
        if self.by_employer and kind is Kind.CONVERSATIONS:
            return None
        reach = RECORDS[self.role].get(kind)
        if reach is Reach.ON_GRANT:
            return Reach.READ if kind in self.granted else None
        return reach


@dataclass(frozen=True)
class Access:
    """The actor, the case and the memberships in force. Services take it; pages read from it."""

    actor: Actor
    case: Case
    holdings: tuple[Holding, ...]

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(holding.role for holding in self.holdings)

    @property
    def partner_bodies(self) -> frozenset[PartnerBody]:
        return frozenset(h.partner_body for h in self.holdings if h.partner_body)

    def may_read(self, kind: Kind, agency_id: uuid.UUID | None = None) -> Decision:
        """May records of this kind be read: any of them, or those of one agency?"""
        return self._reaches(kind, tuple(Reach), agency_id)

    def may_write(self, kind: Kind, agency_id: uuid.UUID | None = None) -> Decision:
        """May records of this kind be written: any of them, or those of one agency?"""
        return self._reaches(kind, (Reach.WRITE, Reach.OWN_WRITE), agency_id)

    def may(self, act: Act) -> Decision:
        """May this act be done, whatever the state of the case?"""
        if self.roles & ACTS[act]:
            return Allowed()
        named = ", ".join(sorted(role.label for role in ACTS[act]))
        return Denied("actor_not_permitted", f"{act.label}: this belongs to {named}.")

    def visible(
        self, kind: Kind, rows: QuerySet[CaseRecord], agency_field: str | None = None
    ) -> QuerySet[CaseRecord]:
        """Those of `rows` on this case that the actor may read: the same rule as `may_read`."""
        rows = rows.filter(case_id=self.case.pk)
        reaches = [(holding, holding.reach(kind)) for holding in self.holdings]
        if any(reach and reach not in _OWN for _, reach in reaches):
            return rows
        own = [holding.agency_id for holding, reach in reaches if reach and holding.agency_id]
        if not own or agency_field is None:
            return rows.none()
        return rows.filter(**{f"{agency_field}__in": own})

    def _reaches(
        self, kind: Kind, wanted: tuple[Reach, ...], agency_id: uuid.UUID | None
    ) -> Decision:
        for holding in self.holdings:
            reach = holding.reach(kind)
            if reach not in wanted:
                continue
            if reach not in _OWN or (agency_id is not None and holding.agency_id == agency_id):
                return Allowed()
        return Denied(
            "actor_not_permitted",
            f"{kind.label}: your role on this case does not reach this. "
            "Ask the business manager if you need it.",
        )


def in_force(at_field: str = "") -> Q:
    """Rows whose `starts_at` has come and whose `ends_at` has not."""
    now = clock.now()
    prefix = f"{at_field}__" if at_field else ""
    return Q(**{f"{prefix}starts_at__lte": now}) & (
        Q(**{f"{prefix}ends_at__isnull": True}) | Q(**{f"{prefix}ends_at__gt": now})
    )


def access_to(actor: Actor, reference: str) -> Access:
    """The actor's access to the case with this reference; Hidden if there is none in force."""
    return _access(actor, Q(case__reference=reference))


def access_by_id(actor: Actor, case_id: uuid.UUID) -> Access:
    """The actor's access to a case known by id, as jobs know it; Hidden if none is in force."""
    return _access(actor, Q(case_id=case_id))


def cases_visible_to(actor: Actor) -> QuerySet[Case]:
    """The cases of which the actor is a member now."""
    return Case.objects.filter(pk__in=_case_ids(actor))


def _case_ids(actor: Actor) -> QuerySet[Membership, uuid.UUID]:
    seeing = [role.value for role in Role if RECORDS[role]]
    return _held(actor).filter(role__in=seeing).order_by().values_list("case_id", flat=True)


def _held(actor: Actor) -> QuerySet[Membership]:
    return Membership.objects.filter(in_force(), user_id=actor.id, user__is_active=True)


def _access(actor: Actor, which: Q) -> Access:
    memberships = list(_held(actor).filter(which).select_related("case__lead_partnership"))
    # A role that sees no record of a case (administrator, librarian) gives no sight of it.
    if not any(RECORDS[Role(membership.role)] for membership in memberships):
        raise Hidden
    by_employer = any(membership.role in _FOR_AN_AGENCY for membership in memberships)
    granted = _granted(memberships)
    holdings = tuple(
        Holding(
            role=Role(membership.role),
            agency_id=membership.agency_id,
            partner_body=PartnerBody(membership.partner_body) if membership.partner_body else None,
            granted=frozenset(granted.get(membership.pk, ())),
            by_employer=by_employer,
        )
        for membership in memberships
    )
    return Access(actor=actor, case=memberships[0].case, holdings=holdings)


def _granted(memberships: Iterable[Membership]) -> dict[uuid.UUID, set[Kind]]:
    """The kinds of record opened by a grant now in force, by membership."""
    awaiting = [
        each.pk for each in memberships if Reach.ON_GRANT in RECORDS[Role(each.role)].values()
    ]
    granted: dict[uuid.UUID, set[Kind]] = {}
    if awaiting:
        for grant in Grant.objects.filter(in_force(), membership_id__in=awaiting):
            granted.setdefault(grant.membership_id, set()).add(Kind(grant.kind))
    return granted
