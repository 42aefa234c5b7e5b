"""What the page of a decision not to publish shows."""

from collections.abc import Iterable

from candour.cases.access import Access
from candour.cases.steps import Row
from candour.duties.models import Letter
from candour.kernel import clock
from candour.people.roles import PartnerBody
from candour.publication.models import NonPublication, NonPublicationLetter
from candour.publication.presenters import address
from candour.ui.wording import day, instant, times

SENDS_NOTHING = (
    "Candour tells nobody. Tell them yourself, or send the papers to the panel’s desk if it works "
    "here, and record it."
)
_OF_THE_DESK = {"reconsider": "disagreed"}
# How a desk's letter about a decision not to publish says what it is.
ADVICE = frozenset((*NonPublicationLetter.Outcome.values, *_OF_THE_DESK))


def shown(access: Access, decision: NonPublication) -> dict[str, object]:
    """One decision with its answers and letters."""
    answers = {each.partner_body: each for each in decision.answers.all()}
    letters = list(decision.letters.all())
    challenged = [each for each in letters if each.outcome == "disagreed"]
    return {
        "decision": decision,
        "rows": _rows(decision),
        "standing": _standing(decision, any(not each.agrees for each in answers.values())),
        "answers": [(body, answers.get(body.value)) for body in PartnerBody],
        "letters": [
            {
                "letter": each,
                "rows": letter_rows(each),
                "reply": address(access, "advice_reply", advice_id=each.pk),
            }
            for each in letters
        ],
        "challenged": times(len(challenged)),
    }


def _standing(decision: NonPublication, disagreed: bool) -> tuple[str, str]:
    if decision.ended_at:
        return "Ended", "grey"
    if decision.stands_from:
        return "In force", "green"
    return ("The partners disagree", "red") if disagreed else ("Proposed", "yellow")


def _rows(decision: NonPublication) -> list[Row]:
    told = (
        f"Panel {day(decision.panel_told_on)}, Department {day(decision.department_told_on)}"
        if decision.panel_told_on
        else "Not recorded"
    )
    rows: list[Row] = [
        *proposal_rows(decision),
        {"key": "Recorded", "value": _recorded(decision)},
        {"key": "Told", "value": told},
    ]
    if decision.ended_at and decision.ended_by:
        ended = f"{instant(decision.ended_at)}, {decision.ended_by.name}: {decision.ended_why}"
        rows.append({"key": "Ended", "value": ended})
    return rows


def _recorded(decision: NonPublication) -> str:
    later = clock.day_of(decision.recorded_at) > decision.decided_on
    said = f"{instant(decision.recorded_at)}, {decision.recorded_by.name}"
    return f"{said}. Entered later than the day it was taken." if later else said


def proposal_rows(decision: NonPublication) -> list[Row]:
    """What was decided and why."""
    return [
        {"key": "Day of the decision", "value": day(decision.decided_on)},
        {"key": "Reasons", "value": decision.reasons},
        {"key": "What could be published instead", "value": decision.alternatives},
        {"key": "Dissent", "value": decision.dissent or "None recorded"},
    ]


def letter_rows(letter: NonPublicationLetter) -> list[Row]:
    """One letter of the panel and the reply to it."""
    replied = f"{day(letter.replied_on)}: {letter.reply}" if letter.replied_on else "None recorded"
    return [
        {"key": "Received", "value": day(letter.received_on)},
        {"key": "What it says", "value": letter.text},
        {"key": "Reference", "value": letter.reference or "None"},
        {"key": "Reply due by", "value": day(letter.reply_due_on) or "No reply asked for"},
        {"key": "Reply", "value": replied},
    ]


def not_yet_filed(delivered: Iterable[Letter]) -> list[Letter]:
    """Letters of a desk about not publishing that nobody has put on record here."""
    letters = list(delivered)
    filed = NonPublicationLetter.objects.filter(delivered__in=letters).values_list("delivered")
    known = {pk for (pk,) in filed}
    return [each for each in letters if each.pk not in known]


def filled_in(delivered: Letter | None) -> dict[str, object]:
    """The form as a delivered letter fills it."""
    if delivered is None:
        return {}
    return {
        "outcome": _OF_THE_DESK.get(delivered.outcome, delivered.outcome),
        "received_on": delivered.received_on,
        "reference": delivered.reference,
        "text": delivered.body,
        "reply_due_on": delivered.reply_due_on,
    }
