"""Reading what was asked and given. An agency sees its own; what is held back it alone sees."""

from typing import TypeVar, cast

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Act, Kind
from candour.contributions.models import (
    AgencyRequest,
    Conversation,
    Entry,
    EntryPlace,
    EntryQuery,
    FamilyContribution,
    HeldBack,
    PractitionerEvent,
    Submission,
)
from candour.contributions.sender import Sender
from candour.identities.models import Identity
from candour.kernel.errors import Hidden
from candour.people.models import Agency, OneUseLink
from candour.people.roles import LinkPurpose
from candour.people.selectors import links_in_force
from candour.reviews.models import AgencyInScope
from candour.reviews.selectors import agencies_in_scope

Row = TypeVar("Row", bound=Model)


def requests_of(access: Access) -> QuerySet[AgencyRequest]:
    """What was asked of which agency; an agency's people see their own request."""
    rows = AgencyRequest.objects.filter(
        pk__in=access.visible(Kind.AGENCY_RETURN, AgencyRequest.objects.all(), "agency")
    )
    return rows.select_related("agency").annotate(files=Count("submissions"))


def request_of(access: Access, request_id: str) -> AgencyRequest:
    """One request; Hidden if it is not for these eyes."""
    return _one(requests_of(access).filter(pk=request_id))


def agencies_to_ask(access: Access) -> QuerySet[AgencyInScope]:
    """Agencies in scope that have not been asked."""
    asked = AgencyRequest.objects.filter(case=access.case).values("agency")
    return agencies_in_scope(access).exclude(agency__in=asked)


def living_link(access: Access, request: AgencyRequest) -> OneUseLink | None:
    """The link that somebody at this agency can open now, if there is one."""
    access.may(Act.ASK_AGENCIES).require()
    links = links_in_force().filter(purpose=LinkPurpose.CONTRIBUTION, subject=str(request.pk))
    return links.first()


def submissions_to(sender: Sender) -> QuerySet[Submission]:
    """The files sent in answer to one request, newest first; for a link those sent by it."""
    rows = Submission.objects.filter(request=sender.request)
    if sender.how == Submission.How.LINK:
        rows = rows.filter(document__uploaded_by=sender.actor.reference)
    return rows.select_related("document", "signed_off_by", "request__agency").order_by("-number")


def submission_of(sender: Sender, submission_id: str) -> Submission:
    """One file of the request that this sender may check; Hidden otherwise."""
    found = submissions_to(sender).filter(pk=submission_id).first()
    if found is None or not sender.may_check(found):
        raise Hidden
    return found


def held_back(sender: Sender, submission: Submission) -> QuerySet[HeldBack]:
    """Hidden, deleted and commented parts, for the sending agency alone. Reading is an event."""
    sender.may_check(submission).require()
    record(
        "contributions.held_back_read",
        by=sender.actor,
        case_id=sender.case.pk,
        subject=str(submission.pk),
        how=sender.how.value,
    )
    return HeldBack.objects.filter(submission=submission).order_by(
        "kind", "entry__order", "place", "id"
    )


def held_back_part(sender: Sender, submission: Submission, part_id: str) -> HeldBack:
    """One of them; Hidden if it stands in another file."""
    return _one(held_back(sender, submission).filter(pk=part_id))


def queries_of(sender: Sender, submission: Submission) -> QuerySet[EntryQuery]:
    """Unclear dates and cells of one file, in the order of its rows."""
    sender.may_check(submission).require()
    return (
        EntryQuery.objects.filter(entry__submission=submission)
        .select_related("entry")
        .order_by("entry__order", "id")
    )


def query_of(sender: Sender, submission: Submission, query_id: str) -> EntryQuery:
    """One query; Hidden if it is about another file."""
    return _one(queries_of(sender, submission).filter(pk=query_id))


def rows_of(sender: Sender, submission: Submission) -> QuerySet[Entry]:
    """Every row read from one file, as the sender sees it before signing off."""
    sender.may_check(submission).require()
    return Entry.objects.filter(submission=submission).prefetch_related("queries")


def _one(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise Hidden
    return found


def entries_in_force(access: Access) -> QuerySet[Entry]:
    """Signed-off entries in order, those without a readable date last.

    An agency's people see their own rows. Each carries `placed_from` and `placed_to`: its own
    days, or those its agency gave in answer to a query.
    """
    rows = access.visible(Kind.CHRONOLOGY, Entry.objects.filter(in_force=True), "agency")
    return (
        cast("QuerySet[Entry]", rows)
        .select_related("agency")
        .annotate(placed_from=F("place__earliest"), placed_to=F("place__latest"))
        .order_by(
            F("place__stands").asc(nulls_last=True),
            "agency__name",
            "submission__number",
            "order",
            "part",
            "id",
        )
    )


def places_in_force(access: Access) -> QuerySet[EntryPlace]:
    """Where the entries in force stand, those of an agency's own for its people, in no order."""
    rows = access.visible(Kind.CHRONOLOGY, EntryPlace.objects.all(), "agency")
    return cast("QuerySet[EntryPlace]", rows).order_by()


def agencies_that_wrote(access: Access) -> QuerySet[Agency]:
    """The agencies whose entries are in force and may be seen here, by name."""
    asked = AgencyRequest.objects.filter(case=access.case).order_by().values("agency")
    wrote = places_in_force(access).filter(agency=OuterRef("pk"))
    return Agency.objects.filter(Exists(wrote), pk__in=asked).order_by("name", "pk")


def entry_of(access: Access, entry_id: str) -> Entry:
    """One entry in force with its file and queries; Hidden if it is not for these eyes."""
    return _one(
        entries_in_force(access)
        .select_related("submission__document", "agency")
        .prefetch_related("queries")
        .filter(pk=entry_id)
    )


def conversations_of(access: Access) -> QuerySet[Conversation]:
    """What practitioners told the review; never for employers. Reading them is an event."""
    access.may_read(Kind.CONVERSATIONS).require()
    record("contributions.conversations_read", by=access.actor, case_id=access.case.pk)
    return Conversation.objects.filter(case=access.case).select_related("agency")


def conversation_of(access: Access, conversation_id: str) -> Conversation:
    """One practitioner's account; Hidden if it is of another case."""
    return _one(conversations_of(access).filter(pk=conversation_id))


def agreed_conversations(access: Access) -> QuerySet[Conversation]:
    """Accounts that the practitioners have agreed, and which alone may be cited."""
    return conversations_of(access).filter(agreed_on__isnull=False)


def practitioner_events(access: Access) -> QuerySet[PractitionerEvent]:
    """Meetings of practitioners with the reviewers. Reading them is an event."""
    access.may_read(Kind.CONVERSATIONS).require()
    record("contributions.practitioner_events_read", by=access.actor, case_id=access.case.pk)
    return PractitionerEvent.objects.filter(case=access.case)


def practitioner_event(access: Access, event_id: str) -> PractitionerEvent:
    """One such meeting; Hidden if it is of another case."""
    return _one(practitioner_events(access).filter(pk=event_id))


def family_of(access: Access) -> QuerySet[FamilyContribution]:
    """The family's part in the review. Reading it is an event."""
    access.may_read(Kind.FAMILY).require()
    record("contributions.family_read", by=access.actor, case_id=access.case.pk)
    return FamilyContribution.objects.filter(case=access.case).select_related("identity")


def family_member_of(access: Access, contribution_id: str) -> FamilyContribution:
    """One person's record; Hidden if it is of another case."""
    return _one(family_of(access).filter(pk=contribution_id))


def people_to_hear(access: Access) -> QuerySet[Identity]:
    """People of the register, by pseudonym, who have no family record yet."""
    access.may_read(Kind.FAMILY).require()
    begun = FamilyContribution.objects.filter(case=access.case).values("identity")
    people = Identity.objects.filter(case=access.case, kind=Identity.Kind.PERSON)
    return people.exclude(relationship=Identity.Relationship.PROFESSIONAL).exclude(pk__in=begun)


def agreed_family(access: Access) -> QuerySet[FamilyContribution]:
    """Words that were read back and agreed, and which alone may be cited."""
    return family_of(access).filter(agreed_on__isnull=False).exclude(words="")


def answered_or_not(access: Access) -> dict[str, int]:
    """How many agencies were asked, have signed off, declared nothing held, or are awaited."""
    states = AgencyRequest.State
    return requests_of(access).aggregate(
        asked=Count("pk", distinct=True),
        signed_off=Count("pk", distinct=True, filter=Q(state=states.SIGNED_OFF)),
        nothing_held=Count("pk", distinct=True, filter=Q(state=states.NOTHING_HELD)),
        awaited=Count("pk", distinct=True, filter=Q(state__in=[states.ASKED, states.TO_CHECK])),
    )
