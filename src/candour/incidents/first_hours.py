"""The first-hours card: what to make sure of at once, whatever else is decided later."""

from django.db import transaction

from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.cases.versions import locked_for_edit
from candour.incidents.models import FirstHoursStep
from candour.incidents.services.noting import note_event
from candour.kernel import clock
from candour.kernel.errors import Invalid, WrongState

CARD = (
    (
        "safety",
        "The child, and every other child in the household, is safe now",
        "Brothers and sisters, children elsewhere that the same adults care for, unborn children.",
    ),
    (
        "records",
        "Records are secured in every body that knows the family",
        "Nobody adds to them, changes them or takes them away. Ask each body to confirm it.",
    ),
    (
        "staff",
        "Staff who knew the child are told, and supported",
        "By a person, not by e-mail; say what happens next and what does not.",
    ),
    (
        "interviews",
        "Nobody interviews staff or family about the incident",
        "Until police and prosecutors agree whom the review may speak to, and when.",
    ),
    (
        "family",
        "One person is the family's contact",
        "Bereavement and practical support come first; the review is explained later.",
    ),
    (
        "contacts",
        "Police, coroner and the doctor leading the child death response know whom to call",
        "Agree one name and number in each body.",
    ),
)

# The lines that must be done before a serious case review is screened.
ASKED_FOR = {"safety", "records"}


def lay_out_card(case: Case) -> None:
    """Put the standard lines on a new case; they can be edited and added to."""
    FirstHoursStep.objects.bulk_create(
        FirstHoursStep(case=case, order=order, code=code, text=text, help=help)
        for order, (code, text, help) in enumerate(CARD, start=1)
    )


@transaction.atomic
def settle_step(
    *, access: Access, step: FirstHoursStep, seen_version: int, done: bool, note: str
) -> FirstHoursStep:
    """Mark a line of the card done or not done, with a note; EditedElsewhere if it moved on."""
    access.may_write(Kind.REFERRAL).require()
    locked = locked_for_edit(FirstHoursStep.objects.get(pk=step.pk, case=access.case), seen_version)
    locked.note = note.strip()
    locked.done_at = (locked.done_at or clock.now()) if done else None
    locked.done_by_id = access.actor.id if done else None
    locked.save()
    note_event(
        access,
        "incidents.first_hours_settled",
        locked,
        done=done,
    )
    return locked


@transaction.atomic
def reword_step(
    *, access: Access, step: FirstHoursStep, seen_version: int, text: str, help: str
) -> FirstHoursStep:
    """Change the words of a line; WrongState for the two that a step of the process asks for."""
    access.may_write(Kind.REFERRAL).require()
    locked = locked_for_edit(FirstHoursStep.objects.get(pk=step.pk, case=access.case), seen_version)
    if locked.code in ASKED_FOR:
        raise WrongState(
            "words_stay",
            "Screening asks whether this has been done, so its words stay. Add a line of your own.",
        )
    if not text.strip():
        raise Invalid("text_missing", "Say what is to be made sure of.", "text")
    locked.text, locked.help = text.strip(), help.strip()
    locked.save()
    note_event(
        access,
        "incidents.first_hours_reworded",
        locked,
    )
    return locked


@transaction.atomic
def add_step(*, access: Access, text: str, help: str = "") -> FirstHoursStep:
    """Add a line to the card of this case."""
    access.may_write(Kind.REFERRAL).require()
    if not text.strip():
        raise Invalid("text_missing", "Say what is to be made sure of.", "text")
    order = FirstHoursStep.objects.filter(case=access.case).count() + 1
    step = FirstHoursStep.objects.create(
        case=access.case, order=order, text=text.strip(), help=help.strip()
    )
    note_event(
        access,
        "incidents.first_hours_added",
        step,
    )
    return step
