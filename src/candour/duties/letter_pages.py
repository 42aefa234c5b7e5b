"""Reading letters, and what their pages show of them."""

import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.cases.steps import Row
from candour.duties.letters import record_kind
from candour.duties.models import Letter, LetterKind
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden
from candour.people.models import Partnership
from candour.people.roles import Role
from candour.people.selectors import appointments_of
from candour.ui.wording import day

Cell = str | dict[str, str]


def letters_of(access: Access) -> QuerySet[Letter]:
    """The letters of the case that this person may read, oldest first.

    Those to and from the family are for those who read the family's record.
    """
    access.may_read(Kind.DECISION).require()
    rows = Letter.objects.filter(case=access.case).select_related(
        "identity", "agency", "written_by", "document", "answers"
    )
    family = bool(access.may_read(Kind.FAMILY))
    return rows if family else rows.exclude(kind=LetterKind.FAMILY)


def letter_of(access: Access, letter_id: uuid.UUID) -> Letter:
    """One letter; Hidden if this person does not see it."""
    found = letters_of(access).filter(pk=letter_id).first()
    if found is None:
        raise Hidden
    return found


def delivered_letters(access: Access, outcomes: Iterable[str]) -> list[Letter]:
    """The letters of a desk on this installation that say one of these things, oldest first."""
    rows = letters_of(access).filter(delivery__isnull=False, outcome__in=list(outcomes))
    return list(rows.order_by("recorded_at", "id"))


def delivered_letter(access: Access, letter_id: str, outcomes: Iterable[str]) -> Letter | None:
    """One of them by its id as an address gives it; None if it is none of them."""
    found = delivered_letters(access, outcomes)
    return next((each for each in found if str(each.pk) == letter_id), None)


def waiting_for_answer(access: Access) -> QuerySet[Letter]:
    """Letters that went out and ask for an answer which has not been filed."""
    return letters_of(access).filter(
        direction=Letter.Direction.OUT,
        sent_on__isnull=False,
        reply_due_on__isnull=False,
        answered_by__isnull=True,
    )


def letters_owing(on_cases: Q) -> QuerySet[Letter]:
    """Letters in whichever direction whose answer is due and not there, on these cases."""
    return (
        Letter.objects.filter(on_cases, reply_due_on__isnull=False)
        .filter(Q(sent_on__isnull=False) | Q(direction=Letter.Direction.IN))
        .filter(answered_by__isnull=True)
        .select_related("case")
    )


def partnerships_kept(actor: Actor) -> list[Partnership]:
    """The partnerships whose templates this person keeps."""
    mine = appointments_of(actor).filter(role=Role.BUSINESS_MANAGER).values("partnership_id")
    return list(Partnership.objects.filter(pk__in=mine))


def whom(letter: Letter) -> str:
    """Who a letter is to or from, without a family member's name."""
    if letter.identity:
        return letter.identity.pseudonym
    return letter.correspondent or LetterKind(letter.kind).label


def state(letter: Letter) -> str:
    """How a letter stands, in words."""
    if letter.direction == Letter.Direction.IN:
        return f"Received {day(letter.received_on)}"
    if letter.sent_on is None:
        return "Draft"
    return f"Sent {day(letter.sent_on)}"


def reply(letter: Letter) -> str:
    """What is known of the answer."""
    answer = letter.answered_by.order_by("recorded_at").first()
    if answer:
        return f"Answered {day(answer.received_on or answer.sent_on)}"
    if letter.reply_due_on is None:
        return "None asked for"
    late = letter.reply_due_on < clock.today()
    return f"{'Overdue since' if late else 'Due'} {day(letter.reply_due_on)}"


def letter_rows(access: Access, letters: Iterable[Letter]) -> list[list[Cell]]:
    """One row a letter."""
    return [
        [
            {"text": f"{letter.subject} ({whom(letter)})", "href": address(access, letter)},
            LetterKind(letter.kind).label,
            Letter.Direction(letter.direction).label,
            state(letter),
            reply(letter),
        ]
        for letter in letters
    ]


def letter_lines(letter: Letter) -> list[Row]:
    """Everything about one letter."""
    came = letter.direction == Letter.Direction.IN
    lines: list[Row] = [
        {"key": "From" if came else "To", "value": whom(letter)},
        {"key": "State", "value": state(letter)},
        {"key": "Answer", "value": reply(letter)},
        {"key": "Subject", "value": letter.subject},
        {"key": "Words", "value": letter.body or "In the file"},
    ]
    if letter.sent_how:
        lines.append({"key": "How it went", "value": letter.sent_how})
    if letter.reference:
        lines.append({"key": "Their reference", "value": letter.reference})
    if letter.answers:
        lines.append({"key": "Answers", "value": letter.answers.subject})
    if letter.template_number is not None:
        made = f"Version {letter.template_number}" if letter.template_number else "As shipped"
        lines.append({"key": "Made from the template", "value": made})
    return lines


def may_write(access: Access, letter: Letter) -> bool:
    """May this person write to or file with this letter?"""
    return bool(access.may_write(record_kind(letter.kind)))


def address(access: Access, letter: Letter, page: str = "letter") -> str:
    """The address of a page about one letter."""
    kwargs = {"reference": access.case.reference, "letter_id": letter.pk}
    return reverse(f"duties:{page}", kwargs=kwargs)
