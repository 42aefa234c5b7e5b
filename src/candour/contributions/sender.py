"""Who acts for an agency on one request: its own people, a one-use link, or the business unit."""

from dataclasses import dataclass

from candour.cases.access import Access, in_force
from candour.cases.models import Case, Membership
from candour.cases.permissions import Act, Kind
from candour.contributions.models import AgencyRequest, Submission
from candour.kernel.actor import Actor
from candour.kernel.decision import Allowed, Decision, Denied
from candour.kernel.errors import Hidden
from candour.people.models import OneUseLink
from candour.people.roles import LinkPurpose, Role
from candour.people.selectors import links_in_force
from candour.people.services.links import link_actor

_AGENCY_ALONE = Denied(
    "agency_alone",
    "Only the agency itself sees and decides on what its file holds before it signs off. "
    "Ask the agency's people, or make a link for them.",
)
_SIGNER_NEEDED = Denied(
    "signer_needed", "Only this agency's signing-off manager can sign off its return."
)


@dataclass(frozen=True)
class Sender:
    """Leave to act for one agency on one request, and how it was given.

    `signs`: may this sender sign off for the agency, for a file it may check at all.
    """

    case: Case
    request: AgencyRequest
    actor: Actor
    how: Submission.How
    signs: bool

    @property
    def user_id(self) -> str | None:
        """The person's id, or None for the holder of a link."""
        return None if self.how == Submission.How.LINK else self.actor.id

    def may_check(self, submission: Submission) -> Decision:
        """May this sender see what was read from this file, hidden parts included?

        The holder of a link sees the files sent by that link; the business unit sees what it filed
        from e-mail for an agency that has nobody of its own; an agency's people see all its files.
        """
        if submission.request_id != self.request.pk:
            raise Hidden
        if self.how == Submission.How.LINK:
            sent_by_it = submission.document.uploaded_by == self.actor.reference
            return Allowed() if sent_by_it else _AGENCY_ALONE
        if self.how == Submission.How.EMAIL:
            filed_alone = self.signs and submission.how == Submission.How.EMAIL
            return Allowed() if filed_alone else _AGENCY_ALONE
        return Allowed()

    def may_sign_off(self, submission: Submission) -> Decision:
        """May this sender sign off this file for the agency?"""
        checked = self.may_check(submission)
        if not checked:
            return checked
        return Allowed() if self.signs else _SIGNER_NEEDED

    def may_declare(self) -> Decision:
        """May this sender declare that the agency holds nothing?"""
        return Allowed() if self.signs else _SIGNER_NEEDED


def sender_for(access: Access, request: AgencyRequest) -> Sender:
    """Leave for a person on the case.

    An agency's own people act for it. The business unit files what came by e-mail, and may check
    and sign it off only where the agency has nobody to do so. Hidden for everybody else.
    """
    if request.case_id != access.case.pk:
        raise Hidden
    roles = {held.role for held in access.holdings if held.agency_id == request.agency_id}
    if roles & {Role.AGENCY_AUTHOR, Role.SIGNING_OFF_MANAGER}:
        signs = Role.SIGNING_OFF_MANAGER in roles
        return Sender(access.case, request, access.actor, Submission.How.ACCOUNT, signs)
    if access.may(Act.FILE_FOR_AGENCY) and access.may_write(Kind.AGENCY_RETURN, request.agency_id):
        alone = not agency_has_people(request)
        return Sender(access.case, request, access.actor, Submission.How.EMAIL, alone)
    raise Hidden


def sender_by_link(link: OneUseLink) -> Sender:
    """Leave for the holder of an opened one-use link, for its own request and nothing else."""
    if link.purpose != LinkPurpose.CONTRIBUTION or link.case_id is None:
        raise Hidden
    request = (
        AgencyRequest.objects.select_related("case", "agency")
        .filter(pk=link.subject, case_id=link.case_id)
        .first()
    )
    if request is None:
        raise Hidden
    return Sender(request.case, request, link_actor(link), Submission.How.LINK, True)


def agency_has_people(request: AgencyRequest) -> bool:
    """Has this agency anybody of its own who can act on the request now: on the case, or with a
    link?"""
    members = Membership.objects.filter(
        in_force(),
        case_id=request.case_id,
        agency_id=request.agency_id,
        role__in=[Role.AGENCY_AUTHOR, Role.SIGNING_OFF_MANAGER],
    )
    links = links_in_force().filter(purpose=LinkPurpose.CONTRIBUTION, subject=str(request.pk))
    return members.exists() or links.exists()
