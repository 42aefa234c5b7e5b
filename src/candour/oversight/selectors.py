"""Reading national bodies, what was sent to them, and their desks."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from candour.cases.access import Access, in_force
from candour.cases.permissions import Kind
from candour.duties.models import Letter
from candour.incidents.models import PanelLetter
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden
from candour.oversight.models import DeskLetter, DeskMember, NationalBody, Notified, PackSent, Paper
from candour.oversight.policies import desks_of
from candour.people.models import User
from candour.people.selectors import people_seen_by
from candour.publication.models import NonPublicationLetter

Found = TypeVar("Found")


def bodies() -> QuerySet[NationalBody]:
    """Every national body, earliest first."""
    return NationalBody.objects.select_related("successor")


def bodies_on(day: date) -> QuerySet[NationalBody]:
    """The bodies there were on a day."""
    return bodies().filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day), began_on__lte=day)


def body_of(body_id: uuid.UUID) -> NationalBody:
    """One body; Hidden if there is none."""
    return _or_hidden(bodies().filter(pk=body_id).first())


def places_of(body: NationalBody) -> QuerySet[DeskMember]:
    """Who works at this desk now."""
    return DeskMember.objects.filter(in_force(), desk=body).select_related("user")


def place_of(member_id: uuid.UUID) -> DeskMember:
    """One place at a desk; Hidden if there is none."""
    return _or_hidden(
        DeskMember.objects.select_related("user", "desk").filter(pk=member_id).first()
    )


def people_for_a_desk(actor: Actor) -> QuerySet[User]:
    """Whose accounts this administrator looks after, without their own."""
    return people_seen_by(actor).filter(is_active=True).exclude(pk=actor.id)


def packs_of(access: Access) -> QuerySet[PackSent]:
    """What was sent about the case, earliest first."""
    access.may_read(Kind.DECISION).require()
    return PackSent.objects.filter(case=access.case).select_related("body", "sent_by")


def pack_sent(access: Access, pack_id: uuid.UUID) -> PackSent:
    """One pack; Hidden if it is of another case."""
    return _or_hidden(packs_of(access).filter(pk=pack_id).first())


def desk_letters_waiting(access: Access) -> list[Letter]:
    """Letters of a desk that this case has not yet answered."""
    access.may_read(Kind.DECISION).require()
    delivered = Letter.objects.filter(case=access.case, delivery__isnull=False)
    answered = PackSent.objects.filter(case=access.case, answers__isnull=False)
    return list(delivered.exclude(delivery__in=answered.values("answers")))


def reply_on_record(access: Access, letter: Letter) -> str:
    """What was recorded as replied to a letter of a desk; blank where nothing was yet."""
    access.may_read(Kind.DECISION).require()
    for model in (PanelLetter, NonPublicationLetter):
        found = model.objects.filter(case=access.case, delivered=letter).first()
        if found is not None:
            return str(found.reply)
    return ""


def desk_of(actor: Actor, desk_id: uuid.UUID) -> NationalBody:
    """A desk this person works at, or one that came before it; Hidden for all others."""
    return _or_hidden(next((desk for desk in desks_of(actor) if desk.pk == desk_id), None))


@dataclass(frozen=True)
class Sought:
    """What somebody looks for at a desk."""

    show: str = "all"
    words: str = ""
    region: str = ""
    year: str = ""


def _late() -> Q:
    today = clock.today()
    no_rapid_review = Q(rapid_review_due_on__lt=today, rapid_review_on__isnull=True)
    no_report = Q(review_due_on__lt=today, report_on__isnull=True, published_on__isnull=True)
    no_reply = Q(reply_due_on__lt=today)
    return no_rapid_review | (no_report & Q(outcome=Notified.Outcome.REVIEW)) | no_reply


SHOWN: dict[str, str] = {
    "all": "All notifications",
    "to_answer": "Waiting for the body’s letter",
    "rapid_reviews": "Rapid reviews received",
    "no_review": "Decisions not to review",
    "not_published": "Decisions not to publish",
    "overdue": "Overdue",
    "challenged": "Asked to think again",
}


def _shown(show: str) -> Q:
    return {
        "to_answer": Q(desk_owes_on__isnull=False),
        "rapid_reviews": Q(rapid_review_on__isnull=False),
        "no_review": Q(outcome=Notified.Outcome.NONE),
        "not_published": Q(publication=Notified.Publication.NOT_TO_BE),
        "overdue": _late(),
        "challenged": Q(challenges__gt=0),
    }.get(show, Q())


def notified_at(desk: NationalBody, sought: Sought) -> QuerySet[Notified]:
    """What the desk has received, latest first."""
    rows = Notified.objects.filter(_shown(sought.show), desk=desk)
    if sought.words:
        words = sought.words.strip()
        rows = rows.filter(Q(case_reference__icontains=words) | Q(sender_name__icontains=words))
    if sought.region:
        rows = rows.filter(region=sought.region)
    if sought.year.isdigit() and len(sought.year) == 4:
        rows = rows.filter(notified_on__year=int(sought.year))
    return rows.order_by("-notified_on", "case_reference")


def waiting_at(desk: NationalBody) -> dict[str, int]:
    """How much waits at a desk: to answer, and overdue."""
    rows = Notified.objects.filter(desk=desk)
    return {show: rows.filter(_shown(show)).count() for show in ("to_answer", "overdue")}


def notified_of(desk: NationalBody, notified_id: uuid.UUID) -> Notified:
    """One incident as this desk knows it; Hidden if it was sent to another."""
    rows = Notified.objects.filter(desk=desk).select_related("desk")
    return _or_hidden(rows.filter(pk=notified_id).first())


def papers_of(notified: Notified) -> QuerySet[Paper]:
    """The papers received about it, in order."""
    return Paper.objects.filter(notified=notified)


def letters_about(notified: Notified) -> QuerySet[DeskLetter]:
    """The body's letters about it, in order."""
    return DeskLetter.objects.filter(notified=notified).select_related("answered_by", "written_by")


def _or_hidden(found: Found | None) -> Found:
    if found is None:
        raise Hidden
    return found
