"""What a person owes, as pages show it."""

import uuid
from collections.abc import Iterable, Mapping

from candour.kernel import clock
from candour.platform.models import Notification
from candour.ui.wording import day, instant, plural
from candour.worklist.owed import Owed

Cell = str | dict[str, str]
Children = Mapping[uuid.UUID, str]


def owed_rows(items: Iterable[Owed], children: Children) -> list[list[Cell]]:
    """One row a thing owed, leading to where it is done."""
    return [
        [
            {"text": each.text, "href": each.href},
            _case(each, children),
            day(each.due_on),
            _left(each),
        ]
        for each in items
    ]


def _case(owed: Owed, children: Children) -> str:
    child = children.get(owed.case.pk)
    return f"{child}, {owed.case.reference}" if child else owed.case.reference


def _left(owed: Owed) -> str:
    left = (owed.due_on - clock.today()).days
    if left < 0:
        late = f"Overdue by {plural(-left, 'day')}"
        return f"{late}, reason recorded" if owed.explained else late
    return "Due today" if left == 0 else f"In {plural(left, 'day')}"


def message_rows(messages: Iterable[Notification]) -> list[list[Cell]]:
    """One row a message: when, about which case, and where it leads."""
    return [
        [
            {"text": f"{each.subject_reference}, {instant(each.sent_at)}", "href": each.path},
            "New" if each.read_at is None else f"Seen {day(each.read_at)}",
        ]
        for each in messages
    ]
