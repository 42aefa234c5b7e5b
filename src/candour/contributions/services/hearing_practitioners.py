"""Hearing practitioners: their account in words that they corrected and agreed.

Practitioners are to be fully involved in reviews and invited to contribute their perspectives
without fear of being blamed (Working Together 2013, chapter 4; 2023, chapter 5).
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Act
from candour.cases.versions import locked_for_edit
from candour.contributions.models import Conversation, PractitionerEvent
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.people.models import Agency
from candour.reviews.models import HeldActivity
from candour.reviews.services import GoesAhead, require_free_to_go_ahead


@transaction.atomic
def invite_practitioner(
    *,
    access: Access,
    role_label: str,
    invited_on: date,
    agency: Agency | None = None,
    goes_ahead: GoesAhead | None = None,
) -> Conversation:
    """Record that a practitioner was invited to talk, by role and never by name.

    Candour sends nothing. The account gets the next number of the case, by which it is cited.
    WrongState while conversations are held back, unless `goes_ahead` says why this one is not.
    """
    access.may(Act.HEAR).require()
    if not role_label.strip():
        raise Invalid("text_missing", "Say in which role, such as “Health visitor”.", "role_label")
    _refuse_ahead(invited_on, "invited_on")
    Case.objects.select_for_update().get(pk=access.case.pk)
    last = Conversation.objects.filter(case=access.case).aggregate(Max("number"))["number__max"]
    conversation = Conversation.objects.create(
        case=access.case,
        number=(last or 0) + 1,
        role_label=role_label.strip(),
        agency=agency,
        invited_on=invited_on,
    )
    _require_free(access, conversation, invited_on, goes_ahead)
    _record(access, "contributions.practitioner_invited", conversation)
    return conversation


def _require_free(
    access: Access,
    subject: Conversation | PractitionerEvent,
    day: date,
    goes_ahead: GoesAhead | None,
) -> None:
    event = isinstance(subject, PractitionerEvent)
    kind = HeldActivity.Kind.EVENT if event else HeldActivity.Kind.CONVERSATION
    require_free_to_go_ahead(
        access=access, kind=kind, day=day, subject=subject.pk, goes_ahead=goes_ahead
    )


@transaction.atomic
def explain_limits(
    *, access: Access, conversation: Conversation, seen_version: int, explained_on: date
) -> Conversation:
    """Record when the limits of confidentiality were explained: before anything is said."""
    locked = _for_edit(access, conversation, seen_version)
    _refuse_ahead(explained_on, "explained_on")
    if locked.held_on and explained_on > locked.held_on:
        raise Invalid(
            "limits_too_late", "The limits are explained before the conversation.", "explained_on"
        )
    locked.limits_explained_on = explained_on
    return _saved(access, "contributions.limits_explained", locked)


@transaction.atomic
def record_conversation(
    *,
    access: Access,
    conversation: Conversation,
    seen_version: int,
    held_on: date,
    words: str,
    goes_ahead: GoesAhead | None = None,
) -> Conversation:
    """Record what was said.

    WrongState until the limits of confidentiality were explained, and where conversations were
    held back on that day, unless `goes_ahead` says why this one was not.
    """
    locked = _for_edit(access, conversation, seen_version)
    if locked.limits_explained_on is None:
        raise WrongState(
            "limits_not_explained",
            "First record when the limits of confidentiality were explained.",
        )
    _refuse_ahead(held_on, "held_on")
    if held_on < locked.limits_explained_on:
        raise Invalid(
            "limits_too_late", "The limits were explained after this day. Check both.", "held_on"
        )
    _refuse_blank(words)
    _require_free(access, locked, held_on, goes_ahead)
    locked.held_on, locked.words = held_on, words.strip()
    locked.not_held_reason = ""
    locked.agreed_on = None
    return _saved(access, "contributions.conversation_recorded", locked)


@transaction.atomic
def correct_conversation(
    *,
    access: Access,
    conversation: Conversation,
    seen_version: int,
    words: str,
    corrections: str,
) -> Conversation:
    """Put the words as the person corrected them, and say what they changed; to be agreed anew."""
    locked = _for_edit(access, conversation, seen_version)
    _require_words(locked)
    _refuse_blank(words)
    locked.words, locked.corrections = words.strip(), corrections.strip()
    locked.agreed_on = None
    return _saved(access, "contributions.conversation_corrected", locked)


@transaction.atomic
def agree_conversation(
    *, access: Access, conversation: Conversation, seen_version: int, agreed_on: date
) -> Conversation:
    """The person agreed these words on that day; from now on they can be cited."""
    locked = _for_edit(access, conversation, seen_version)
    _require_words(locked)
    _refuse_ahead(agreed_on, "agreed_on")
    if locked.held_on and agreed_on < locked.held_on:
        raise Invalid(
            "agreed_too_early", "The words were agreed after they were said.", "agreed_on"
        )
    locked.agreed_on = agreed_on
    return _saved(access, "contributions.conversation_agreed", locked)


@transaction.atomic
def record_not_held(
    *, access: Access, conversation: Conversation, seen_version: int, reason: str
) -> Conversation:
    """Record why no conversation took place, such as that the person declined."""
    locked = _for_edit(access, conversation, seen_version)
    if locked.words:
        raise WrongState("conversation_held", "This conversation has been recorded.")
    if not reason.strip():
        raise Invalid("reasons_missing", "Say why it did not take place.", "reason")
    locked.not_held_reason = reason.strip()
    return _saved(access, "contributions.conversation_not_held", locked)


@dataclass(frozen=True)
class EventDetails:
    """A practitioner event: who came by role, what was discussed, what was put right."""

    held_on: date
    facilitators: str = ""
    attendees_by_role: str = ""
    support_offered: str = ""
    discussed: str = ""
    amendments: str = ""


@transaction.atomic
def record_practitioner_event(
    *, access: Access, details: EventDetails, goes_ahead: GoesAhead | None = None
) -> PractitionerEvent:
    """Record a meeting of practitioners with the reviewers; WrongState where it was held back."""
    access.may(Act.HEAR).require()
    _refuse_event(details)
    event = PractitionerEvent(case=access.case)
    _require_free(access, event, details.held_on, goes_ahead)
    _fill(event, details)
    event.save(force_insert=True)
    _record(access, "contributions.practitioner_event_recorded", event)
    return event


@transaction.atomic
def amend_practitioner_event(
    *,
    access: Access,
    event: PractitionerEvent,
    seen_version: int,
    details: EventDetails,
    goes_ahead: GoesAhead | None = None,
) -> PractitionerEvent:
    """Amend its record; EditedElsewhere if somebody else did meanwhile."""
    access.may(Act.HEAR).require()
    if event.case_id != access.case.pk:
        raise Hidden
    _refuse_event(details)
    locked = locked_for_edit(event, seen_version)
    _require_free(access, locked, details.held_on, goes_ahead)
    _fill(locked, details)
    locked.save()
    _record(access, "contributions.practitioner_event_amended", locked)
    return locked


def _refuse_event(details: EventDetails) -> None:
    _refuse_ahead(details.held_on, "held_on")
    if not details.attendees_by_role.strip():
        raise Invalid("text_missing", "Say who came, by role.", "attendees_by_role")


def _fill(event: PractitionerEvent, details: EventDetails) -> None:
    event.held_on = details.held_on
    event.facilitators = details.facilitators.strip()
    event.attendees_by_role = details.attendees_by_role.strip()
    event.support_offered = details.support_offered.strip()
    event.discussed = details.discussed.strip()
    event.amendments = details.amendments.strip()


def _for_edit(access: Access, conversation: Conversation, seen_version: int) -> Conversation:
    access.may(Act.HEAR).require()
    if conversation.case_id != access.case.pk:
        raise Hidden
    return locked_for_edit(conversation, seen_version)


def _saved(access: Access, name: str, conversation: Conversation) -> Conversation:
    conversation.save()
    _record(access, name, conversation)
    return conversation


def _record(access: Access, name: str, subject: Conversation | PractitionerEvent) -> None:
    record(name, by=access.actor, case_id=access.case.pk, subject=str(subject.pk))


def _require_words(conversation: Conversation) -> None:
    if not conversation.words:
        raise WrongState("nothing_recorded", "First record what was said.")


def _refuse_blank(words: str) -> None:
    if not words.strip():
        raise Invalid("text_missing", "Write what was said.", "words")


def _refuse_ahead(day: date, field: str) -> None:
    if day > clock.today():
        raise Invalid("day_ahead", "This day cannot lie ahead.", field)
