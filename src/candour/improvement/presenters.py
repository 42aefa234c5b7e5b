"""What the pages of the response and its actions show."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from candour.cases.access import Access
from candour.cases.steps import Row
from candour.improvement.models import Action, ActionEvidence, Response
from candour.improvement.selectors import Answered, is_overdue
from candour.ui.wording import day, instant

Cell = str | dict[str, str]


@dataclass(frozen=True)
class AnsweredShown:
    """A recommendation on the page, with its answer and its actions."""

    title: str
    text: str
    addressee: str
    answer: str
    response: str
    number: int
    actions: list[list[Cell]]


def answered(access: Access, rows: Iterable[Answered]) -> list[AnsweredShown]:
    """Every recommendation with what became of it."""
    return [
        AnsweredShown(
            title=_title(row),
            text=row.recommendation.text,
            addressee=row.recommendation.addressee,
            answer=_answer(row.response),
            response=row.response.text if row.response else "",
            number=row.recommendation.number,
            actions=[_action_row(access, action) for action in row.actions],
        )
        for row in rows
    ]


def _title(row: Answered) -> str:
    what = "Question" if row.recommendation.is_question else "Recommendation"
    return f"{what} {row.recommendation.number}"


def _answer(response: Response | None) -> str:
    if response is None:
        return "Not answered yet"
    return f"{Response.Answer(response.answer).label}, {day(response.responded_on)}"


def _action_row(access: Access, action: Action) -> list[Cell]:
    return [
        {"text": action.text, "href": address(access, "action", action_id=action.pk)},
        action.owner.name,
        day(action.due_on),
        state(action),
    ]


def state(action: Action) -> str:
    """How an action stands, in words."""
    if action.closed_at and action.impact_found:
        return "Closed, impact looked at"
    if action.closed_at:
        return f"Closed; impact on {day(action.impact_review_on)}"
    return "Overdue" if is_overdue(action) else "Open"


def action_facts(action: Action) -> list[Row]:
    """Everything about one action."""
    rows: list[Row] = [
        {"key": "What is to be done", "value": action.text},
        {"key": "Owner", "value": action.owner.name},
        {"key": "Agency", "value": action.agency.name if action.agency else "None named"},
        {"key": "To be done by", "value": day(action.due_on)},
        {"key": "What will be different for children", "value": action.intended_outcome},
        {"key": "How it stands", "value": state(action)},
    ]
    if action.closed_by:
        rows += [
            {"key": "Closed by", "value": f"{action.closed_by.name}, {instant(action.closed_at)}"},
            {"key": "What convinced them", "value": action.closing_reasons},
        ]
    if action.impact_found:
        rows.append({"key": "What changed for children", "value": action.impact_found})
    return rows


def evidence_steps(evidence: Iterable[ActionEvidence]) -> list[dict[str, str]]:
    """Notes and proof, oldest first."""
    return [
        {
            "title": "Progress" if each.is_progress else "Evidence",
            "when": instant(each.recorded_at),
            "by": each.by.name,
            "text": f"{each.note}\nKept: {each.where}" if each.where else each.note,
        }
        for each in evidence
    ]


def own_rows(actions: Iterable[Action]) -> list[list[Cell]]:
    """What one person has to do on all cases, soonest first."""
    return [
        [
            {
                "text": action.text,
                "href": reverse(
                    "improvement:action",
                    kwargs={"reference": action.case.reference, "action_id": action.pk},
                ),
            },
            action.case.reference,
            day(action.due_on),
            state(action),
        ]
        for action in actions
    ]


def saved_response(response: Response | None) -> list[Row]:
    """What stands saved, for somebody whose version is out of date."""
    return [{"key": "Response", "value": response.text}] if response else []


def address(access: Access, page: str, **parts: object) -> str:
    """The address of a page of this room."""
    return reverse(f"improvement:{page}", kwargs={"reference": access.case.reference, **parts})
