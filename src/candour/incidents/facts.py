"""The facts of one child, as the statutory engine takes them, and what it makes of them."""

from candour.cases.models import Case
from candour.engines.statute.assessment import assess
from candour.engines.statute.facts import CaseFacts
from candour.engines.statute.records import case_facts
from candour.engines.statute.results import Assessment
from candour.engines.statute.rulebook import rule_book
from candour.incidents.models import IncidentChild
from candour.kernel.errors import Invalid

# What is recorded about a child; area and awareness belong to the incident.
FACTS = frozenset(
    {
        "abuse_neglect",
        "outcome",
        "harm_basis",
        "interagency_concern",
        "detention_setting",
        "mha_detained",
        "dol_order",
        "suspected_suicide",
        "looked_after",
        "responsible_authority",
        "regulated_setting",
        "normally_resident",
        "care_leaver",
        "care_leaver_age",
        "child_role",
        "special_trigger",
    }
)


def checked_facts(case: Case, age_years: str, facts: dict[str, str]) -> dict[str, str]:
    """The facts without blanks; Invalid, naming the field, where one cannot be understood."""
    unknown = sorted(set(facts) - FACTS)
    if unknown:
        raise Invalid("fact_unknown", f"There is no fact called {', '.join(unknown)}.")
    known = {name: value.strip() for name, value in facts.items() if value.strip()}
    rules = {"rule_set": case.rule_set, "notify_rule_set": case.notification_rule_set}
    case_facts({**known, **rules, "age_years": age_years}, rule_book())
    return known


def facts_of(child: IncidentChild) -> CaseFacts:
    """What is on record about this child and incident; what is not is unknown to the engine."""
    incident, case = child.incident, child.case
    started = case.lead_partnership.arrangements_started_on
    record: dict[str, object] = {
        "in_area": incident.in_area,
        "outside_england": incident.outside_england,
        **child.facts,
        "rule_set": case.rule_set,
        "notify_rule_set": case.notification_rule_set,
        "known_date": incident.aware_on.isoformat(),
        "sp_arrangements_start": started.isoformat() if started else "",
        "age_years": child.age_years,
    }
    return case_facts(record, rule_book())


def assessment_of(child: IncidentChild) -> Assessment:
    """What the rules in force make of these facts. It advises; people decide."""
    return assess(facts_of(child))


def children_of(case: Case) -> list[IncidentChild]:
    """The children of the incident, with all that an assessment of them reads."""
    rows = IncidentChild.objects.filter(case=case)
    return list(rows.select_related("incident", "identity", "case__lead_partnership"))
