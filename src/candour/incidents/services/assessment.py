"""Answering each criterion, with evidence and reason. The engine advises; people find."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Act, Kind
from candour.cases.versions import locked_for_edit
from candour.duties.states import state_of
from candour.engines.statute.findings import Finding
from candour.engines.statute.rulebook import rule_set
from candour.engines.statute.rulesets import ReviewGround, ReviewOutcome, RuleSet
from candour.incidents.facts import assessment_of, children_of
from candour.incidents.models import CriterionFinding, IncidentChild, ReviewDecision
from candour.incidents.services.noting import note_event
from candour.kernel.decision import Allowed, Decision, Denied
from candour.kernel.errors import EditedElsewhere, Invalid, WrongState

# Where a decision has been taken, its findings open again only while the panel has questions.
_REOPENED = {"CHALLENGED", "RECONSIDERED", "PANEL_QUERIES"}
_CONCERN = {"concern_shown", "concern_unclear", "concern_not_ruled_out"}
_DISCRETION = {ReviewOutcome.CONSIDER, ReviewOutcome.REFER_TO_OTHER_AREA}
_CLEARLY_UNMET = {*_DISCRETION, ReviewOutcome.NOT_REQUIRED}


@transaction.atomic
def find_criterion(
    *,
    access: Access,
    child: IncidentChild,
    criterion: str,
    finding: CriterionFinding.Finding,
    evidence: str,
    reason: str,
    seen_version: int = 0,
) -> CriterionFinding:
    """Record what was found on one criterion for one child.

    "Cannot tell yet" is a finding too. Invalid without a reason, or for a criterion that the
    rules of this case do not ask; WrongState once a decision rests on the findings;
    EditedElsewhere when somebody else answered meanwhile.
    """
    may_find(access).require()
    may_still_find(access.case).require(WrongState)
    if rule_set(access.case.rule_set).criterion(criterion) is None:
        raise Invalid("criterion_unknown", f"{access.case.rule_set} does not ask this question.")
    if not reason.strip():
        raise Invalid("reasons_missing", "Give the reason for this finding.", "reason")
    found = _for_edit(access, child, criterion, seen_version)
    found.finding = finding
    found.evidence = evidence.strip()
    found.reason = reason.strip()
    found.found_by_id = access.actor.id
    found.save()
    note_event(
        access,
        "incidents.criterion_found",
        found,
        criterion=criterion,
        finding=finding.value,
        version=found.version,
    )
    return found


def may_find(access: Access) -> Decision:
    """Whoever keeps the referral, recommends or decides may record a finding."""
    if access.may(Act.RECOMMEND) or access.may(Act.DECIDE):
        return Allowed()
    return access.may_write(Kind.REFERRAL)


def may_still_find(case: Case) -> Decision:
    """Not once a decision in force rests on the findings, unless the panel has reopened it."""
    decided = ReviewDecision.objects.filter(
        case=case, superseded_at__isnull=True, stands_from__isnull=False
    ).exists()
    if not decided or state_of(case) in _REOPENED:
        return Allowed()
    return Denied(
        "already_decided",
        "A decision has been taken on these findings, so they stay as they were.",
    )


def _for_edit(
    access: Access, child: IncidentChild, criterion: str, seen_version: int
) -> CriterionFinding:
    owned = IncidentChild.objects.select_for_update().get(pk=child.pk, case=access.case)
    present = CriterionFinding.objects.filter(child=owned, criterion=criterion).first()
    if present:
        return locked_for_edit(present, seen_version)
    if seen_version:
        raise EditedElsewhere("This finding has changed since you opened it.")
    return CriterionFinding(
        case=access.case, child=owned, criterion=criterion, rule_set=access.case.rule_set
    )


def criteria_unanswered(case: Case) -> list[str]:
    """The questions not yet answered for every child, by what they ask.

    A question that does not arise on the facts recorded (concern about working together, where
    a child died) needs no answer.
    """
    answered = answers_of(case)
    open_questions = []
    for child in children_of(case):
        given = answered.get(str(child.pk), {})
        open_questions += [
            f"{child.identity.pseudonym}: {each.question}"
            for each in assessment_of(child).findings
            if each.code not in given and each.finding is not Finding.NOT_APPLICABLE
        ]
    return open_questions


def answers_of(case: Case) -> dict[str, dict[str, str]]:
    """Child id to criterion code to what people found."""
    found: dict[str, dict[str, str]] = {}
    for each in CriterionFinding.objects.filter(case=case):
        found.setdefault(str(each.child_id), {})[each.criterion] = each.finding
    return found


def criteria_word(case: Case) -> str:
    """ "not_met" only where facts and findings rule a mandatory review out for every child.

    Else "met_or_unclear", and a decision against a review needs reasons of its own: a criterion
    that nobody could answer is not one that was found unmet.
    """
    rules, answered = rule_set(case.rule_set), answers_of(case)
    unmet = all(
        assessment_of(child).review.outcome in _CLEARLY_UNMET
        and _ruled_out(rules, answered.get(str(child.pk), {}))
        for child in children_of(case)
    )
    return "not_met" if unmet else "met_or_unclear"


def _ruled_out(rules: RuleSet, found: Mapping[str, str]) -> bool:
    not_met = {code for code, finding in found.items() if finding == "not_met"}
    mandatory = [each for each in rules.review_grounds if each.outcome not in _DISCRETION]
    return all(
        not_met & set(_criteria(rules, ground, way)) for ground in mandatory for way in ground.ways
    )


def _criteria(rules: RuleSet, ground: ReviewGround, way: tuple[str, ...]) -> Iterable[str]:
    for test in (*way, ground.place):
        if test in _CONCERN:
            yield "b_ii_concern"
        yield from (each.code for each in rules.criteria if test == each.code or test in each.tests)
