"""The national panel's desk: what partnerships sent it, a letter with its reply, one not answered.

A young person was harmed, the three partners decided against a review, and the panel's desk on
this installation asked first about it, then for the decision to be thought over.
"""

from datetime import date, timedelta

from candour.cases.models import Case
from candour.duties.models import Letter
from candour.engines.statute.rulebook import rule_set
from candour.engines.statute.workingdays import WorkingDays
from candour.identities.sealed import RealIdentity
from candour.incidents.details import ChildDetails, IncidentDetails
from candour.incidents.facts import children_of
from candour.incidents.models import (
    CriterionFinding,
    Notification,
    PanelLetter,
    RapidReview,
    Recommendation,
)
from candour.incidents.services.assessment import find_criterion
from candour.incidents.services.decision import decide, record_partner_view
from candour.incidents.services.logging import log_incident
from candour.incidents.services.notification import record_notification_sent
from candour.incidents.services.panel import file_panel_letter, reply_to_panel
from candour.incidents.services.rapid_review import (
    SECTIONS,
    record_sent_to_panel,
    sign_off_rapid_review,
    start_rapid_review,
    write_rapid_review,
)
from candour.incidents.services.scoping import file_scoping, send_scoping
from candour.kernel import clock
from candour.kernel.actor import SYSTEM
from candour.oversight.models import DeskLetter, NationalBody, Notified, PaperKind
from candour.oversight.services.advising import write_to_partnership
from candour.oversight.services.bodies import add_body, give_place, succeed
from candour.oversight.services.sending import send_pack
from candour.platform.acting import acting
from candour.platform.worker import run_due
from demo.people import Company
from demo.stage import Stage, scene

CALENDAR = WorkingDays()
PANEL_BEGAN = date(2018, 6, 29)
MET, NOT_MET = CriterionFinding.Finding.MET, CriterionFinding.Finding.NOT_MET
PARTNERS = ("council", "police", "health")
WORDS = {
    "facts": "A boy of fifteen was stabbed on his way home from college and lost a kidney. Youth "
    "justice, college and children’s social care knew him; two older friends were known to the "
    "police for supplying drugs.",
    "episodes": "The referral by the college in February; the hand-over meeting that nobody from "
    "youth justice could attend; the night on which two friends were stopped without him.",
    "safety": "He is on a ward with a named nurse; a safety plan covers the way home and college.",
    "daily_life": "He cooks at the college’s kitchen and looks after his sister on weekdays.",
    "identity": "He is Black British. His family ask whether that changed how quickly people "
    "thought of him as a child who needed protecting.",
    "good_practice": "His tutor rang every day of the first week he was missing from class.",
    "earlier": "One local review, of 2023, on exploitation of young people.",
    "national": "Not on its own.",
    "learning": "The partnership’s local review of 2023 said the same of the hand-over between the "
    "college and youth justice, and its actions are not yet due. A review would find it again.",
    "decision": "No local review is proposed. The learning is known, and its actions are followed.",
}
QUESTION = (
    "Thank you for the rapid review. Please tell us what was known of the older friends in the "
    "three months before, and which of the actions of 2023 would have changed the hand-over."
)
ANSWER = (
    "The police held two intelligence reports on the older friends, shared in February. Action 4 "
    "of 2023, a named person for each hand-over, begins in September; the college has begun."
)
THINK_AGAIN = (
    "We advise you to think again. That learning is known does not show that it has been acted "
    "on; a short review of the hand-over alone could. The decision remains yours."
)


def play(company: Company) -> None:
    """Two bodies in succession, the desk of the later, and one case that went to and fro."""
    panel = _bodies(company)
    aware = CALENDAR.subtract(clock.today(), 40)
    stage = _log(company, aware)
    _review(stage, company, aware)
    _decide(stage, CALENDAR.add(aware, 12))
    sent = CALENDAR.add(aware, 14)
    with stage.scene("manager", sent, 16) as access:
        record_sent_to_panel(access=access, sent_on=sent)
        for kind in (PaperKind.NOTIFICATION, PaperKind.RAPID_REVIEW, PaperKind.DECISION):
            send_pack(access=access, body=panel, kind=kind)
        run_due()
    _notify_of_the_other(company, panel)
    _ask_and_answer(company, stage, panel, sent)
    day = CALENDAR.subtract(clock.today(), 1)
    _write(company, stage, DeskLetter.Outcome.RECONSIDER, THINK_AGAIN, day)


def _bodies(company: Company) -> NationalBody:
    with scene(company, "admin", PANEL_BEGAN, 9) as by:
        earlier = add_body(
            by=by,
            name="National panel of independent experts on serious case reviews",
            kind=NationalBody.Kind.PANEL,
            began_on=date(2013, 6, 1),
        )
        panel = add_body(
            by=by,
            name="Child Safeguarding Practice Review Panel",
            kind=NationalBody.Kind.PANEL,
            began_on=PANEL_BEGAN,
            has_desk=True,
        )
        succeed(by=by, body=earlier, successor=panel, ended_on=PANEL_BEGAN - timedelta(days=1))
        give_place(by=by, desk=panel, user=company.users["adviser"])
    return panel


def _log(company: Company, aware: date) -> Stage:
    agencies = company.present_agencies
    details = IncidentDetails(
        nature="SERIOUS_HARM",
        happened=(aware - timedelta(days=1)).strftime("%d/%m/%Y"),
        aware_on=aware,
        outline=WORDS["facts"],
        place_kind="Public place",
        in_area="yes",
        outside_england="no",
        bodies_known=(agencies["CSC"], agencies["POL"], agencies["SCH"]),
    )
    facts = {
        "abuse_neglect": "suspected",
        "outcome": "serious_harm",
        "harm_basis": "life_threatening_injury",
        "normally_resident": "yes",
        "looked_after": "no",
        "child_role": "victim",
    }
    child = ChildDetails(
        real=RealIdentity(forms=("Deshawn Rookley",)),
        pseudonym="Young person L",
        age_years="15",
        facts=facts,
    )
    with scene(company, "manager", aware, 9) as by:
        access = log_incident(
            by=by, partnership=company.partnership, details=details, children=(child,)
        )
    with (stage := Stage(company, access.case.pk)).scene("notifier", aware, 16) as access:
        record_notification_sent(
            access=access,
            sent_at=clock.now(),
            sent_by_role="Service Manager, Safeguarding",
            sent_to="The national panel",
            reference="SIN-4398-15",
        )
    return stage


def _review(stage: Stage, company: Company, aware: date) -> None:
    day = CALENDAR.add(aware, 2)
    with stage.scene("manager", day, 9) as access:
        agency, due = company.present_agencies["POL"], CALENDAR.add(day, 5)
        form = send_scoping(access=access, agency=agency, due_on=due)
        start_rapid_review(access=access, partners_told=True)
        file_scoping(
            access=access,
            form=form,
            seen_version=form.version,
            answers={"involvement": "Two intelligence reports; three stops since January."},
            secured=True,
        )
    with stage.scene("manager", CALENDAR.add(day, 8), 15) as access:
        written = {key: WORDS[key] for key, _, _ in SECTIONS}
        review = RapidReview.objects.get(case=access.case)
        write_rapid_review(access=access, seen_version=review.version, sections=written)


def _decide(stage: Stage, day: date) -> None:
    with stage.scene("council", day, 9) as access:
        for child in children_of(access.case):
            for criterion in rule_set(access.case.rule_set).criteria:
                find_criterion(
                    access=access,
                    child=child,
                    criterion=criterion.code,
                    finding=NOT_MET if criterion.code == "b_i_death" else MET,
                    evidence="The rapid review",
                    reason="As the rapid review sets out",
                )
        decision = decide(
            access=access,
            outcome=Recommendation.Outcome.NONE,
            reasons=WORDS["learning"],
            dissent="The scrutineer would have held a short review of the hand-over.",
        )
    for hour, partner in enumerate(PARTNERS, start=10):
        with stage.scene(partner, day, hour) as access:
            reasons = "The learning is known; following the actions serves children better."
            record_partner_view(access=access, decision=decision, agrees=True, reasons=reasons)
            review = RapidReview.objects.get(case=access.case)
            sign_off_rapid_review(access=access, seen_version=review.version)


def _notify_of_the_other(company: Company, panel: NationalBody) -> None:
    """The rapid review on day 9 of 15 is known to the desk by its notification alone."""
    gone = RapidReview.objects.filter(sent_to_panel_on__isnull=False).values("case")
    told = Notification.objects.filter(sent_at__isnull=False, case__regime=Case.Regime.CSPR)
    yesterday = CALENDAR.subtract(clock.today(), 1)
    with acting(SYSTEM):
        waiting = list(told.exclude(case__in=gone).values_list("case_id", flat=True))
    for case_id in waiting:
        with Stage(company, case_id).scene("manager", yesterday, 9) as access:
            send_pack(access=access, body=panel, kind=PaperKind.NOTIFICATION)
            run_due()


def _ask_and_answer(company: Company, stage: Stage, panel: NationalBody, sent: date) -> None:
    asked = CALENDAR.add(sent, 6)
    letter = _write(company, stage, DeskLetter.Outcome.QUERIES, QUESTION, asked)
    answered = CALENDAR.add(asked, 5)
    with stage.scene("manager", answered) as access:
        filed = file_panel_letter(
            access=access,
            outcome=PanelLetter.Outcome.QUERIES,
            received_on=asked,
            text=letter.body,
            reference=letter.reference,
            reply_due_on=letter.reply_due_on,
            delivered=letter,
        )
        reply_to_panel(access=access, letter=filed, reply=ANSWER, replied_on=answered)
        send_pack(access=access, body=panel, kind=PaperKind.REPLY, words=ANSWER, answers=letter)
        run_due()


def _write(
    company: Company, stage: Stage, outcome: DeskLetter.Outcome, text: str, day: date
) -> Letter:
    """A letter of the desk, as it arrives with the case that day."""
    with stage.scene("manager", day) as access:
        reference = access.case.reference
    with scene(company, "adviser", day, 11) as by:
        letter = write_to_partnership(
            by=by,
            notified=Notified.objects.get(case_reference=reference),
            outcome=outcome,
            text=text,
            reply_due_on=CALENDAR.add(day, 10),
        )
        run_due()
    with stage.scene("manager", day, 12):
        return Letter.objects.get(delivery=letter.pk)
