"""One case as far along as a case can be, built through the real services as its people."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from tests import world
from tests.integration.security.planted import Plantings

from candour.cases.access import Access
from candour.cases.models import Case, Membership
from candour.cases.permissions import RECORDS, Kind
from candour.cases.services import end_membership, grant
from candour.chronology.exports import Format
from candour.chronology.models import FamilyTie, HeldStatement
from candour.chronology.selectors import Filters, chronology
from candour.chronology.selectors.facts import fact_of_entry
from candour.chronology.services import group
from candour.chronology.services.exporting import ask_for_export, write_export
from candour.chronology.services.family import Tie, record_tie
from candour.chronology.services.knowledge import HeldDetails, note_available, state_held
from candour.chronology.services.working import comment, save_filter, tag
from candour.contributions.models import AgencyRequest, Entry
from candour.contributions.selectors import entries_in_force
from candour.contributions.sender import sender_for
from candour.contributions.services.checking import confirm_headings
from candour.contributions.services.hearing_family import (
    begin_with_family_member,
    record_approach,
    record_family_words,
)
from candour.contributions.services.hearing_practitioners import (
    EventDetails,
    agree_conversation,
    explain_limits,
    invite_practitioner,
    record_conversation,
    record_practitioner_event,
)
from candour.duties.bodies import add_body_member, found_body
from candour.duties.deciding import (
    Came,
    record_meeting_decision,
    set_meeting_action,
    take_attendance,
)
from candour.duties.letters import To, begin_letter, file_letter
from candour.duties.meetings import convene
from candour.duties.models import Attendance, LetterKind, Meeting
from candour.engines.tables import Grain
from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.identities.services import enter
from candour.incidents.models import PanelLetter
from candour.incidents.services.panel import file_panel_letter
from candour.kernel import clock
from candour.oversight.models import NationalBody, PaperKind
from candour.oversight.services.sending import send_pack
from candour.people.models import Agency, User
from candour.people.roles import AgencyKind, PartnerBody, Role
from candour.reviews.models import ParallelProceeding
from candour.reviews.services.proceedings import Stands, record_proceeding
from candour.reviews.services.terms import Terms, add_line_of_enquiry, set_terms

_FOR_AN_AGENCY = (Role.AGENCY_AUTHOR, Role.SIGNING_OFF_MANAGER)
_READ_IN_FORCE = (Kind.AGENCY_RETURN, Kind.CHRONOLOGY, Kind.ANALYSIS, Kind.DRAFT)
_FOR_A_PARTNER = (Role.LEAD_PARTNER, Role.DELEGATED_PARTNER, Role.DEPUTY_PARTNER)


_numbers = count(1)


@dataclass(frozen=True)
class Holder:
    """Somebody as something: who, in which role, for which agency, with which grants."""

    user: User
    role: Role
    agency: Agency | None = None
    granted: frozenset[Kind] = frozenset()

    def __str__(self) -> str:
        agency = f" of {self.agency.name}" if self.agency else ""
        order = " under a grant" if self.granted else ""
        return f"{self.role.label}{agency}{order}"


@dataclass
class BuiltCase:
    """A case, everybody on it, its two agencies, and what was planted in it."""

    manager: Access
    planted: Plantings
    agencies: tuple[Agency, Agency]
    holders: list[Holder] = field(default_factory=list)
    former: User | None = None

    @property
    def case(self) -> Case:
        return self.manager.case

    def access(self, role: Role, agency: Agency | None = None) -> Access:
        """What the holder of this role can do now."""
        found = next(
            each for each in self.holders if each.role is role and agency in (None, each.agency)
        )
        return world.access_for(found.user, self.case)


def build(name: str, first_planted: int) -> BuiltCase:
    """A case in a partnership of its own, with somebody in every role."""
    planted = Plantings(first=first_planted)
    home = world.a_partnership(f"{name} Safeguarding Children Partnership")
    agencies = (
        world.an_agency(home, f"{name} Council"),
        world.an_agency(home, f"{name} Police", AgencyKind.POLICE),
    )
    manager = world.an_incident(home, name=planted.plant("a child's name", Kind.IDENTITIES))
    built = BuiltCase(manager, planted, agencies)
    _put_people_on(built)
    _learn_the_family(built)
    _go_through_rapid_review(built)
    _commission(built)
    _gather(built)
    _hear(built)
    _write(built)
    return built


def _put_people_on(built: BuiltCase) -> None:
    manager = User.objects.get(pk=built.manager.actor.id)
    built.holders.append(Holder(manager, Role.BUSINESS_MANAGER))
    for role in Role:
        if role in _FOR_AN_AGENCY:
            built.holders += [_member(built, role, agency) for agency in built.agencies]
        elif role is not Role.BUSINESS_MANAGER:
            built.holders.append(_member(built, role))
    built.holders.append(_under_a_grant(built))
    left = world.a_member(
        built.manager, Role.REVIEW_PANEL, world.a_user(f"Left Example {next(_numbers)}")
    )
    membership = Membership.objects.get(case=built.case, user_id=left.actor.id)
    end_membership(access=built.manager, membership=membership, reason="Left the panel")
    built.former = User.objects.get(pk=left.actor.id)


def _member(built: BuiltCase, role: Role, agency: Agency | None = None) -> Holder:
    """Somebody with a name of their own, so that links to people differ."""
    home = built.case.lead_partnership
    body = PartnerBody.HEALTH if role in _FOR_A_PARTNER else None
    user = world.a_user(f"{role.label} Example {next(_numbers)}")
    if not RECORDS[role]:
        world.an_appointment(role, home, user)
    else:
        world.a_member(built.manager, role, user, agency, body)
    return Holder(user, role, agency)


def _under_a_grant(built: BuiltCase) -> Holder:
    held = _member(built, Role.CORONER)
    grant(
        access=built.manager,
        membership=Membership.objects.get(case=built.case, user=held.user),
        kind=Kind.CHRONOLOGY,
        legal_basis=built.planted.plant("the basis of a grant", Kind.MEMBERS),
        onward_use="The inquest only",
        ends_at=clock.now() + timedelta(days=30),
    )
    return Holder(held.user, Role.CORONER, None, frozenset({Kind.CHRONOLOGY}))


def _learn_the_family(built: BuiltCase) -> None:
    enter(
        access=built.manager,
        kind=Identity.Kind.PERSON,
        relationship=Identity.Relationship.MOTHER,
        pseudonym="Mother",
        real=RealIdentity(forms=(built.planted.plant("the mother's name", Kind.IDENTITIES),)),
    )


def _go_through_rapid_review(built: BuiltCase) -> None:
    world.a_rapid_review_with_the_panel(built.manager)
    file_panel_letter(
        access=built.manager,
        outcome=PanelLetter.Outcome.QUERIES,
        received_on=clock.today(),
        text=built.planted.plant("a letter of the panel", Kind.DECISION, Kind.SENT_TO_PANEL),
        reference="NP-1",
        reply_due_on=clock.today() + timedelta(days=10),
    )
    _write_letters(built)
    _meet(built)
    convene(
        access=built.manager,
        body=Meeting.Body.RAPID_REVIEW,
        title="Rapid review meeting",
        held_on=clock.today(),
        agenda=built.planted.plant("the agenda of a meeting", Kind.CASE, Kind.REFERRAL),
    )


def _meet(built: BuiltCase) -> None:
    """A meeting of a standing body: its register, a decision, an action."""
    body = found_body(
        by=built.manager.actor,
        partnership=built.case.lead_partnership,
        kind=Meeting.Body.SUB_GROUP,
        name="Sub-group",
        quorum=1,
    )
    member = add_body_member(
        by=built.manager.actor,
        body=body,
        user=User.objects.get(pk=built.manager.actor.id),
        capacity="Chair of the sub-group",
        starts_on=clock.today(),
    )
    meeting = convene(
        access=built.manager,
        body=Meeting.Body.SUB_GROUP,
        title="Screening",
        held_on=clock.today(),
        agenda="",
        standing_body=body,
    )
    came = {member.pk: Came(Attendance.How.PRESENT, "Knows the school")}
    take_attendance(access=built.manager, meeting=meeting, came=came)
    words = built.planted.plant("a decision of a meeting", Kind.DECISION)
    record_meeting_decision(access=built.manager, meeting=meeting, text=words)
    set_meeting_action(
        access=built.manager,
        meeting=meeting,
        text=built.planted.plant("an action of a meeting", Kind.DECISION),
        owner=member.user,
        due_on=clock.today() + timedelta(days=5),
    )


def _write_letters(built: BuiltCase) -> None:
    """A letter out and one in; papers sent to a body that has no desk here."""
    begin_letter(
        access=built.manager,
        to=To(LetterKind.CHIEF_EXECUTIVE, "The chief executive"),
        facts={"agency": built.planted.plant("a draft letter", Kind.DECISION)},
    )
    file_letter(
        access=built.manager,
        kind=LetterKind.FAMILY,
        correspondent="Mother",
        received_on=clock.today(),
        subject="What I want you to ask",
        text=built.planted.plant("a letter of the family", Kind.FAMILY),
    )
    body, _ = NationalBody.objects.get_or_create(
        name="A national panel", kind=NationalBody.Kind.PANEL, began_on=clock.today()
    )
    send_pack(
        access=built.manager,
        body=body,
        kind=PaperKind.REPLY,
        words=built.planted.plant("a reply to the panel", Kind.DECISION),
        sent_how="By secure e-mail",
    )


def _commission(built: BuiltCase) -> None:
    review = world.a_review(built.manager, label="Child T")
    terms = Terms(
        purpose="To learn",
        terms_of_reference=built.planted.plant("the terms", Kind.CASE),
        period_start=clock.today() - timedelta(days=800),
        period_end=clock.today(),
        period_why="From the first contact",
        family_plan=built.planted.plant("the plan for the family", Kind.DECISION),
        principles="Agreed with the partners",
    )
    review = set_terms(
        access=built.manager, review=review, seen_version=review.version, terms=terms
    )
    add_line_of_enquiry(access=built.manager, review=review, text="Was the child seen alone?")
    record_proceeding(
        access=built.manager,
        kind=ParallelProceeding.Kind.INQUEST,
        now=Stands(built.planted.plant("a parallel proceeding", Kind.DECISION)),
    )


def _gather(built: BuiltCase) -> None:
    """One agency has signed off; the other has a file to check, with a hidden part pending."""
    done, checking = (
        world.an_asked_agency(built.manager, agency.name) for agency in built.agencies
    )
    signer = _signer(built, done)
    world.a_signed_return(signer, done, _rows(built, done, in_force=True), "signed.csv")
    waiting = world.a_return(
        _signer(built, checking), checking, _rows(built, checking, in_force=False), "waiting.csv"
    )
    sender = sender_for(_signer(built, checking), checking)
    confirm_headings(sender=sender, submission=waiting, roles=waiting.roles)


def _signer(built: BuiltCase, request: AgencyRequest) -> Access:
    return built.access(Role.SIGNING_OFF_MANAGER, request.agency)


def _rows(built: BuiltCase, request: AgencyRequest, *, in_force: bool) -> bytes:
    """A chronology: in force it is everybody's who reads chronologies, before that its agency's."""
    alone = None if in_force else request.agency_id
    kinds = _READ_IN_FORCE if in_force else (Kind.AGENCY_RETURN,)
    words = [
        built.planted.plant(
            f"row {at} of {request.agency.short_name}", *kinds, agency=alone, of=request.agency_id
        )
        for at in range(3)
    ]
    lines = [
        "Date,Time,Event,Comment",
        f"03/03/2024,16:25,Seen at home {words[0]},",
        f"March 2024,,Several calls {words[1]},",
        f"in the spring?? or so,,Neighbour rang {words[2]},",
    ]
    return "\n".join(lines).encode()


def _hear(built: BuiltCase) -> None:
    reviewer = built.access(Role.LEAD_REVIEWER)
    heard = invite_practitioner(
        access=reviewer,
        role_label="Health visitor",
        invited_on=clock.today(),
        agency=built.agencies[0],
    )
    explain = explain_limits(
        access=reviewer,
        conversation=heard,
        seen_version=heard.version,
        explained_on=clock.today(),
    )
    held = record_conversation(
        access=reviewer,
        conversation=explain,
        seen_version=explain.version,
        held_on=clock.today(),
        words=built.planted.plant("what a practitioner said", Kind.CONVERSATIONS),
    )
    agree_conversation(
        access=reviewer,
        conversation=held,
        seen_version=held.version,
        agreed_on=clock.today(),
    )
    record_practitioner_event(access=reviewer, details=_event_of(built))
    mother = Identity.objects.get(case=built.case, relationship=Identity.Relationship.MOTHER)
    begun = begin_with_family_member(
        access=reviewer,
        identity=mother,
        safe_contact_rule=built.planted.plant("a safe-contact rule", Kind.FAMILY),
    )
    met = record_approach(
        access=reviewer,
        contribution=begun,
        seen_version=begun.version,
        approached_on=clock.today(),
        approached_how="Through the advocate",
    )
    record_family_words(
        access=reviewer,
        contribution=met,
        seen_version=met.version,
        words=built.planted.plant("the family's words", Kind.FAMILY),
    )


def _event_of(built: BuiltCase) -> EventDetails:
    return EventDetails(
        held_on=clock.today(),
        attendees_by_role="Two health visitors",
        discussed=built.planted.plant("a practitioner event", Kind.CONVERSATIONS),
    )


def _write(built: BuiltCase) -> None:
    reviewer = built.access(Role.LEAD_REVIEWER)
    entries = list(entries_in_force(reviewer)[:2])
    group(
        access=reviewer,
        entries=entries,
        title=built.planted.plant("the title of an event", Kind.CHRONOLOGY),
    )
    _say_who_held_it(built, reviewer, entries[0])
    _work_on(built, reviewer, entries[0])
    world.a_report(reviewer)


def _work_on(built: BuiltCase, reviewer: Access, entry: Entry) -> None:
    tag(access=reviewer, entries=[entry], name=built.planted.plant("a tag", Kind.CHRONOLOGY))
    comment(access=reviewer, entry=entry, words=built.planted.plant("a comment", Kind.CHRONOLOGY))
    save_filter(access=reviewer, name="Calls", query="words=calls")
    asked = ask_for_export(
        access=reviewer,
        file_format=Format.CSV,
        columns=(),
        grain=Grain.AS_WRITTEN,
        names=False,
        query="",
    )
    write_export(access=reviewer, asked=asked, filters=Filters())
    one, other = Identity.objects.filter(case=built.case, kind=Identity.Kind.PERSON)[:2]
    remark = built.planted.plant("a remark on a tie", Kind.CHRONOLOGY)
    record_tie(access=reviewer, tie=Tie(one, other, FamilyTie.Kind.OTHER, remark=remark))


def _say_who_held_it(built: BuiltCase, reviewer: Access, entry: Entry) -> None:
    fact = fact_of_entry(reviewer, chronology(reviewer), entry.pk)
    state_held(
        access=reviewer,
        fact=fact,
        agency=entry.agency,
        evidence=entry,
        details=HeldDetails(
            status=HeldStatement.Status.RECORDED,
            how=HeldStatement.How.TOLD,
            earliest=clock.today(),
            latest=clock.today(),
            role=built.planted.plant("the role that held a fact", Kind.CHRONOLOGY),
        ),
    )
    note_available(
        access=reviewer,
        fact=fact,
        agency=entry.agency,
        words=built.planted.plant("what was open to an agency", Kind.CHRONOLOGY),
        procedure="Regional procedures, 4.3",
        day=None,
    )
