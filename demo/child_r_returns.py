"""Child R, April to July 2015: commissioned, nine files received and signed off, people heard."""

import json
from datetime import date
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from candour.cases.access import Access
from candour.contributions.models import (
    AgencyRequest,
    EntryQuery,
    HeldBack,
    Submission,
)
from candour.contributions.sender import Sender, sender_for
from candour.contributions.services.asking import ask_agency
from candour.contributions.services.checking import (
    answer_query,
    confirm_headings,
    leave_query,
    release,
    remove,
)
from candour.contributions.services.hearing_family import (
    begin_with_family_member,
    decide_not_to_approach,
    record_approach,
    record_family_words,
    record_reading_back,
)
from candour.contributions.services.hearing_practitioners import (
    EventDetails,
    agree_conversation,
    explain_limits,
    invite_practitioner,
    record_conversation,
    record_practitioner_event,
)
from candour.contributions.services.receiving import receive_submission
from candour.contributions.services.signing_off import sign_off
from candour.engines.statute.independence import (
    CaseInvolvement,
    CommissionerRole,
    Engagement,
    PublishedView,
    Relation,
)
from candour.identities.models import Identity, NameProposal
from candour.identities.sealed import RealIdentity
from candour.identities.selectors import pending_proposals
from candour.identities.services import add_as_new, add_to_known, dismiss, enter
from candour.people.models import Agency
from candour.people.roles import Role
from candour.reviews.declarations import Declared
from candour.reviews.models import ParallelProceeding, Review
from candour.reviews.reviewers import accept_reviewer, declare_independence
from candour.reviews.services.agreements import Agreed, record_prosecution_agreement
from candour.reviews.services.commissioning import commission as commission_review
from candour.reviews.services.proceedings import Stands, record_proceeding
from candour.reviews.services.scope import bring_agency_into_scope
from candour.reviews.services.terms import Terms, add_line_of_enquiry, agree_terms, set_terms
from demo.child_r import CASE, FILES, stage
from demo.people import Company
from demo.people_heard import ACCOUNTS, EVENT, MOTHERS_WORDS

DECISIONS = json.loads(
    (Path(__file__).parent / "data" / "child-r-names.json").read_text(encoding="utf-8")
)

TERMS = Terms(
    purpose="To learn why what was known of three children in one household was not put together "
    "in time, and what would make that more likely for other children.",
    terms_of_reference="The review looks at work with the family from the pregnancy with Child R to "
    "the week after the injury. It does not ask who is to blame.",
    period_start=date(2009, 2, 1),
    period_end=date(2015, 2, 28),
    period_why="From the first contact in the pregnancy with Child R to the week after the injury.",
    family_plan="The lead reviewer writes to and visits the mother and the maternal grandmother. "
    "The children are asked through the worker they trust. The mother’s partner is not approached "
    "while the criminal investigation is open.",
    practitioners_plan="One-to-one conversations, then a practitioner event, cleared with police.",
    parallel_plan="Monthly with the senior investigating officer: whom the review speaks to.",
    media_lead="Communications lead of the Board",
    principles="Each line of enquiry asks how practice looked to those doing it at the time; "
    "sources and method are set out in the report; research is cited.",
)

LINES = (
    "How did each agency understand who lived in the household and who cared for the children?",
    "What did the children say and show, and what was done with it?",
    "How was concern about alcohol and violence passed on, and what came back?",
    "How did missed appointments look to those who recorded them?",
)


AGENCIES_AS_PUBLISHED = {
    "CSC": "Children’s social care",
    "HV": "Community health trust",
    "GP": "GP Practice 1",
    "HOSP": "Hospital 1",
    "POL": "The police",
    "SCH": "School 1",
    "HOUS": "Housing association",
    "DAS": "Alcohol service",
    "PROB": "Probation",
}


def commission(company: Company) -> None:
    """April 2015: an independent lead reviewer, terms of reference, nine agencies in scope."""
    with stage().scene("chair", date(2015, 4, 1)) as access:
        review = commission_review(
            access=access,
            label="Child R",
            method=Review.Method.HYBRID,
            commissioned_on=date(2015, 4, 1),
        )
    with stage().scene("manager", date(2015, 4, 2)) as access:
        for agency in company.agencies.values():
            bring_agency_into_scope(
                access=access, review=review, agency=agency, asked_for="Chronology and report"
            )
        record_proceeding(
            access=access,
            kind=ParallelProceeding.Kind.CRIMINAL,
            now=Stands(
                stands="Investigation open; no charge yet.",
                agreed="The review may speak to all staff; not to the mother’s partner.",
                lead_contact="Senior investigating officer, major crime team",
            ),
        )
        record_prosecution_agreement(
            access=access,
            agreed=Agreed(
                agreed_on=date(2015, 4, 2),
                agreed_with="Senior investigating officer; reviewing lawyer of the prosecutors",
                may_speak_to="All staff of the agencies, from today.",
                not_yet="The mother’s partner, until he is charged or told that he will not be.",
                what_is_kept="Notes of conversations as agreed with each person; listed on the schedule of material.",
            ),
        )
        review.refresh_from_db()
        set_terms(access=access, review=review, seen_version=review.version, terms=TERMS)
        for line in LINES:
            add_line_of_enquiry(access=access, review=review, text=line)
        appointment = declare_independence(
            access=access,
            review=review,
            user=company.users["reviewer"],
            declared=_declared(),
            knowledge="Led eleven reviews; twenty years in child protection elsewhere.",
        )
    with stage().scene("chair", date(2015, 4, 8)) as access:
        accept_reviewer(
            access=access,
            appointment=appointment,
            reasons="No link to any body in scope within the look-back.",
            name_sent_to_panel_on=date(2015, 4, 8),
        )
        review.refresh_from_db()
        agree_terms(access=access, review=review)
    _bring_people(company)


def _declared() -> Declared:
    return Declared(
        engagements=(
            Engagement(
                "Fernleigh County Council", "employment", date(1998, 9, 1), date(2009, 3, 31)
            ),
        ),
        case_involvement=CaseInvolvement.NONE,
        relation=Relation.NONE,
        commissioner_role=CommissionerRole.NONE,
        commissioner_until=None,
        same_board_reviews=0,
        published_view=PublishedView.NONE,
    )


def _bring_people(company: Company) -> None:
    agencies, day = company.agencies, date(2015, 4, 9)
    stage().bring("second", Role.SECOND_REVIEWER, day, "Works with the lead reviewer")
    stage().bring("panel", Role.REVIEW_PANEL, day, "Sits on the case review panel")
    stage().bring("author", Role.AGENCY_AUTHOR, day, "Writes the return", agencies["CSC"])
    stage().bring("signer", Role.SIGNING_OFF_MANAGER, day, "Signs it off", agencies["CSC"])
    stage().bring(
        "police_author", Role.SIGNING_OFF_MANAGER, day, "Writes and signs", agencies["POL"]
    )
    stage().bring("legal", Role.LEGAL_ADVISER, day, "Advises on restrictions and disclosure")
    stage().bring("coroner", Role.CORONER, day, "May be given leave by order")
    stage().bring("liaison", Role.POLICE_LIAISON, day, "Agrees whom the review speaks to")
    stage().bring("adviser", Role.PANEL_ADVISER, day, "Reads what is sent to the panel")
    stage().bring("press", Role.COMMUNICATIONS_LEAD, day, "Plans for publication")
    stage().bring("owner", Role.ACTION_OWNER, day, "Will own actions")


def contributions(company: Company) -> None:
    """April to June 2015: asked, received as they are, checked, signed off."""
    requests: dict[str, AgencyRequest] = {}
    with stage().scene("manager", date(2015, 4, 13)) as access:
        for code, agency in company.agencies.items():
            requests[code] = ask_agency(
                access=access,
                agency=agency,
                asked_for="A chronology of your involvement from 1 February 2009 to 28 February "
                "2015, and a report that answers the lines of enquiry.",
                due_on=date(2015, 6, 5),
            )
    files = {agency["code"]: agency["file"] for agency in CASE["agencies"]}
    for code, request in requests.items():
        _receive_and_sign(code, request, FILES / files[code])


def _receive_and_sign(code: str, request: AgencyRequest, path: Path) -> None:
    """By the agency's own people where it has some on the case; else filed from e-mail."""
    writer = {"CSC": "author", "POL": "police_author"}.get(code, "manager")
    signer = {"CSC": "signer", "POL": "police_author"}.get(code, "manager")
    with stage().scene(writer, date(2015, 6, 2)) as access:
        sender = sender_for(access, request)
        submission = receive_submission(
            sender=sender,
            upload=SimpleUploadedFile(path.name, path.read_bytes()),
            came_from="" if writer != "manager" else "E-mail of 2 June",
        )
        submission = _confirm(sender, submission)
        _settle_held_back(sender, submission)
        _settle_queries(sender, submission)
    with stage().scene(signer, date(2015, 6, 4)) as access:
        sign_off(
            sender=sender_for(access, request),
            submission=submission,
            signed_off_as="Head of Safeguarding of the agency",
        )


def _confirm(sender: Sender, submission: Submission) -> Submission:
    guessed = {
        column["header"]: column["field"]
        for table in submission.tables
        for column in table["columns"]
    }
    return confirm_headings(sender=sender, submission=submission, roles=guessed)


def _settle_held_back(sender: Sender, submission: Submission) -> None:
    """Rows that were hidden by mistake are released; comments and deletions are not."""
    parts = HeldBack.objects.filter(submission=submission, state=HeldBack.State.PENDING)
    rows = list(parts.filter(kind=HeldBack.Kind.HIDDEN_ROW))
    others = list(parts.exclude(kind=HeldBack.Kind.HIDDEN_ROW))
    if rows:
        release(sender=sender, held=rows, reason="Hidden while formatting; part of our record.")
    if others:
        remove(sender=sender, held=others, reason="Working notes, not part of our return.")


def _settle_queries(sender: Sender, submission: Submission) -> None:
    for query in EntryQuery.objects.filter(
        entry__submission=submission, state=EntryQuery.State.OPEN
    ).select_related("entry"):
        if query.kind == "date_refused":
            leave_query(
                sender=sender, query=query, reason="The record gives no better date than this."
            )
        else:
            answer_query(
                sender=sender, query=query, answer="Checked against the record: as written."
            )


def hearing(company: Company) -> None:
    """July 2015: practitioners, a practitioner event, the family."""
    for account in ACCOUNTS:
        _hear(account.role, company.agencies[account.agency], account.words)
    with stage().scene("reviewer", date(2015, 7, 16)) as access:
        record_practitioner_event(
            access=access,
            details=EventDetails(
                held_on=date(2015, 7, 16),
                facilitators="The lead reviewer and a member of the case review panel.",
                attendees_by_role="Two social workers, a health visitor, a school nurse, a head "
                "teacher, a GP, a police constable, a housing officer, an alcohol worker.",
                support_offered="Each agency’s own support; a counsellor was in the building.",
                discussed=EVENT,
            ),
        )
        _family(access)


def _hear(role: str, agency: Agency, words: str) -> None:
    with stage().scene("reviewer", date(2015, 7, 1)) as access:
        told = invite_practitioner(
            access=access, role_label=role, invited_on=date(2015, 6, 22), agency=agency
        )
        told = explain_limits(
            access=access,
            conversation=told,
            seen_version=told.version,
            explained_on=date(2015, 7, 1),
        )
        told = record_conversation(
            access=access,
            conversation=told,
            seen_version=told.version,
            held_on=date(2015, 7, 1),
            words=words,
        )
    with stage().scene("reviewer", date(2015, 7, 10)) as access:
        agree_conversation(
            access=access,
            conversation=told,
            seen_version=told.version,
            agreed_on=date(2015, 7, 10),
        )


def _family(access: Access) -> None:
    mother = _identity(access, Identity.Relationship.MOTHER)
    hers = begin_with_family_member(
        access=access,
        identity=mother,
        safe_contact_rule="Through her solicitor only. Never by post to the address.",
    )
    hers = record_approach(
        access=access,
        contribution=hers,
        seen_version=hers.version,
        approached_on=date(2015, 7, 2),
        approached_how="Visit arranged by her solicitor",
    )
    hers = record_family_words(
        access=access,
        contribution=hers,
        seen_version=hers.version,
        words=MOTHERS_WORDS,
        asked_the_review_to_look_at="Why nobody asked me on my own.",
    )
    record_reading_back(
        access=access,
        contribution=hers,
        seen_version=hers.version,
        read_back_on=date(2015, 7, 16),
        agreed=True,
    )
    partner = _identity(access, Identity.Relationship.PARENTS_PARTNER)
    his = begin_with_family_member(
        access=access,
        identity=partner,
        safe_contact_rule="Not to be approached before the police agree.",
    )
    decide_not_to_approach(
        access=access,
        contribution=his,
        seen_version=his.version,
        reason="He is a suspect in an open investigation; the police asked us not to.",
    )


def _identity(access: Access, relationship: Identity.Relationship) -> Identity:
    return Identity.objects.get(case=access.case, relationship=relationship)


def names(company: Company) -> None:
    """July 2015: the business manager decides, string by string, who is meant."""
    with stage().scene("manager", date(2015, 7, 20)) as access:
        for code, agency in company.agencies.items():
            enter(
                access=access,
                kind=Identity.Kind.ORGANISATION,
                relationship=Identity.Relationship.NOT_A_PERSON,
                pseudonym=AGENCIES_AS_PUBLISHED[code],
                real=RealIdentity(forms=(agency.name,)),
                agency=agency,
            )
        for line in pending_proposals(access):
            _decide(access, line.proposal, line.string)


def _decide(access: Access, proposal: NameProposal, string: str) -> None:
    decision = DECISIONS.get(string)
    if decision == "nobody":
        dismiss(access=access, proposal=proposal, reason="An ordinary word, not a name.")
        return
    kind = Identity.Kind(proposal.kind).label
    pseudonym = decision or _free(access, kind)
    known = Identity.objects.filter(case=access.case, pseudonym=pseudonym).first()
    if known:
        add_to_known(access=access, proposal=proposal, identity=known)
        return
    add_as_new(
        access=access,
        proposal=proposal,
        relationship=_relationship(proposal, pseudonym),
        pseudonym=pseudonym,
    )


def _relationship(proposal: NameProposal, pseudonym: str) -> Identity.Relationship:
    if proposal.kind != Identity.Kind.PERSON or pseudonym.startswith(("Town", "County", "[")):
        return Identity.Relationship.NOT_A_PERSON
    if pseudonym.startswith(("Father", "Maternal")):
        return Identity.Relationship.OTHER_RELATIVE
    if pseudonym.startswith(("Former Partner", "Neighbour", "Person")):
        return Identity.Relationship.OTHER_PERSON
    return Identity.Relationship.PROFESSIONAL


def _free(access: Access, kind: str) -> str:
    taken = set(Identity.objects.filter(case=access.case).values_list("pseudonym", flat=True))
    return next(f"{kind} {n}" for n in range(1, 1000) if f"{kind} {n}" not in taken)
