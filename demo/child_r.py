"""Child R, February and March 2015: from the day the child is found to the Chair's decision.

Everything is invented. The nine files are those of demo/data/child-r, as they might arrive.
"""

import json
from datetime import date
from pathlib import Path

from candour.cases.access import Access
from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.identities.services import enter
from candour.incidents.details import ChildDetails, IncidentDetails
from candour.incidents.first_hours import settle_step
from candour.incidents.models import (
    CriterionFinding,
    FirstHoursStep,
    IncidentChild,
    Recommendation,
    ScopingForm,
)
from candour.incidents.services.assessment import find_criterion
from candour.incidents.services.decision import decide
from candour.incidents.services.logging import log_incident
from candour.incidents.services.notification import record_notification_sent
from candour.incidents.services.panel import record_panel_told
from candour.incidents.services.scoping import chase_scoping, file_scoping, send_scoping
from candour.incidents.services.screening import begin_screening, recommend
from candour.kernel import clock
from demo.people import Company
from demo.stage import Stage, scene

FILES = Path(__file__).parent / "data" / "child-r"
CASE = json.loads((FILES / "case.json").read_text(encoding="utf-8"))

_STAGES: dict[str, Stage] = {}

_RELATIONSHIPS = {
    "subject child": (Identity.Relationship.SUBJECT_CHILD, "Child R"),
    "older half-sibling": (Identity.Relationship.SIBLING, "Sibling 1"),
    "younger half-sibling": (Identity.Relationship.SIBLING, "Sibling 2"),
    "mother": (Identity.Relationship.MOTHER, "Mother"),
    "father of Child R": (Identity.Relationship.FATHER, "Father"),
    "mother's partner, father of Sibling 2": (
        Identity.Relationship.PARENTS_PARTNER,
        "Mother’s Partner",
    ),
    "maternal grandmother": (Identity.Relationship.GRANDPARENT, "Maternal Grandmother"),
}


def stage() -> Stage:
    """The stage of Child R, once the incident has been logged."""
    return _STAGES["child_r"]


def to_decision(company: Company) -> None:
    """February and March 2015: logged, notified, screened, recommended, decided by the Chair."""
    _log(company)
    _first_hours()
    with stage().scene("notifier", date(2015, 2, 25)) as access:
        record_notification_sent(
            access=access,
            sent_at=clock.now(),
            sent_by_role="Head of Safeguarding",
            sent_to="Ofsted",
            reference="OF-2015-0417",
        )
    _screen(company)
    with stage().scene("chair", date(2015, 3, 13)) as access:
        decide(
            access=access,
            outcome=Recommendation.Outcome.REVIEW,
            reasons="Abuse or neglect is suspected and the child has been seriously harmed. "
            "Agencies held pieces of the picture that were not put together. The criteria are met.",
            decided_on=clock.today(),
        )
    with stage().scene("manager", date(2015, 3, 18)) as access:
        record_panel_told(
            access=access,
            letter="Letter of 18 March: a serious case review will be held; reasons enclosed.",
            told_on=clock.today(),
            ofsted_told_on=clock.today(),
            dfe_told_on=clock.today(),
            notification_copied=True,
        )


def _log(company: Company) -> None:
    with scene(company, "manager", date(2015, 2, 24), 8) as by:
        child = CASE["people"][0]
        access = log_incident(
            by=by,
            partnership=company.board,
            details=IncidentDetails(
                nature="SERIOUS_HARM",
                happened="21 February 2015, early hours",
                aware_on=date(2015, 2, 23),
                outline="A child aged five was found badly hurt beneath a bedroom window at home. "
                "Injuries are life-threatening. The adults’ accounts differ.",
                place_kind="Home",
                in_area="yes",
                outside_england="no",
                bodies_known=tuple(company.agencies.values()),
                proceedings="Police investigation open.",
            ),
            children=(
                ChildDetails(
                    real=RealIdentity(forms=(child["name"],), born=child["born"]),
                    pseudonym="Child R",
                    age_years="5",
                    facts={
                        "abuse_neglect": "suspected",
                        "outcome": "serious_harm",
                        "harm_basis": "life_threatening_injury",
                        "interagency_concern": "concern",
                        "normally_resident": "yes",
                        "looked_after": "no",
                        "detention_setting": "none",
                        "child_role": "victim",
                    },
                ),
            ),
        )
        _STAGES["child_r"] = Stage(company, access.case.pk)
        _enter_family(access)


def _enter_family(access: Access) -> None:
    for person in CASE["people"][1:]:
        relationship, pseudonym = _RELATIONSHIPS[person["relationship"]]
        enter(
            access=access,
            kind=Identity.Kind.PERSON,
            relationship=relationship,
            pseudonym=pseudonym,
            real=RealIdentity(forms=(person["name"],), born=person["born"]),
        )


def _first_hours() -> None:
    with stage().scene("manager", date(2015, 2, 24), 11) as access:
        for step in FirstHoursStep.objects.filter(case=access.case):
            settle_step(
                access=access,
                step=step,
                seen_version=step.version,
                done=True,
                note="Confirmed by telephone with each body.",
            )


def _screen(company: Company) -> None:
    with stage().scene("manager", date(2015, 2, 26)) as access:
        begin_screening(access=access, lead_area_settled=True)
        forms = [
            send_scoping(access=access, agency=agency, due_on=date(2015, 3, 5))
            for agency in company.agencies.values()
        ]
    with stage().scene("manager", date(2015, 3, 6)) as access:
        for form in forms[:-1]:
            _file(access, form)
        chase_scoping(access=access, form=forms[-1])
    with stage().scene("manager", date(2015, 3, 9), 9) as access:
        forms[-1].refresh_from_db()
        _file(access, forms[-1])
    _find_criteria()
    with stage().scene("sub_group", date(2015, 3, 10)) as access:
        recommend(
            access=access,
            outcome=Recommendation.Outcome.REVIEW,
            reasons="Both limbs of the criteria are met: serious harm with abuse or neglect "
            "suspected, and cause for concern about how agencies worked together.",
            dissent="",
            recommended_on=date(2015, 3, 10),
            conflicts_declared=True,
        )


def _file(access: Access, form: ScopingForm) -> None:
    file_scoping(
        access=access,
        form=form,
        seen_version=form.version,
        answers={"summary": "Known to us within the period. Records are secured."},
        secured=True,
    )


def _find_criteria() -> None:
    findings = {
        "child": "Five years old on the day.",
        "a_abuse_neglect": "Police and paediatricians suspect neglect; an assault is not excluded.",
        "b_i_death": "The child is alive.",
        "b_ii_harm": "Life-threatening head injury; lasting impairment likely.",
        "b_ii_concern": "Four agencies held information that was not shared.",
        "always_case": "The child was not detained and has not died.",
        "place": "The child normally lives in our area.",
    }
    with stage().scene("manager", date(2015, 3, 9)) as access:
        child = IncidentChild.objects.get(case=access.case)
        for criterion, reason in findings.items():
            met = criterion not in ("b_i_death", "always_case")
            find_criterion(
                access=access,
                child=child,
                criterion=criterion,
                finding=CriterionFinding.Finding.MET if met else CriterionFinding.Finding.NOT_MET,
                evidence="Scoping forms of 6 March; strategy meeting of 21 February.",
                reason=reason,
            )
