"""Rows and clocks for the pages that draw on every room."""

import uuid
from collections.abc import Iterable, Mapping

from django.urls import reverse

from candour.cases.models import Case
from candour.ui.wording import day
from candour.worklist.waiting import Waiting

Cell = str | dict[str, str]


Children = Mapping[uuid.UUID, str]


def case_in_words(case: Case, children: Children) -> str:
    """How a case is spoken of: its child as shown in it, and its reference."""
    child = children.get(case.pk)
    return f"{child}, {case.reference}" if child else case.reference


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
