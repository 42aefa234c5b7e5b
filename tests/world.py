"""The world of a test, built through the real services, so that no test starts from an
impossible state. Each room adds its builders below."""

from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from candour.cases.access import Access, access_by_id
from candour.cases.models import Case
from candour.cases.services import give_membership, open_case
from candour.contributions.models import AgencyRequest, EntryQuery, Submission
from candour.contributions.sender import sender_for
from candour.contributions.services.asking import ask_agency
from candour.contributions.services.checking import confirm_headings, leave_query, release
from candour.contributions.services.receiving import receive_submission
from candour.contributions.services.signing_off import sign_off
from candour.disclosure.models import Check
from candour.disclosure.services import ask_for_check
from candour.engines.statute.rulebook import rule_set
from candour.identities.sealed import RealIdentity
from candour.incidents.details import ChildDetails, IncidentDetails
from candour.incidents.facts import children_of
from candour.incidents.first_hours import ASKED_FOR, settle_step
from candour.incidents.models import CriterionFinding, FirstHoursStep, Recommendation
from candour.incidents.services.assessment import find_criterion
from candour.incidents.services.logging import log_incident
from candour.incidents.services.notification import record_notification_sent
from candour.incidents.services.rapid_review import (
    SECTIONS,
    record_sent_to_panel,
    sign_off_rapid_review,
    start_rapid_review,
    write_rapid_review,
)
from candour.incidents.services.scoping import chase_scoping, send_scoping
from candour.incidents.services.screening import begin_screening, recommend
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.people.models import Agency, Appointment, Partnership, User
from candour.people.roles import AgencyKind, PartnerBody, Role
from candour.people.second_factor import confirm
from candour.platform.worker import run_due
from candour.publication.models import Hold, Publication
from candour.publication.services.clear import clear
from candour.publication.services.not_publishing import (
    Grounds,
    answer_on_not_publishing,
    decide_not_to_publish,
)
from candour.publication.services.prepare import answer_hold, choose_day, prepare, record_copy_sent
from candour.publication.services.publish import publish
from candour.reports.models import Report, Section
from candour.reports.selectors import section_of
from candour.reports.services import start_report, write_section
from candour.reviews.models import Review
from candour.reviews.selectors import review_or_none
from candour.reviews.services import bring_agency_into_scope, commission
from tests.process import taken_to

_numbers = count(1)


def a_partnership(
    name: str = "Testshire Safeguarding Children Partnership", **fields: Any
) -> Partnership:
    """A partnership with nobody in it yet."""
    partnership, _ = Partnership.objects.get_or_create(
        name=name, defaults={"short_name": name.split()[0], **fields}
    )
    return partnership


def a_user(name: str = "Pat Example") -> User:
    """A person with an account, appointed to nothing."""
    return User.objects.create_user(email=f"person{next(_numbers)}@example.org", name=name)


def an_agency(
    partnership: Partnership | None = None,
    name: str = "Testshire Council",
    kind: AgencyKind = AgencyKind.SOCIAL_CARE,
) -> Agency:
    """An agency of the partnership."""
    agency, _ = Agency.objects.get_or_create(
        partnership=partnership or a_partnership(),
        name=name,
        defaults={"short_name": name.split()[0], "kind": kind.value},
    )
    return agency


def an_appointment(
    role: Role,
    partnership: Partnership | None = None,
    user: User | None = None,
    agency: Agency | None = None,
    partner_body: PartnerBody | None = None,
) -> User:
    """Somebody with a standing appointment; answers with the person."""
    holder = user or a_user(name=f"{role.label} Example {next(_numbers)}")
    Appointment.objects.create(
        user=holder,
        partnership=partnership or a_partnership(),
        agency=agency,
        role=role.value,
        partner_body=partner_body.value if partner_body else "",
        starts_at=clock.now(),
    )
    return holder


def actor(user: User) -> Actor:
    """The person as an actor."""
    return Actor(id=str(user.pk))


def a_case(
    partnership: Partnership | None = None,
    regime: str = Case.Regime.CSPR,
    rule_set: str = "WT2023",
    by: User | None = None,
) -> Access:
    """An open case, seen by a business manager of its partnership."""
    home = partnership or a_partnership()
    manager = by or an_appointment(Role.BUSINESS_MANAGER, home)
    return open_case(
        by=actor(manager),
        partnership=home,
        regime=regime,
        rule_set=rule_set,
        notification_rule_set=rule_set,
    )


def access_for(user: User, case: Case) -> Access:
    """What this person can do on the case now; Hidden if they are not on it."""
    return access_by_id(actor(user), case.pk)


def a_member(
    manager: Access,
    role: Role,
    user: User | None = None,
    agency: Agency | None = None,
    partner_body: PartnerBody | None = None,
) -> Access:
    """Somebody put on the case by its manager; answers with their access."""
    holder = user or a_user(name=f"{role.label} Example {next(_numbers)}")
    give_membership(
        access=manager,
        user=holder,
        role=role,
        reason="Needed for the review",
        agency=agency,
        partner_body=partner_body,
    )
    return access_for(holder, manager.case)


def an_incident(
    partnership: Partnership | None = None,
    by: User | None = None,
    name: str = "Sam Fictional",
    nature: str = "DEATH",
    **facts: str,
) -> Access:
    """A logged incident with one child; answers with the access of the manager who logged it."""
    home = partnership or a_partnership()
    manager = by or an_appointment(Role.BUSINESS_MANAGER, home)
    return log_incident(
        by=actor(manager),
        partnership=home,
        details=IncidentDetails(
            nature=nature,
            happened="yesterday evening",
            aware_on=clock.today(),
            outline="A child was found unresponsive at home.",
            in_area="yes",
        ),
        children=(
            ChildDetails(
                real=RealIdentity(forms=(name,)),
                age_years="2",
                facts={"abuse_neglect": "suspected", "outcome": "death", **facts},
            ),
        ),
    )


def a_partners_trio(manager: Access) -> dict[PartnerBody, Access]:
    """One lead safeguarding partner for each of the three bodies, put on the case."""
    return {body: a_member(manager, Role.LEAD_PARTNER, partner_body=body) for body in PartnerBody}


def every_criterion_found(access: Access, finding: str = "met") -> None:
    """The same finding on every criterion of every child."""
    for child in children_of(access.case):
        for criterion in rule_set(access.case.rule_set).criteria:
            find_criterion(
                access=access,
                child=child,
                criterion=criterion.code,
                finding=CriterionFinding.Finding(finding),
                evidence="The strategy discussion",
                reason="As the facts show",
            )


def a_screened_incident(manager: Access) -> Access:
    """A serious case review case in screening, one agency asked and chased, criteria answered."""
    for step in FirstHoursStep.objects.filter(case=manager.case, code__in=ASKED_FOR):
        settle_step(access=manager, step=step, seen_version=step.version, done=True, note="")
    begin_screening(access=manager, lead_area_settled=True)
    form = send_scoping(access=manager, agency=an_agency(), due_on=clock.today())
    chase_scoping(access=manager, form=form)
    every_criterion_found(manager)
    return manager


def a_recommended_incident(manager: Access) -> Access:
    """The same, with a review recommended by the sub-group."""
    a_screened_incident(manager)
    recommend(
        access=a_member(manager, Role.SUB_GROUP),
        outcome=Recommendation.Outcome.REVIEW,
        reasons="Both criteria are met",
        dissent="",
        recommended_on=clock.today(),
        conflicts_declared=True,
    )
    return manager


def a_notified_incident(manager: Access) -> Access:
    """A case whose notification the local authority has recorded as sent."""
    record_notification_sent(
        access=a_member(manager, Role.NOTIFIER),
        sent_at=clock.now(),
        sent_by_role="Head of safeguarding",
        sent_to="The national panel",
        reference="SIN-1",
    )
    return manager


def a_rapid_review(manager: Access) -> Access:
    """A notified case whose rapid review has begun, with one agency asked."""
    a_notified_incident(manager)
    send_scoping(access=manager, agency=an_agency(), due_on=clock.today())
    start_rapid_review(access=manager, partners_told=True)
    return manager


def a_rapid_review_with_the_panel(manager: Access) -> dict[PartnerBody, Access]:
    """A rapid review written, signed by all three and sent; answers with the three partners."""
    a_rapid_review(manager)
    sections = {key: "What was found" for key, _, _ in SECTIONS}
    review = write_rapid_review(access=manager, seen_version=1, sections=sections)
    partners = a_partners_trio(manager)
    for partner in partners.values():
        sign_off_rapid_review(access=partner, seen_version=review.version)
    record_sent_to_panel(access=manager, sent_on=clock.today())
    return partners


def a_review(manager: Access, label: str = "Child T") -> Review:
    """A review below the criteria, so that no decision need be made for it first."""
    return commission(
        access=manager,
        label=label,
        method=Review.Method.OVERVIEW,
        commissioned_on=clock.today(),
        below_criteria_reason="The partners want to learn from it",
    )


def an_agency_in_scope(manager: Access, name: str = "Testshire Council") -> Agency:
    """An agency of the lead partnership, in the scope of the case's review."""
    review = review_or_none(manager.case) or a_review(manager)
    agency = an_agency(manager.case.lead_partnership, name=name)
    bring_agency_into_scope(access=manager, review=review, agency=agency)
    return agency


def an_asked_agency(manager: Access, name: str = "Testshire Council") -> AgencyRequest:
    """An agency in scope, asked for its chronology."""
    return ask_agency(
        access=manager,
        agency=an_agency_in_scope(manager, name),
        asked_for="Your chronology for the period under review",
        due_on=clock.today() + timedelta(days=20),
    )


def a_signer(manager: Access, request: AgencyRequest) -> Access:
    """The signing-off manager of the agency asked, put on the case."""
    return a_member(manager, Role.SIGNING_OFF_MANAGER, agency=request.agency)


def a_return(
    signer: Access, request: AgencyRequest, content: bytes, name: str = "chronology.csv"
) -> Submission:
    """A file sent in by the agency's own people."""
    upload = SimpleUploadedFile(name, content)
    return receive_submission(sender=sender_for(signer, request), upload=upload)


def a_checked_return(
    signer: Access, request: AgencyRequest, content: bytes, name: str = "chronology.csv"
) -> Submission:
    """The same with everything settled: headings as guessed, all released, queries left."""
    sender = sender_for(signer, request)
    sent = a_return(signer, request, content, name)
    read = confirm_headings(sender=sender, submission=sent, roles=sent.roles)
    release(sender=sender, held=read.held_back.all(), reason="Part of our record")
    for query in EntryQuery.objects.filter(entry__submission=read):
        leave_query(sender=sender, query=query, reason="The record says no more")
    return read


def a_signed_return(
    signer: Access, request: AgencyRequest, content: bytes, name: str = "chronology.csv"
) -> Submission:
    """The same, signed off: its entries are in force."""
    read = a_checked_return(signer, request, content, name)
    return sign_off(sender=sender_for(signer, request), submission=read)


def a_browser(access: Access) -> Client:
    """The browser of this person, signed in with the second factor shown."""
    user = User.objects.get(pk=access.actor.id)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    confirm(session, user)
    session.save()
    return client


def an_agency_with_entries(manager: Access, name: str, content: bytes) -> Agency:
    """An agency whose chronology, given as CSV, has been signed off."""
    request = an_asked_agency(manager, name)
    a_signed_return(a_signer(manager, request), request, content)
    return request.agency


def a_report(manager: Access, title: str = "Child T: a review") -> Report:
    """A report begun for the case's review, with an introduction."""
    if review_or_none(manager.case) is None:
        a_review(manager)
    report = start_report(access=manager, title=title)
    write_in(manager, "introduction", "A review of how services worked with one family.")
    return report


def write_in(access: Access, key: str, body: str) -> Section:
    """A section of the report, saved over whatever stands there."""
    section = section_of(access, key)
    return write_section(
        access=access,
        section=section,
        seen_version=section.version,
        heading=section.heading,
        body=body,
    )


GROUNDS = Grounds(
    reasons="A sibling would be found by people who mean them harm",
    alternatives="A summary would be enough to find them; the learning goes to every agency",
    dissent="The scrutineer would publish a summary",
)


def a_board_that_does_not_publish(manager: Access) -> Access:
    """A board's review at its response, where the Chair decides not to publish; the Chair."""
    taken_to(manager, "RESPONSE_AGREED")
    chair = a_member(manager, Role.CHAIR)
    decide_not_to_publish(access=chair, grounds=GROUNDS)
    return chair


def partners_who_do_not_publish(manager: Access) -> dict[PartnerBody, Access]:
    """An accepted report that all three partners think inappropriate to publish; the three."""
    taken_to(manager, "ACCEPTED")
    partners = a_partners_trio(manager)
    first, *others = partners.values()
    decision = decide_not_to_publish(access=first, grounds=GROUNDS)
    for partner in others:
        answer_on_not_publishing(
            access=partner, decision=decision, agrees=True, reasons="For the same reasons"
        )
    return partners


def a_check(access: Access) -> Check:
    """The files built anew and searched, as the worker does it."""
    check = ask_for_check(access=access)
    run_due()
    check.refresh_from_db()
    return check


def a_prepared_publication(manager: Access) -> Publication:
    """A report whose holds are all answered, with the panel's copy sent long enough ago."""
    publication = prepare(access=manager)
    for hold in publication.holds.all():
        answer_hold(
            access=manager,
            hold=hold,
            seen_version=hold.version,
            answer=Hold.Answer.CLEAR,
            note="Told by those who know",
        )
    record_copy_sent(
        access=manager,
        publication=publication,
        seen_version=publication.version,
        sent_on=clock.today() - timedelta(days=30),
    )
    publication.refresh_from_db()
    return choose_day(
        access=manager,
        publication=publication,
        seen_version=publication.version,
        publish_on=clock.today(),
    )


def cleared_by_two(manager: Access, publication: Publication, check: Check) -> Access:
    """The manager and a partner clear the files of this check; answers with the partner."""
    assert check.bundle is not None
    partner = a_member(manager, Role.LEAD_PARTNER, partner_body=PartnerBody.POLICE)
    for access in (manager, partner):
        clear(access=access, publication=publication, bundle_sha256=check.bundle.sha256)
    return partner


def a_published_report(manager: Access) -> tuple[Publication, Access]:
    """A report that stands in the archive, and the partner who published it."""
    check = a_check(manager)
    publication = a_prepared_publication(manager)
    partner = cleared_by_two(manager, publication, check)
    publish(access=partner, publication=publication, reason="The partners decided")
    run_due()
    publication.refresh_from_db()
    return publication, partner


_TOLD = (
    "Home visit by the health visitor; the child was seen with the mother and weighed. "
    "Telephone call from Jo Fictional about the appointment. No answer at the door, card left. "
    "Discussed with the duty social worker, who said that a strategy discussion would be held. "
    "Weight 4.2 kg, feeding well. Mr Fictional spoke at length about the flat and the damp."
)


def a_made_up_chronology(rows: int, seed: int = 1) -> bytes:
    """A CSV of so many rows over four years, some vaguely dated; the same for the same seed."""
    dice = Random(seed)
    lines = ["Date,Event,Response"]
    for _ in range(rows):
        day = date(2012, 1, 1) + timedelta(days=dice.randrange(1200))
        vague = dice.randrange(20)
        written = f"{day:%B %Y}" if vague < 5 else f"{day:%d/%m/%Y}"
        written = "before that" if vague == 19 else written
        lines.append(f'{written},"{_TOLD[: dice.randrange(60, len(_TOLD))]}","Advice given"')
    return "\n".join(lines).encode()
