"""An incident as its pages show it."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from candour.cases.access import Access
from candour.cases.steps import Row
from candour.engines.statute.contradictions import contradictions
from candour.engines.statute.findings import Finding
from candour.engines.statute.results import Assessment
from candour.engines.statute.results import CriterionFinding as Reading
from candour.engines.statute.rulebook import rule_set
from candour.incidents.facts import assessment_of, facts_of
from candour.incidents.forms.notification import answer_name
from candour.incidents.models import (
    CriterionFinding,
    FirstHoursStep,
    Incident,
    IncidentChild,
    Notification,
    PanelLetter,
    RapidReview,
)
from candour.incidents.questions import (
    FACTS,
    OF_CHILD,
    OF_INCIDENT,
    YES_NO_UNKNOWN,
    Question,
    missing_in_words,
)
from candour.incidents.services.rapid_review import SECTIONS
from candour.kernel import clock
from candour.people.models import Agency
from candour.ui.wording import day, instant

_READING = {
    Finding.MET: ("Reads as met", "blue"),
    Finding.NOT_MET: ("Reads as not met", "grey"),
    Finding.UNDETERMINED: ("Cannot tell on these facts", "yellow"),
    Finding.NOT_APPLICABLE: ("Does not arise", "grey"),
}
_OUTCOME = {
    "must_review": "a review must be held",
    "must_review_unless_definitively_no_concern": "a review must be held unless there is "
    "definitive evidence of no concern about how bodies worked together",
    "rapid_review_required": "a rapid review must follow",
    "consider": "a review is to be considered",
    "refer_to_other_area": "another area leads, and the case is referred to it",
    "not_required": "no review is required",
    "undetermined": "whether a review is called for cannot be told yet",
}
_NOTIFIABLE = {
    "yes": "it must be notified",
    "no": "it need not be notified",
    "undetermined": "whether it must be notified cannot be told yet",
}


def address(access: Access, page: str, *ids: uuid.UUID) -> str:
    """The address of one of this room's pages about the case."""
    return reverse(f"incidents:{page}", args=[access.case.reference, *ids])


def rows_of(pairs: Iterable[tuple[str, str]]) -> list[Row]:
    """Rows of a summary list; what is not known says so."""
    return [{"key": key, "value": value or "Not recorded"} for key, value in pairs]


def incident_rows(incident: Incident, bodies: Iterable[Agency]) -> list[Row]:
    """What is known of the incident, when it happened as told and as understood."""
    return rows_of(
        (
            ("What happened", incident.get_nature_display()),
            ("When it happened", when(incident)),
            ("Authority became aware", day(incident.aware_on)),
            ("Kind of place", incident.place_kind),
            ("Place", incident.place.pseudonym if incident.place else ""),
            ("In our area", dict(YES_NO_UNKNOWN)[incident.in_area]),
            ("Outside England", dict(YES_NO_UNKNOWN)[incident.outside_england]),
            ("What is known", incident.outline),
            ("Police, court or inquest", incident.proceedings),
            ("Bodies that know the family", ", ".join(body.name for body in bodies)),
        )
    )


def when(incident: Incident) -> str:
    """When it happened: the words as told, then what was understood by them."""
    first, last = incident.happened_earliest, incident.happened_latest
    if not incident.happened_edtf:
        return f"“{incident.happened_raw}”. No day was understood from this."
    if first == last:
        return f"“{incident.happened_raw}”, understood as {day(first)}"
    since = f"from {day(first)}" if first else "at an unknown earliest day"
    return f"“{incident.happened_raw}”, understood as {since} to {day(last) or 'an open end'}"


def fact_rows(child: IncidentChild) -> list[Row]:
    """The facts on record about a child; what is not recorded is left out."""
    known = [("Age when it happened", _age(child.age_years))] if child.age_years else []
    known += [
        (each.text, each.in_words(child.facts[each.name]))
        for each in FACTS
        if child.facts.get(each.name)
    ]
    return rows_of(known)


def _age(years: str) -> str:
    return "Under 1 year" if years.strip() == "0" else years


def card_tasks(
    access: Access, steps: Iterable[FirstHoursStep], may_write: bool
) -> list[dict[str, object]]:
    """The first-hours card as a task list."""
    return [_card_task(access, step, may_write) for step in steps]


def _card_task(access: Access, step: FirstHoursStep, may_write: bool) -> dict[str, object]:
    done = f"Done {instant(step.done_at)}" if step.done_at else "Not yet"
    by = f" by {step.done_by.name}" if step.done_by else ""
    return {
        "text": step.text,
        "hint": " ".join(part for part in (step.help, step.note) if part),
        "status": done + by,
        "done": bool(step.done_at),
        "colour": "yellow",
        "href": address(access, "first_hours", step.pk) if may_write else "",
    }


@dataclass(frozen=True)
class Section:
    """A titled part of a summary."""

    title: str
    rows: list[Row]


def notification_sections(
    notification: Notification,
    incident: Incident,
    children: Iterable[IncidentChild],
) -> list[Section]:
    """The notification as prepared, in the order of the Government's form."""
    answers: Mapping[str, str] = notification.answers
    authority, contact, *rest = OF_INCIDENT
    what = rows_of(
        (
            ("Day the authority became aware", day(incident.aware_on)),
            ("When it happened", when(incident)),
            ("Kind of place", incident.place_kind),
            ("Nature", incident.get_nature_display()),
            ("What is known", incident.outline),
        )
    )
    about = [Section("Authority", _answers((authority, contact), answers))]
    about.append(Section("Incident", what))
    about += [_child_section(child, answers) for child in children]
    return [*about, Section("Others", _answers(tuple(rest), answers))]


def _answers(questions: Iterable[Question], answers: Mapping[str, str]) -> list[Row]:
    return rows_of((each.text, each.in_words(answers.get(each.name, ""))) for each in questions)


def _child_section(child: IncidentChild, answers: Mapping[str, str]) -> Section:
    told = rows_of(
        (each.text, each.in_words(answers.get(answer_name(child, each), ""))) for each in OF_CHILD
    )
    named: Row = {
        "key": "Name and date of birth",
        "value": "Sealed in the identity register. Take them from there when you fill in the form.",
    }
    return Section(child.identity.pseudonym, [named, *told, *fact_rows(child)])


@dataclass(frozen=True)
class CriterionLine:
    """One criterion for one child: what the engine reads and what people found."""

    code: str
    question: str
    reading: str
    colour: str
    why: str
    source: str
    missing: str
    found: CriterionFinding | None
    href: str


@dataclass(frozen=True)
class ChildAssessment:
    """All criteria of one child, and what follows from the facts on record."""

    child: IncidentChild
    lines: list[CriterionLine]
    advice: str
    missing: list[str]
    doubts: tuple[str, ...]
    facts: str


def assessments(
    access: Access,
    children: Iterable[IncidentChild],
    found: Mapping[tuple[uuid.UUID, str], CriterionFinding],
) -> list[ChildAssessment]:
    """Each child's criteria, the engine's reading beside what people found."""
    return [_child_assessment(access, child, found) for child in children]


def _child_assessment(
    access: Access,
    child: IncidentChild,
    found: Mapping[tuple[uuid.UUID, str], CriterionFinding],
) -> ChildAssessment:
    assessment = assessment_of(child)
    lines = [
        criterion_line(access, child, each, found.get((child.pk, each.code)))
        for each in assessment.findings
    ]
    return ChildAssessment(
        child=child,
        lines=lines,
        advice=_advice(assessment),
        missing=[missing_in_words(name) for name in assessment.missing],
        doubts=contradictions(
            facts_of(child), happened_on=child.incident.happened_earliest, today=clock.today()
        ),
        facts=address(access, "facts", child.pk),
    )


def criterion_line(
    access: Access, child: IncidentChild, reading: Reading, found: CriterionFinding | None
) -> CriterionLine:
    """One criterion with its reading, its source and how far that source is verified."""
    words, colour = _READING[reading.finding]
    return CriterionLine(
        code=reading.code,
        question=reading.question,
        reading=words,
        colour=colour,
        why=reading.reason,
        source=f"{reading.source.title} ({reading.basis.value}: {reading.basis.meaning})",
        missing="; ".join(missing_in_words(name) for name in reading.missing),
        found=found,
        href=reverse("incidents:finding", args=[access.case.reference, child.pk, reading.code]),
    )


def _advice(assessment: Assessment) -> str:
    review = _OUTCOME[assessment.review.outcome.value]
    notified = _NOTIFIABLE[assessment.notification.notifiable.value]
    if assessment.notify_rule_set != assessment.rule_set:
        notified += f", under {rule_set(assessment.notify_rule_set).title}"
    under = rule_set(assessment.rule_set).title
    return f"On the facts recorded, under {under}: {review}; {notified}."


def finding_rows(found: CriterionFinding | None) -> list[Row]:
    """What was found, as saved."""
    if found is None:
        return []
    return rows_of(
        (
            ("Finding", found.get_finding_display()),
            ("Evidence", found.evidence),
            ("Reason", found.reason),
        )
    )


def section_rows(review: RapidReview) -> list[Row]:
    """The rapid review as saved, section by section."""
    return rows_of((heading, review.sections.get(key, "")) for key, heading, _ in SECTIONS)


def letter_rows(letter: PanelLetter) -> list[Row]:
    """A letter of the panel, as the pages on which it is answered show it."""
    return rows_of(
        (
            ("Received", day(letter.received_on)),
            ("What the letter says", letter.text),
            ("Reply due by", day(letter.reply_due_on)),
        )
    )
