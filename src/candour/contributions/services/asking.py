"""Asking agencies for what they hold, chasing them, and taking "we hold nothing" for an answer."""

from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Act
from candour.contributions.models import AgencyRequest, Submission
from candour.contributions.sender import Sender
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.people.models import Agency
from candour.people.roles import LinkPurpose
from candour.people.services.links import MadeLink, make_link, revoke_links
from candour.reviews.selectors import agencies_in_scope


@transaction.atomic
def ask_agency(*, access: Access, agency: Agency, asked_for: str, due_on: date) -> AgencyRequest:
    """Record that an agency in scope is asked; asking again changes nothing."""
    access.may(Act.ASK_AGENCIES).require()
    if not agencies_in_scope(access).filter(agency=agency).exists():
        raise WrongState(
            "agency_not_in_scope",
            f"{agency.name} is not in the scope of the review. Bring it into scope first.",
        )
    if due_on < clock.today():
        raise Invalid("day_past", "Choose a day that has not passed.", "due_on")
    if not asked_for.strip():
        raise Invalid("text_missing", "Say what the agency is asked for.", "asked_for")
    request, created = AgencyRequest.objects.get_or_create(
        case=access.case,
        agency=agency,
        defaults={"asked_for": asked_for.strip(), "due_on": due_on, "sent_at": clock.now()},
    )
    if created:
        record(
            "contributions.asked",
            by=access.actor,
            case_id=access.case.pk,
            subject=str(request.pk),
            agency=str(agency.pk),
            due_on=due_on.isoformat(),
        )
    return request


@transaction.atomic
def chase(*, access: Access, request: AgencyRequest) -> AgencyRequest:
    """Record that the agency was reminded today."""
    access.may(Act.ASK_AGENCIES).require()
    locked = _locked(access, request)
    if locked.state in (AgencyRequest.State.SIGNED_OFF, AgencyRequest.State.NOTHING_HELD):
        raise WrongState("already_answered", "This agency has answered.")
    locked.chased_at = [*locked.chased_at, clock.now().isoformat()]
    locked.save(update_fields=["chased_at"])
    record("contributions.chased", by=access.actor, case_id=access.case.pk, subject=str(locked.pk))
    return locked


@transaction.atomic
def make_contribution_link(
    *, access: Access, request: AgencyRequest, code_channel: str
) -> MadeLink:
    """A one-use, write-only link for this request, with a code to be given another way.

    It dies at sign-off, after 14 days, or when it is withdrawn; an earlier one dies now. After a
    sign-off a new link lets the agency send a corrected file.
    """
    access.may(Act.ASK_AGENCIES).require()
    locked = _locked(access, request)
    if not code_channel.strip():
        raise Invalid("channel_missing", "Say how the code will be given.", "code_channel")
    revoke_links(by=access.actor, purpose=LinkPurpose.CONTRIBUTION, subject=str(locked.pk))
    return make_link(
        by=access.actor,
        purpose=LinkPurpose.CONTRIBUTION,
        subject=str(locked.pk),
        case_id=access.case.pk,
        code_channel=code_channel.strip(),
    )


@transaction.atomic
def withdraw_contribution_link(*, access: Access, request: AgencyRequest) -> int:
    """Withdraw the living link of this request at once; answers with how many there were."""
    access.may(Act.ASK_AGENCIES).require()
    locked = _locked(access, request)
    return revoke_links(by=access.actor, purpose=LinkPurpose.CONTRIBUTION, subject=str(locked.pk))


@transaction.atomic
def declare_nothing_held(*, sender: Sender, declaration: str) -> AgencyRequest:
    """The agency declares that it holds nothing for the period, in its own words.

    WrongState once it has signed off a return; a file sent later takes the declaration's place.
    """
    sender.may_declare().require()
    request = AgencyRequest.objects.select_for_update().get(pk=sender.request.pk)
    in_force = Submission.objects.filter(request=request, state=Submission.State.SIGNED_OFF)
    if in_force.exists():
        raise WrongState("already_answered", "This agency has already signed off a return.")
    if not declaration.strip():
        raise Invalid(
            "text_missing", "Say what was searched and that nothing is held.", "declaration"
        )
    request.state = AgencyRequest.State.NOTHING_HELD
    request.declaration = declaration.strip()
    request.version += 1
    request.save()
    record(
        "contributions.nothing_held",
        by=sender.actor,
        case_id=sender.case.pk,
        subject=str(request.pk),
        how=sender.how.value,
    )
    revoke_links(by=sender.actor, purpose=LinkPurpose.CONTRIBUTION, subject=str(request.pk))
    return request


def _locked(access: Access, request: AgencyRequest) -> AgencyRequest:
    found = AgencyRequest.objects.select_for_update().filter(pk=request.pk, case=access.case)
    locked = found.first()
    if locked is None:
        raise Hidden
    return locked
