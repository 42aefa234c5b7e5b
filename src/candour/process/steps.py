"""The steps that lead on from where a case stands: what each needs, what is there, who takes it."""

from dataclasses import dataclass

from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.duties.states import may_move, state_of
from candour.engines.statute.guards import Facts, Guard
from candour.engines.statute.machines import Transition, machine
from candour.engines.statute.rulebook import rule_set
from candour.kernel.decision import Allowed, Decision, Denied
from candour.kernel.errors import Hidden
from candour.process.facts import facts_of_actions, facts_on_record
from candour.process.questions import QUESTIONS, Asked
from candour.publication.models import Publication

ACTIONS = "actions"
PANEL = "national_panel"

# Steps taken on a page of their own, by where they lead; by where they come from too if it matters.
OWN_PAGE = {
    "NOTIFIED": "incidents:sent",
    "SIN_SENT": "incidents:sent",
    "LAC_OR_CARE_LEAVER_ONLY": "incidents:sent",
    "NOT_NOTIFIED": "incidents:not_sent",
    "AWARE": "incidents:look_again",
    "SIN_RESCINDED": "incidents:rescind",
    "SCREENING": "incidents:screening",
    "RECOMMENDED": "incidents:recommend",
    "DECIDED_SCR": "incidents:decide",
    "DECIDED_OTHER": "incidents:decide",
    "DECIDED_NONE": "incidents:decide",
    "PANEL_INFORMED": "incidents:panel_told",
    "CHALLENGED": "incidents:panel_letter",
    "RECONSIDERED": "incidents:decision",
    "CHALLENGE_CLOSED": "incidents:keep_decision",
    "RR_IN_PROGRESS": "incidents:begin",
    "RR_SIGNED_OFF": "incidents:rapid_review",
    "RR_WITH_PANEL": "incidents:sent_to_panel",
    "PANEL_QUERIES>RR_WITH_PANEL": "incidents:decision",
    "PANEL_AGREES": "incidents:panel_letter",
    "PANEL_QUERIES": "incidents:panel_letter",
    "NATIONAL_REVIEW": "incidents:panel_letter",
    "LCSPR_DECIDED": "incidents:act_on_decision",
    "CLOSED_RR_LEARNING": "incidents:act_on_decision",
    "COMMISSIONED": "reviews:review",
    "REVIEWER_APPOINTED": "reviews:review",
    "REVIEWER_REMOVED": "reviews:review",
    "IN_REVIEW": "reviews:agree",
    "IN_REVIEW>IN_REVIEW": "reviews:check",
    "CONSTRAINED>IN_REVIEW": "reviews:beside",
    "CONSTRAINED": "reviews:beside",
    "NONPUB_PROPOSED": "publication:not_publishing_decide",
    "INAPPROPRIATE_TO_PUBLISH": "publication:not_publishing_decide",
    **dict.fromkeys(
        ("NONPUB_AGREED", "NONPUB_DISAGREED", "NONPUB_ANON_NSPCC", "NONPUB_SUMMARY_ONLY"),
        "publication:advice",
    ),
    **dict.fromkeys(
        (
            *(f"NONPUB_{stands}>RESPONSE_AGREED" for stands in ("PROPOSED", "AGREED", "DISAGREED")),
            *("NONPUB_ANON_NSPCC>RESPONSE_AGREED", "NONPUB_SUMMARY_ONLY>RESPONSE_AGREED"),
            *("INAPPROPRIATE_TO_PUBLISH>ACCEPTED", "IMPROVEMENTS_PUBLISHED>ACCEPTED"),
        ),
        "publication:publish_after_all",
    ),
}
_IN_THE_ARCHIVE = {
    "PUBLISHED": Publication.State.PUBLISHED,
    "WITHDRAWN": Publication.State.WITHDRAWN,
    "REPUBLISHED": Publication.State.PUBLISHED,
}

# The page on which a fact is put on record.
SUPPLIED_ON = {
    "agency_reports_signed": "contributions:requests",
    "as_at_evidence": "analysis:overview",
    "family_invited": "contributions:family",
    "practitioner_event": "contributions:practitioners",
    "version_frozen": "disclosure:check",
    "anonymisation_passed": "disclosure:check",
    "bundle_complete": "disclosure:check",
    "improvements_summary": "analysis:overview",
    "systemic_analysis": "analysis:overview",
    "response": "improvement:response",
    "action_plan": "improvement:response",
    "recommendations_complete": "improvement:response",
    "evidence": "improvement:response",
    "closed_by": "improvement:response",
    "impact_date": "improvement:response",
    "copy_sent": "publication:publication",
    "publish_on": "publication:publication",
    "legal_clearance": "publication:publication",
    "live_restriction": "publication:publication",
    "inappropriate_to_publish_reasons": "publication:not_publishing",
    "trial_cleared": "publication:publication",
    "family_told": "publication:publication",
    "staff_told": "publication:publication",
    "media_plan": "publication:publication",
    "tombstone": "publication:publication",
    "awareness_date": "incidents:correct",
    "in_area": "incidents:correct",
    "abuse": "incidents:incident",
    "outcome": "incidents:incident",
    "records_secured_notice": "incidents:incident",
    "safety_check": "incidents:incident",
    "scoping_in": "incidents:scoping",
    "agency_forms_out": "incidents:scoping",
    "limbs_evaluated": "incidents:criteria",
    "independent_of_case": "reviews:review",
    "independent": "reviews:review",
    "declaration_accepted": "reviews:review",
    "names_sent_to_panel": "reviews:review",
    "knowledge": "reviews:review",
    "conflict": "reviews:review",
    "remit_signed": "reviews:review",
    "scope_agreed": "reviews:review",
    "period_set": "reviews:terms",
    "method_meets_five_principles": "reviews:terms",
    "parallel_plan": "reviews:terms",
    "family_plan": "reviews:terms",
}
# What is written on the page of the step itself.
TYPED = {
    "reasons",
    "reasons_per_limb",
    "reason",
    "written_reason",
    "letter_received",
}


@dataclass(frozen=True)
class Need:
    """One thing a step needs: met or not, and how it is supplied."""

    guard: Guard
    met: bool
    page: str
    asked: Asked | None
    fact: str


@dataclass(frozen=True)
class NextStep:
    """A step that leads on, with its needs and whether this person may take it now."""

    step: Transition
    facts: Facts
    needs: tuple[Need, ...]
    decision: Decision
    own_page: str

    @property
    def missing(self) -> tuple[Need, ...]:
        """What is not there yet."""
        return tuple(need for need in self.needs if not need.met)

    @property
    def is_for_this_person(self) -> bool:
        """Is it a step of their role, whatever is still missing?"""
        decision = self.decision
        return not (isinstance(decision, Denied) and decision.code == "actor_not_permitted")


def next_steps(access: Access) -> list[NextStep]:
    """Every step that may follow now, on the review itself and on the actions beside it."""
    access.may_read(Kind.DECISION).require()
    process = machine(access.case.regime)
    review = [each for each in process.onward(state_of(access.case)) if not each.track]
    beside = [each for each in process.onward(state_of(access.case, ACTIONS)) if each.track]
    facts = facts_on_record(access)
    return [_next(access, step, facts) for step in (*review, *beside)]


def next_step(access: Access, target: str) -> NextStep:
    """The step to one state; Hidden where it cannot follow now."""
    found = next((each for each in next_steps(access) if each.step.target == target), None)
    if found is None:
        raise Hidden
    return found


def _next(access: Access, step: Transition, on_record: Facts) -> NextStep:
    facts = {**on_record, **facts_of_actions(access.case, step.target)} if step.track else on_record
    return NextStep(
        step=step,
        facts=facts,
        needs=tuple(_need(access, guard, facts) for guard in step.guards),
        decision=may_move(access, step.target, facts, on_behalf_of(access, step)),
        own_page=own_page(access.case, step),
    )


def on_behalf_of(access: Access, step: Transition) -> str | None:
    """A step of the national panel is put on record by whoever keeps the decision record."""
    return PANEL if PANEL in step.actors and access.may_write(Kind.DECISION) else None


def may_follow_the_archive(case: Case, target: str) -> Decision:
    """Publishing and withdrawing are done in the archive; the case then follows, never leads."""
    wanted = _IN_THE_ARCHIVE.get(target)
    state = Publication.objects.filter(case=case).values_list("state", flat=True).first()
    if wanted is None or state == wanted:
        return Allowed()
    return Denied(
        "not_published",
        "The archive does not hold the report like this. Publish or withdraw it there first; "
        "the case then follows.",
    )


def own_page(case: Case, step: Transition) -> str:
    """The page on which a step is taken; blank where it is taken here."""
    if step.target in _IN_THE_ARCHIVE:
        return "" if may_follow_the_archive(case, step.target) else "publication:publication"
    return OWN_PAGE.get(f"{step.source}>{step.target}", OWN_PAGE.get(step.target, ""))


def _need(access: Access, guard: Guard, facts: Facts) -> Need:
    wanted = [each.fact for way in guard.alternatives for each in way]
    typed = set(wanted) & TYPED
    met = bool(typed) or guard.satisfied(facts, rule_set(access.case.rule_set))
    asked = next((fact for fact in wanted if fact in QUESTIONS), "")
    page = next((SUPPLIED_ON[fact] for fact in wanted if fact in SUPPLIED_ON), "")
    return Need(guard, met, page, QUESTIONS.get(asked), asked)
