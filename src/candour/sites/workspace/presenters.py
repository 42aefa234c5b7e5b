"""Rows and clocks for the pages that draw on every room."""

import uuid
from collections.abc import Iterable, Mapping

from django.urls import reverse

from candour.cases.models import Case
from candour.duties.selectors import Standing
from candour.sites.workspace.waiting import Waiting
from candour.ui.wording import day, plural

Cell = str | dict[str, str]


Children = Mapping[uuid.UUID, str]


def case_in_words(case: Case, children: Children) -> str:
    """How a case is spoken of: its child as shown in it, and its reference."""
    child = children.get(case.pk)
    return f"{child}, {case.reference}" if child else case.reference


def work_rows(standings: Iterable[Standing], children: Children) -> list[list[Cell]]:
    """What is owed, soonest first, each leading to its case."""
    return [
        [
            {
                "text": standing.duty.name,
                "href": reverse("case", kwargs={"reference": standing.duty.case.reference}),
            },
            case_in_words(standing.duty.case, children),
            day(standing.duty.due_on),
            _left(standing),
        ]
        for standing in standings
    ]


def _left(standing: Standing) -> str:
    left = standing.days_left or 0
    if left < 0:
        return f"{standing.word} by {plural(-left, 'day')}"
    return "Due today" if left == 0 else f"In {plural(left, 'day')}"


def case_rows(cases: Iterable[Case], children: Children) -> list[list[Cell]]:
    """One row a case."""
    return [
        [
            {
                "text": case.reference,
                "href": reverse("case", kwargs={"reference": case.reference}),
            },
            children.get(case.pk, ""),
            case.lead_partnership.name,
            Case.Regime(case.regime).label,
            day(case.opened_at),
        ]
        for case in cases
    ]


def waiting_tasks(waiting: Iterable[Waiting], children: Children) -> list[dict[str, object]]:
    """What waits, as a list of tasks that lead to their pages."""
    return [
        {
            "text": each.text,
            "hint": case_in_words(each.case, children),
            "href": each.href,
            "status": "Waiting",
        }
        for each in waiting
    ]
