"""Letters about a case: written from a template, sent by people, filed with their answers.

Candour sends no letter. One to a family is written by a person, read by a person and sent by a
person, who says that it is safe to write.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.cases.versions import locked_for_edit
from candour.documents.models import Document
from candour.duties.letter_words import NOT_KNOWN, SHIPPED, check_template, merged
from candour.duties.models import Letter, LetterKind, LetterTemplate
from candour.identities.models import Identity
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.decision import Allowed, Decision, Denied
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.people.models import Agency, Partnership
from candour.people.roles import Role
from candour.people.selectors import appointments_of


@dataclass(frozen=True)
class To:
    """To whom a letter is: words for bodies, a line of the register for the family."""

    kind: LetterKind
    correspondent: str = ""
    agency: Agency | None = None
    identity: Identity | None = None


@dataclass(frozen=True)
class Delivered:
    """A letter of a desk on its way to a case; its `id` is the letter's own, for good."""

    id: uuid.UUID
    sender: str
    outcome: str
    subject: str
    text: str
    reference: str
    reply_due_on: date | None


def record_kind(kind: str) -> Kind:
    """The kind of record a letter is: those to and from the family are the family's."""
    return Kind.FAMILY if kind == LetterKind.FAMILY else Kind.DECISION


def template_in_use(partnership: Partnership, kind: LetterKind) -> tuple[str, str, int]:
    """Subject, body and number of the words in use; number 0 for those that Candour ships."""
    latest = LetterTemplate.objects.filter(partnership=partnership, kind=kind.value).first()
    if latest:
        return latest.subject, latest.body, latest.number
    return *SHIPPED[kind], 0


def may_edit_templates(actor: Actor, partnership: Partnership) -> Decision:
    """The business managers who stand appointed in the partnership keep its templates."""
    mine = appointments_of(actor).filter(role=Role.BUSINESS_MANAGER, partnership=partnership)
    if mine.exists():
        return Allowed()
    return Denied("actor_not_permitted", "The business manager keeps the partnership's letters.")


@transaction.atomic
def save_template(
    *, by: Actor, partnership: Partnership, kind: LetterKind, subject: str, body: str
) -> LetterTemplate:
    """The next version of these words; Invalid for a field that Candour does not fill in."""
    may_edit_templates(by, partnership).require()
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    check_template(subject, "subject")
    check_template(body, "body")
    if not subject.strip() or not body.strip():
        raise Invalid("template_empty", "A letter needs a subject and words.", "body")
    *_, number = template_in_use(partnership, kind)
    saved = LetterTemplate.objects.create(
        partnership=partnership,
        kind=kind.value,
        number=number + 1,
        subject=subject.strip(),
        body=body.strip(),
        saved_by_id=by.id,
    )
    record("duties.template_saved", by=by, subject=str(saved.pk), kind=kind.value)
    return saved


@transaction.atomic
def begin_letter(
    *,
    access: Access,
    to: To,
    facts: Mapping[str, str],
    reply_due_on: date | None = None,
    answers: Letter | None = None,
) -> Letter:
    """A draft from the template in use, its fields filled in; nothing goes anywhere."""
    access.may_write(record_kind(to.kind)).require()
    _refuse_nobody(access, to)
    subject, body, number = template_in_use(access.case.lead_partnership, to.kind)
    letter = Letter.objects.create(
        case=access.case,
        direction=Letter.Direction.OUT,
        kind=to.kind.value,
        correspondent=to.correspondent.strip(),
        agency=to.agency,
        identity=to.identity,
        subject=merged(subject, facts)[:200],
        body=merged(body, facts),
        template_number=number,
        written_by_id=access.actor.id,
        reply_due_on=reply_due_on,
        answers=_own(access, answers) if answers else None,
    )
    _record(access, "duties.letter_begun", letter)
    return letter


def _refuse_nobody(access: Access, to: To) -> None:
    if to.kind == LetterKind.FAMILY:
        if to.identity is None or to.identity.case_id != access.case.pk:
            raise Invalid(
                "addressee_missing",
                "Choose the family member from the identity register.",
                "identity",
            )
    elif not to.correspondent.strip():
        raise Invalid("addressee_missing", "Say who the letter is to.", "correspondent")


@transaction.atomic
def write_letter(
    *, access: Access, letter: Letter, seen_version: int, subject: str, body: str
) -> Letter:
    """Save a draft; WrongState once it has gone, EditedElsewhere if somebody else saved it."""
    access.may_write(record_kind(letter.kind)).require()
    locked = locked_for_edit(_own(access, letter), seen_version)
    if locked.direction == Letter.Direction.IN or locked.sent_on:
        raise WrongState("letter_gone", "This letter has gone. Write another.")
    if not subject.strip() or not body.strip():
        raise Invalid("letter_missing", "A letter needs a subject and words.", "body")
    locked.subject, locked.body = subject.strip()[:200], body.strip()
    locked.save()
    _record(access, "duties.letter_written", locked)
    return locked


@transaction.atomic
def record_letter_sent(
    *,
    access: Access,
    letter: Letter,
    sent_on: date,
    sent_how: str,
    reply_due_on: date | None = None,
    safe_to_write: bool = False,
) -> Letter:
    """Record that a person sent the letter.

    Invalid while a fact in it is marked as not known. To a family only with `safe_to_write`:
    whoever sends it has asked the people who know the family whether a letter may come.
    """
    access.may_write(record_kind(letter.kind)).require()
    locked = Letter.objects.select_for_update().get(pk=_own(access, letter).pk)
    _refuse_sending(locked, sent_on, safe_to_write)
    locked.sent_on, locked.sent_how = sent_on, sent_how.strip()
    locked.reply_due_on = reply_due_on or locked.reply_due_on
    locked.version += 1
    locked.save()
    _record(access, "duties.letter_sent", locked)
    return locked


def _refuse_sending(letter: Letter, sent_on: date, safe_to_write: bool) -> None:
    if letter.direction == Letter.Direction.IN or letter.sent_on:
        raise WrongState("letter_gone", "This letter is already recorded as sent.")
    if sent_on > clock.today():
        raise Invalid("day_ahead", "This day cannot lie ahead.", "sent_on")
    gap = NOT_KNOWN.search(f"{letter.subject}\n{letter.body}")
    if gap:
        raise Invalid("letter_incomplete", f"The letter still says “{gap[0]}”. Put the fact in.")
    if letter.kind == LetterKind.FAMILY and not safe_to_write:
        raise Invalid(
            "safe_contact_unknown",
            "Ask those who know the family whether a letter may come, and say so here.",
            "safe_to_write",
        )


@transaction.atomic
def file_letter(
    *,
    access: Access,
    kind: LetterKind,
    correspondent: str,
    received_on: date,
    subject: str,
    text: str,
    answers: Letter | None = None,
    document: Document | None = None,
    reference: str = "",
    reply_due_on: date | None = None,
) -> Letter:
    """File a letter or an e-mail as it came, and what it answers."""
    access.may_write(record_kind(kind)).require()
    if received_on > clock.today():
        raise Invalid("day_ahead", "This day cannot lie ahead.", "received_on")
    if not text.strip() and document is None:
        raise Invalid("letter_missing", "Add the file, or write what the letter says.", "text")
    letter = Letter.objects.create(
        case=access.case,
        direction=Letter.Direction.IN,
        kind=kind.value,
        correspondent=correspondent.strip()[:200],
        received_on=received_on,
        subject=subject.strip()[:200] or "Without a subject",
        body=text.strip(),
        answers=_own(access, answers) if answers else None,
        document=document,
        reference=reference.strip()[:80],
        reply_due_on=reply_due_on,
        written_by_id=access.actor.id,
    )
    _record(access, "duties.letter_filed", letter)
    return letter


@transaction.atomic
def deliver_letter(*, case: Case, by: Actor, delivered: Delivered) -> Letter:
    """A letter that a desk on this installation sent: it arrives once, as it was written."""
    letter, created = Letter.objects.get_or_create(
        delivery=delivered.id,
        defaults={
            "case": case,
            "direction": Letter.Direction.IN,
            "kind": LetterKind.PANEL.value,
            "correspondent": delivered.sender,
            "received_on": clock.today(),
            "subject": delivered.subject,
            "body": delivered.text,
            "outcome": delivered.outcome,
            "reference": delivered.reference,
            "reply_due_on": delivered.reply_due_on,
        },
    )
    if created:
        record("duties.letter_delivered", by=by, case_id=case.pk, subject=str(letter.pk))
    return letter


def _own(access: Access, letter: Letter) -> Letter:
    if letter.case_id != access.case.pk:
        raise Hidden
    return letter


def _record(access: Access, name: str, letter: Letter) -> None:
    record(
        name,
        by=access.actor,
        case_id=access.case.pk,
        subject=str(letter.pk),
        kind=str(letter.kind),
    )
