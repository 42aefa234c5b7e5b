"""What goes to a national body, made from the case: the papers to read and the facts to count.

Names are replaced by pseudonyms throughout; ages become bands. Only facts that stand in the papers
sent are carried with them.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from candour.cases.access import Access
from candour.cases.models import Case
from candour.duties.models import Duty
from candour.engines.statute.rulebook import rule_set
from candour.incidents.facts import children_of
from candour.incidents.forms.notification import answer_name
from candour.incidents.models import (
    CriterionFinding,
    Incident,
    IncidentChild,
    Notification,
    RapidReview,
)
from candour.incidents.presenters import notification_sections
from candour.incidents.questions import OF_CHILD
from candour.incidents.services.decision import standing_decision
from candour.incidents.services.rapid_review import SECTIONS
from candour.kernel.errors import WrongState
from candour.oversight.models import PaperKind
from candour.publication.models import Publication
from candour.publication.services.not_publishing import present_decision
from candour.reports.real_names import pseudonymiser
from candour.ui.wording import day

Json = dict[str, Any]
_AGE_BANDS = ((1, "under_1"), (6, "1_to_5"), (11, "6_to_10"), (16, "11_to_15"), (18, "16_to_17"))


@dataclass(frozen=True)
class Pack:
    """Sections to read ({title, rows}) and facts to count, as they are frozen and sent."""

    sections: list[Json]
    facts: Json = field(default_factory=dict)

    def content(self) -> Json:
        return {"sections": self.sections, "facts": self.facts}


def digest(content: Json) -> str:
    """The SHA-256 of a pack's content in its one written form."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def pack_of(access: Access, kind: PaperKind) -> Pack:
    """What would go now; WrongState, saying what is missing, where there is nothing to send."""
    found = _MAKERS[kind](access.case)
    without_names = pseudonymiser(access.case)
    sections = [
        {
            "title": without_names(section["title"]),
            "rows": [
                {"key": row["key"], "value": without_names(row["value"])} for row in section["rows"]
            ],
        }
        for section in found.sections
    ]
    return Pack(sections, found.facts)


def _notification(case: Case) -> Pack:
    notification = Notification.objects.filter(case=case, sent_at__isnull=False).first()
    if notification is None or notification.sent_at is None:
        raise WrongState("not_sent", "Record first that the council has sent the notification.")
    incident, children = Incident.objects.get(case=case), list(children_of(case))
    sections = [
        {"title": each.title, "rows": [dict(row) for row in each.rows]}
        for each in notification_sections(notification, incident, children)
    ]
    return Pack(
        sections,
        {
            "nature": incident.nature,
            "incident_on": _iso(incident.happened_earliest),
            "notified_on": notification.sent_at.date().isoformat(),
            "rapid_review_due_on": _due(case, "C4"),
            "children": [_child(child, notification.answers) for child in children],
        },
    )


def _child(child: IncidentChild, answers: dict[str, str]) -> Json:
    told = {each.name: answers.get(answer_name(child, each), "") for each in OF_CHILD}
    return {
        "age_band": age_band(child.age_years),
        "gender": told["gender"],
        "placement": told["placement"],
        "protection_plan": told["protection_plan"],
    }


def age_band(age_years: str) -> str:
    """The band of the national panel's reports for an age in whole years, or what is known."""
    if age_years == "unborn":
        return "unborn"
    if not age_years.isdigit():
        return "not_known"
    return next((band for below, band in _AGE_BANDS if int(age_years) < below), "18_and_over")


def _rapid_review(case: Case) -> Pack:
    review = RapidReview.objects.filter(case=case, sent_to_panel_on__isnull=False).first()
    if review is None:
        raise WrongState("not_sent", "Record first that the rapid review has been sent.")
    rows = [
        {"title": title, "rows": [{"key": "Written", "value": str(review.sections[key])}]}
        for key, title, _ in SECTIONS
        if review.sections.get(key)
    ]
    return Pack(rows, {"rapid_review_on": _iso(review.sent_to_panel_on), **_decided(case)})


def _decision(case: Case) -> Pack:
    decision = standing_decision(case)
    if decision is None:
        raise WrongState("not_decided", "No decision on a review is in force yet.")
    rows = [
        {"key": "Decision", "value": decision.get_outcome_display()},
        {"key": "Day", "value": day(decision.decided_on)},
        {"key": "Reasons", "value": decision.reasons},
        {"key": "Reasons against the criteria", "value": decision.override_reasons},
        {"key": "Dissent", "value": decision.dissent},
    ]
    told = {"title": "The decision", "rows": [row for row in rows if row["value"]]}
    weighed = {"title": "What was weighed", "rows": [_ground_row(g) for g in _grounds(case)]}
    return Pack([told, *([weighed] if weighed["rows"] else [])], _decided(case))


def _decided(case: Case) -> Json:
    decision = standing_decision(case)
    if decision is None:
        return {}
    return {
        "outcome": decision.outcome,
        "decided_on": decision.decided_on.isoformat(),
        "review_due_on": _due(case, "C6", "S6"),
        "grounds": list(_grounds(case)),
    }


def _grounds(case: Case) -> Iterator[Json]:
    words = {each.code: each.question for each in rule_set(case.rule_set).criteria}
    for finding in CriterionFinding.objects.filter(case=case):
        yield {
            "code": finding.criterion,
            "words": words.get(finding.criterion, finding.criterion),
            "finding": finding.finding,
        }


def _ground_row(ground: Json) -> Json:
    return {
        "key": ground["words"],
        "value": CriterionFinding.Finding(ground["finding"]).label,
    }


def _words_alone(case: Case) -> Pack:
    return Pack([])


def _report(case: Case) -> Pack:
    publication = Publication.objects.filter(case=case).first()
    if publication is None:
        raise WrongState("not_prepared", "Prepare the publication first.")
    published = publication.state == Publication.State.PUBLISHED
    rows = [{"key": "State", "value": publication.get_state_display()}]
    if publication.publish_on:
        rows.append({"key": "To be published on", "value": day(publication.publish_on)})
    facts: Json = {"report": True}
    if published:
        facts |= {"published_on": _iso(publication.publish_on)}
    return Pack([{"title": "The report", "rows": rows}], facts)


def _not_to_publish(case: Case) -> Pack:
    decision = present_decision(case)
    if decision is None or decision.stands_from is None:
        raise WrongState("not_decided", "No decision not to publish is in force.")
    rows = [
        {"key": "Day", "value": day(decision.decided_on)},
        {"key": "Reasons", "value": decision.reasons},
        {"key": "What could be published instead", "value": decision.alternatives},
        {"key": "Dissent", "value": decision.dissent},
    ]
    told = [row for row in rows if row["value"]]
    return Pack([{"title": "The decision not to publish", "rows": told}], {"non_publication": True})


_MAKERS: dict[PaperKind, Callable[[Case], Pack]] = {
    PaperKind.NOTIFICATION: _notification,
    PaperKind.RAPID_REVIEW: _rapid_review,
    PaperKind.DECISION: _decision,
    PaperKind.REPLY: _words_alone,
    PaperKind.REPORT: _report,
    PaperKind.NON_PUBLICATION: _not_to_publish,
}
NEEDS_WORDS = {PaperKind.REPLY}


def _iso(found: Any) -> str | None:
    return found.isoformat() if found else None


def _due(case: Case, *codes: str) -> str | None:
    found = Duty.objects.filter(case=case, code__in=codes, due_on__isnull=False).last()
    return _iso(found.due_on) if found else None
