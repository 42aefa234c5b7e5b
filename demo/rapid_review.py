"""A rapid review under the guidance of 2023, on working day 9 of 15."""

from datetime import date, timedelta

from candour.cases.access import Access
from candour.duties.meetings import convene
from candour.duties.models import Meeting
from candour.engines.statute.workingdays import WorkingDays
from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.identities.services import enter
from candour.incidents.details import ChildDetails, IncidentDetails
from candour.incidents.first_hours import settle_step
from candour.incidents.models import FirstHoursStep, RapidReview, ScopingForm
from candour.incidents.services.logging import log_incident
from candour.incidents.services.notification import record_notification_sent
from candour.incidents.services.rapid_review import (
    sign_off_rapid_review,
    start_rapid_review,
    write_rapid_review,
)
from candour.incidents.services.scoping import chase_scoping, file_scoping, send_scoping
from candour.kernel import clock
from candour.people.roles import Role
from demo.people import Company
from demo.stage import Stage, scene

CALENDAR = WorkingDays()
WORKING_DAY = 9
ASKED = ("CSC", "HV", "GP", "HOSP", "POL", "SCH")
ANSWERED = ("CSC", "HV", "HOSP", "POL")

SECTIONS = {
    "facts": "A baby of seven months was found lifeless in an adult bed on a Sunday morning. "
    "Health visiting, the GP and children’s social care knew the family; the police had been "
    "called to the address twice in a year.",
    "episodes": "The antenatal visit and the booking assessment; the police referral in spring and "
    "how it looked to the duty team; the missed eight-week check.",
    "safety": "The older brother stays with his grandmother under a written agreement, visited "
    "by a social worker on the day and twice since.",
    "daily_life": "He slept in a travel cot in the sitting room until it broke in the summer. His "
    "brother sang to him; his health visitor recorded that he laughed when his name was called.",
    "identity": "The family are white British and moved twice in a year between temporary "
    "addresses. Nobody recorded whether the mother’s learning disability had been assessed.",
    "good_practice": "The health visitor rang twice after the missed check and went to the door.",
    "learning": "Safe sleep advice was given before the cot broke, and not again. How agencies "
    "notice that a family’s circumstances have changed is already a theme of two earlier reviews.",
    "earlier": "Two local reviews since 2021 spoke of safe sleep advice at times of change.",
    "decision": "A local review is proposed: more than one agency held part of the picture, and "
    "an improvement identified before has not been shown to be made.",
    "national": "Not on its own. The theme is national, and the panel may wish to know of it.",
}


def play(company: Company) -> None:
    """Notified nine working days ago; two agencies still to answer, two signatures waiting."""
    sent = CALENDAR.subtract(clock.today(), WORKING_DAY)
    stage = _log(company, CALENDAR.subtract(sent, 2))
    _notify(stage, sent)
    _bring(stage, company, sent)
    _ask(stage, company, sent)
    _write(stage, CALENDAR.add(sent, 7))
    with stage.scene("council", CALENDAR.add(sent, 8)) as access:
        review = RapidReview.objects.get(case=access.case)
        sign_off_rapid_review(access=access, seen_version=review.version)


def _log(company: Company, aware: date) -> Stage:
    agencies = company.present_agencies
    with scene(company, "manager", aware, 9) as by:
        access = log_incident(
            by=by,
            partnership=company.partnership,
            details=IncidentDetails(
                nature="DEATH",
                happened=(aware - timedelta(days=1)).strftime("%d/%m/%Y"),
                aware_on=aware,
                outline="A baby of seven months was found lifeless in an adult bed. Post-mortem "
                "findings are awaited; neglect is suspected.",
                place_kind="Home",
                in_area="yes",
                outside_england="no",
                bodies_known=tuple(agencies[code] for code in ASKED),
            ),
            children=(
                ChildDetails(
                    real=RealIdentity(forms=("Alfie Thornbury", "Alfie")),
                    pseudonym="Baby K",
                    age_years="0",
                    facts={
                        "abuse_neglect": "suspected",
                        "outcome": "death",
                        "harm_basis": "none",
                        "normally_resident": "yes",
                        "looked_after": "no",
                        "suspected_suicide": "no",
                        "child_role": "victim",
                    },
                ),
            ),
        )
        enter(
            access=access,
            kind=Identity.Kind.PERSON,
            relationship=Identity.Relationship.MOTHER,
            pseudonym="Mother",
            real=RealIdentity(forms=("Chelsea Thornbury", "Chelsea")),
        )
        for step in FirstHoursStep.objects.filter(case=access.case):
            settle_step(
                access=access,
                step=step,
                seen_version=step.version,
                done=step.code != "contacts",
                note="",
            )
    return Stage(company, access.case.pk)


def _notify(stage: Stage, sent: date) -> None:
    with stage.scene("notifier", sent, 15) as access:
        record_notification_sent(
            access=access,
            sent_at=clock.now(),
            sent_by_role="Service Manager, Safeguarding",
            sent_to="The national panel",
            reference="SIN-4471-22",
        )


def _bring(stage: Stage, company: Company, sent: date) -> None:
    social_care = company.present_agencies["CSC"]
    stage.bring("author", Role.AGENCY_AUTHOR, sent, "Writes for social care", social_care)
    stage.bring("signer", Role.SIGNING_OFF_MANAGER, sent, "Signs for social care", social_care)
    stage.bring("scrutineer", Role.SCRUTINEER, sent, "Scrutinises the rapid review")
    stage.bring("adviser", Role.PANEL_ADVISER, sent, "Reads what is sent to the panel")


def _ask(stage: Stage, company: Company, sent: date) -> None:
    agencies = company.present_agencies
    with stage.scene("manager", CALENDAR.add(sent, 1), 9) as access:
        forms = {
            code: send_scoping(access=access, agency=agencies[code], due_on=CALENDAR.add(sent, 6))
            for code in ASKED
        }
        start_rapid_review(access=access, partners_told=True)
        convene(
            access=access,
            body=Meeting.Body.RAPID_REVIEW,
            title="Rapid review meeting",
            held_on=CALENDAR.add(sent, 11),
            agenda="Facts and gaps. Safety of the older child. Episodes. Learning. Next step.",
            place="Committee room 2",
        )
    with stage.scene("manager", CALENDAR.add(sent, 6)) as access:
        for code in ANSWERED:
            _file(access, forms[code])
        for code in set(ASKED) - set(ANSWERED):
            chase_scoping(access=access, form=forms[code])


def _file(access: Access, form: ScopingForm) -> None:
    file_scoping(
        access=access,
        form=form,
        seen_version=form.version,
        answers={"involvement": "Summary of involvement enclosed. Records are secured."},
        secured=True,
    )


def _write(stage: Stage, day: date) -> None:
    with stage.scene("manager", day, 16) as access:
        review = RapidReview.objects.get(case=access.case)
        write_rapid_review(access=access, seen_version=review.version, sections=SECTIONS)
