"""What waits for one person over all their cases: one question to each room, not to each case."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from candour.cases.access import in_force
from candour.cases.models import Case, Membership
from candour.cases.permissions import ACTS, RECORDS, Act, Kind, Reach
from candour.contributions.models import AgencyRequest
from candour.identities.models import NameProposal
from candour.improvement.models import Action
from candour.incidents.models import Notification, PartnerSignOff, RapidReview, ScopingForm
from candour.incidents.services.rapid_review import missing_sections
from candour.kernel.actor import Actor
from candour.people.roles import Role

_FOR_AGENCIES = (Role.AGENCY_AUTHOR, Role.SIGNING_OFF_MANAGER)
_WRITE_NAMES = [role for role in Role if RECORDS[role].get(Kind.IDENTITIES) is Reach.WRITE]


@dataclass(frozen=True)
class Waiting:
    """Something a person's role is next to do on a case, and the page where it is done."""

    case: Case
    text: str
    page: str

    @property
    def href(self) -> str:
        return reverse(self.page, kwargs={"reference": self.case.reference})


def waiting_for(actor: Actor) -> list[Waiting]:
    """Everything that waits for this person, by case."""
    memberships = Membership.objects.filter(
        in_force(), user_id=actor.id, user__is_active=True
    ).select_related("case")
    found = [
        *_notifications(memberships),
        *_scoping(memberships),
        *_returns(memberships),
        *_signatures(memberships),
        *_names(memberships),
        *_actions(actor, memberships),
    ]
    return sorted(found, key=lambda waiting: (waiting.case.reference, waiting.text))


def _cases(memberships: QuerySet[Membership], roles: frozenset[Role] | list[Role]) -> Q:
    held = memberships.filter(role__in=list(roles))
    return Q(case__in=held.order_by().values("case"))


def _own(memberships: QuerySet[Membership]) -> Q:
    """Rows of an agency for which the person acts on that very case."""
    pairs = memberships.filter(role__in=_FOR_AGENCIES).values_list("case_id", "agency_id")
    own = Q(pk__isnull=True)
    for case_id, agency_id in pairs:
        own |= Q(case_id=case_id, agency_id=agency_id)
    return own


def _notifications(memberships: QuerySet[Membership]) -> Iterator[Waiting]:
    rows = Notification.objects.filter(
        _cases(memberships, ACTS[Act.NOTIFY]),
        sent_at__isnull=True,
        decided_not_to_at__isnull=True,
    )
    for row in rows.select_related("case"):
        yield Waiting(row.case, "Notify, or decide not to", "incidents:notification")


def _scoping(memberships: QuerySet[Membership]) -> Iterator[Waiting]:
    rows = ScopingForm.objects.filter(_own(memberships), returned_at__isnull=True)
    for row in rows.select_related("case", "agency"):
        words = f"Answer the scoping form for {row.agency.name}"
        yield Waiting(row.case, words, "incidents:scoping")


def _returns(memberships: QuerySet[Membership]) -> Iterator[Waiting]:
    waiting = (AgencyRequest.State.ASKED, AgencyRequest.State.TO_CHECK)
    rows = AgencyRequest.objects.filter(_own(memberships), state__in=waiting)
    for row in rows.select_related("case", "agency"):
        words = f"Return of {row.agency.name}: to be sent, checked and signed off"
        yield Waiting(row.case, words, "contributions:requests")


def _signatures(memberships: QuerySet[Membership]) -> Iterator[Waiting]:
    held = memberships.filter(role__in=ACTS[Act.SIGN_OFF_RAPID_REVIEW]).exclude(partner_body="")
    bodies = dict(held.values_list("case_id", "partner_body"))
    reviews = RapidReview.objects.filter(case__in=bodies, sent_to_panel_on__isnull=True)
    signed = set(
        PartnerSignOff.objects.filter(case__in=bodies).values_list(
            "rapid_review_id", "partner_body", "signed_version"
        )
    )
    for review in reviews.select_related("case"):
        mine = (review.pk, bodies[review.case_id], review.version)
        if mine not in signed and not missing_sections(review):
            yield Waiting(review.case, "Sign the rapid review", "incidents:rapid_review")


def _names(memberships: QuerySet[Membership]) -> Iterator[Waiting]:
    pending = NameProposal.objects.filter(
        _cases(memberships, _WRITE_NAMES), state=NameProposal.State.PENDING
    )
    cases = Case.objects.filter(pk__in=pending.order_by().values("case"))
    for case in cases:
        yield Waiting(case, "Names found in files, to be settled", "identities:proposals")


def _actions(actor: Actor, memberships: QuerySet[Membership]) -> Iterator[Waiting]:
    mine = Action.objects.filter(
        _cases(memberships, [Role.ACTION_OWNER]), owner__pk=actor.id, closed_at__isnull=True
    )
    cases = Case.objects.filter(pk__in=mine.order_by().values("case"))
    for case in cases:
        yield Waiting(case, "Actions of yours that are open", "improvement:response")
