"""An assessment in words that a lay member can follow."""

from candour.engines.statute.findings import Finding
from candour.engines.statute.results import CriterionFinding, Notifiable, Notification, ReviewAdvice
from candour.engines.statute.rulesets import Regime, ReviewOutcome, RuleSet

BODY_NAMES = {
    "ofsted": "Ofsted",
    "lscb": "the Local Safeguarding Children Board",
    "dfe": "the Secretary of State (Department for Education)",
    "panel": "the Child Safeguarding Practice Review Panel",
    "safeguarding_partners": "the safeguarding partners",
}

FACT_QUESTIONS = {
    "abuse_neglect": "whether abuse or neglect is known or suspected",
    "outcome": "what happened to the child",
    "harm_basis": "what kind of harm there was",
    "interagency_concern": "how the bodies involved worked together",
    "detention_setting": "whether the child was held in custody, and where",
    "mha_detained": "whether the child was detained under the Mental Health Act 1983",
    "dol_order": "whether a deprivation of liberty order was in force",
    "looked_after": "whether the child was looked after",
    "responsible_authority": "which authority is responsible for the child",
    "regulated_setting": "whether it happened in a regulated setting or service",
    "in_area": "whether it happened in our area",
    "normally_resident": "where the child normally lived",
    "outside_england": "whether it happened outside England",
    "age_years": "the child's age, or whether an unborn child counts",
    "care_leaver": "whether the person was a care leaver",
    "care_leaver_age": "the care leaver's age",
    "child_role": "whether the child is said to have harmed somebody else",
    "special_trigger": "whether the case is on a list to consider",
}

_OUTCOMES = {
    ReviewOutcome.MUST_REVIEW: "A serious case review must be held.",
    ReviewOutcome.MUST_REVIEW_UNLESS_DEFINITIVELY_NO_CONCERN: (
        "A serious case review must be held unless there is definitive evidence of "
        "no concern about how the "
        "bodies involved worked together. Not knowing is not such evidence."
    ),
    ReviewOutcome.RAPID_REVIEW_REQUIRED: (
        "A rapid review must be held. Whether a local review follows is a separate "
        "decision of the partners."
    ),
    ReviewOutcome.REFER_TO_OTHER_AREA: (
        "The criteria look met, but another area leads: refer the case and record it."
    ),
    ReviewOutcome.UNDETERMINED: "The outcome cannot be settled yet.",
}


def explain(
    rules: RuleSet,
    notify_rules: RuleSet,
    findings: tuple[CriterionFinding, ...],
    review: ReviewAdvice,
    notification: Notification,
    missing: tuple[str, ...],
) -> str:
    """The assessment as short paragraphs: outcome, the findings that carry it, notification, what
    is missing.
    """
    lines = [f"Under {rules.title}: {_outcome(rules, review)}"]
    lines += [
        f"{each.question} {_FINDING[each.finding]} {each.reason}"
        for each in findings
        if _shown(each)
    ]
    lines.append(_notification(notify_rules, notification))
    if missing:
        named = "; ".join(FACT_QUESTIONS.get(fact, fact) for fact in missing)
        lines.append(f"Find out, because it could change this: {named}.")
    return "\n".join(lines)


_FINDING = {
    Finding.MET: "Met:",
    Finding.NOT_MET: "Not met:",
    Finding.UNDETERMINED: "Not settled:",
    Finding.NOT_APPLICABLE: "Does not arise:",
}


def _shown(finding: CriterionFinding) -> bool:
    return finding.finding is not Finding.NOT_APPLICABLE


def _outcome(rules: RuleSet, review: ReviewAdvice) -> str:
    partners = rules.regime is Regime.CSPR
    if review.outcome is ReviewOutcome.CONSIDER:
        decider = "The partners judge" if partners else "The board judges"
        return f"{decider} whether to hold a review; the law does not settle it."
    if review.outcome is ReviewOutcome.NOT_REQUIRED:
        kind = "rapid review" if partners else "serious case review"
        may = (
            " A review, or a lesser exercise, may still be chosen."
            if review.discretionary_review_open
            else ""
        )
        return f"The criteria are not met, so no {kind} is required.{may}"
    return _OUTCOMES[review.outcome]


def _notification(rules: RuleSet, notification: Notification) -> str:
    if rules.label_only:
        return f"Notification ({rules.title}): kept as a label only, so nothing is said of it."
    match notification.notifiable:
        case Notifiable.YES:
            told = ", ".join(BODY_NAMES.get(body, body) for body in notification.tell)
            return f"Notification ({rules.title}): our authority must notify {told}."
        case Notifiable.NO:
            return f"Notification ({rules.title}): our authority need not notify."
    return f"Notification ({rules.title}): it is not settled whether our authority must notify."
