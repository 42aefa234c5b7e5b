"""A local review below the criteria: three agencies asked, one return in, two still to send."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from candour.cases.access import Access
from candour.contributions.models import AgencyRequest, EntryQuery, HeldBack
from candour.contributions.sender import sender_for
from candour.contributions.services.asking import ask_agency
from candour.contributions.services.checking import confirm_headings, leave_query, release
from candour.contributions.services.receiving import receive_submission
from candour.contributions.services.signing_off import sign_off
from candour.identities.sealed import RealIdentity
from candour.incidents.details import ChildDetails, IncidentDetails
from candour.incidents.services.logging import log_incident
from candour.incidents.services.notification import decide_not_to_notify
from candour.kernel import clock
from candour.people.roles import Role
from candour.reviews.models import Review
from candour.reviews.services.commissioning import commission
from candour.reviews.services.scope import bring_agency_into_scope
from candour.reviews.services.terms import add_line_of_enquiry
from demo.people import Company
from demo.stage import Stage, scene

ASKED = ("CSC", "POL", "SCH")
ASKED_FOR = "A chronology of your involvement in the last two years, and what you would do again."

# As a school might type it: two spellings of a date, a time among the words, a day not known.
SCHOOL = """Date,What happened,Source,What we did
4/9/2025,Late for the third time this week; said the alarm clock had been sold,Register,Head of year rang home
autumn half-term 2025,Neighbour told the office the children were on their own at night,Message book,Passed to the designated lead
12.11.25,14:10 came to the medical room hungry and tired,Medical room log,Breakfast club place given
early December,Did not want to go home at the end of the day,Class teacher,Talked with him; referral made by telephone
"""


def play(company: Company) -> None:
    """Logged seven weeks ago, commissioned three weeks later; due in nine days from now."""
    stage = _log(company)
    with stage.scene("notifier", clock.today() - timedelta(days=47)) as access:
        decide_not_to_notify(
            access=access,
            reasons="Nobody was seriously harmed. There is something to learn all the same.",
            partners_views="All three agree, on the telephone.",
            dissent="",
        )
    requests = _commission_and_ask(company, stage)
    _bring(company, stage)
    _file_the_schools_return(stage, requests["SCH"])


def _log(company: Company) -> Stage:
    day = clock.today() - timedelta(days=49)
    with scene(company, "manager", day, 11) as by:
        access = log_incident(
            by=by,
            partnership=company.partnership,
            details=IncidentDetails(
                nature="OTHER",
                happened=f"between {_said(day, 60)} and {_said(day, 2)}",
                aware_on=day,
                outline="A ten-year-old looked after two younger children alone on many nights. "
                "Nobody was hurt. Three agencies each knew a part.",
                place_kind="Home",
                in_area="yes",
                outside_england="no",
                bodies_known=tuple(company.present_agencies[code] for code in ASKED),
            ),
            children=(
                ChildDetails(
                    real=RealIdentity(forms=("Jonah Petherwick", "Jonah")),
                    pseudonym="Child M",
                    age_years="10",
                    facts={"abuse_neglect": "suspected", "outcome": "neither"},
                ),
            ),
        )
    return Stage(company, access.case.pk)


def _said(day: date, before: int) -> str:
    earlier = day - timedelta(days=before)
    return f"{earlier.day} {earlier:%B %Y}"


def _commission_and_ask(company: Company, stage: Stage) -> dict[str, AgencyRequest]:
    with stage.scene("manager", clock.today() - timedelta(days=28)) as access:
        review = commission(
            access=access,
            label="Child M",
            method=Review.Method.OVERVIEW,
            commissioned_on=clock.today(),
            below_criteria_reason="Neglect came close to serious harm, and three agencies each "
            "held a part of the picture.",
        )
        add_line_of_enquiry(
            access=access, review=review, text="Who knew that the children were alone at night?"
        )
        return {code: _ask(access, review, company, code) for code in ASKED}


def _ask(access: Access, review: Review, company: Company, code: str) -> AgencyRequest:
    agency = company.present_agencies[code]
    bring_agency_into_scope(access=access, review=review, agency=agency, asked_for="Chronology")
    return ask_agency(
        access=access,
        agency=agency,
        asked_for=ASKED_FOR,
        due_on=clock.today() + timedelta(days=37),
    )


def _bring(company: Company, stage: Stage) -> None:
    day, agencies = clock.today() - timedelta(days=27), company.present_agencies
    stage.bring("author", Role.AGENCY_AUTHOR, day, "Writes the return", agencies["CSC"])
    stage.bring("signer", Role.SIGNING_OFF_MANAGER, day, "Signs it off", agencies["CSC"])
    stage.bring("police_author", Role.SIGNING_OFF_MANAGER, day, "Writes and signs", agencies["POL"])


def _file_the_schools_return(stage: Stage, request: AgencyRequest) -> None:
    """It came by e-mail; the school has nobody on the case, so the business unit checks it."""
    with stage.scene("manager", clock.today() - timedelta(days=6)) as access:
        sender = sender_for(access, request)
        sent = receive_submission(
            sender=sender,
            upload=SimpleUploadedFile("school.csv", SCHOOL.encode()),
            came_from="E-mail of the designated lead",
        )
        read = confirm_headings(sender=sender, submission=sent, roles=sent.roles)
        release(
            sender=sender,
            held=HeldBack.objects.filter(submission=read),
            reason="Nothing here that was not meant to be sent.",
        )
        for query in EntryQuery.objects.filter(entry__submission=read):
            leave_query(sender=sender, query=query, reason="The school knows no better day.")
        sign_off(sender=sender, submission=read, signed_off_as="Designated lead")
