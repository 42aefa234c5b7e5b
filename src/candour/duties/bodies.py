"""Standing bodies of a partnership: terms of reference, members and deputies, quorum, interests."""

import uuid
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from candour.audit.services import record
from candour.duties.models import BodyMember, BodyTerms, Meeting, StandingBody
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.decision import Allowed, Decision, Denied
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.people.models import Partnership, User
from candour.people.roles import Role
from candour.people.selectors import appointments_of

_SEES_NO_CASE = (Role.ADMINISTRATOR, Role.LIBRARIAN)


def may_keep(actor: Actor, partnership: Partnership) -> Decision:
    """The business managers who stand appointed in the partnership keep its bodies."""
    mine = appointments_of(actor).filter(role=Role.BUSINESS_MANAGER, partnership=partnership)
    if mine.exists():
        return Allowed()
    return Denied("actor_not_permitted", "The business manager keeps the standing bodies.")


def bodies_seen_by(actor: Actor) -> QuerySet[StandingBody]:
    """The bodies of the partnerships in which this person stands appointed."""
    mine = appointments_of(actor).exclude(role__in=_SEES_NO_CASE).values("partnership_id")
    return StandingBody.objects.filter(partnership__in=mine).select_related("partnership")


def body_seen_by(actor: Actor, body_id: uuid.UUID) -> StandingBody:
    """One of them; Hidden for everybody else."""
    found = bodies_seen_by(actor).filter(pk=body_id).first()
    if found is None:
        raise Hidden
    return found


def bodies_of(partnership: Partnership) -> QuerySet[StandingBody]:
    """The bodies that may meet about a case of this partnership."""
    return StandingBody.objects.filter(partnership=partnership)


def members_on(body: StandingBody, day: date) -> QuerySet[BodyMember]:
    """Who sat on the body on a day, deputies too."""
    return BodyMember.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), body=body, starts_on__lte=day
    ).select_related("user", "deputy_for__user")


@transaction.atomic
def found_body(
    *, by: Actor, partnership: Partnership, kind: Meeting.Body, name: str, quorum: int
) -> StandingBody:
    """Set up a standing body; Invalid for a name that stands already or a quorum of nobody."""
    may_keep(by, partnership).require()
    if not name.strip():
        raise Invalid("name_missing", "Give the body's name.", "name")
    if quorum < 1:
        raise Invalid("quorum_too_small", "A quorum is of one member at least.", "quorum")
    if StandingBody.objects.filter(partnership=partnership, name__iexact=name.strip()).exists():
        raise Invalid("body_known", "A body of this name stands here already.", "name")
    body = StandingBody.objects.create(
        partnership=partnership, kind=kind.value, name=name.strip(), quorum=quorum
    )
    record("duties.body_founded", by=by, subject=str(body.pk), kind=kind.value)
    return body


@transaction.atomic
def agree_body_terms(*, by: Actor, body: StandingBody, text: str, agreed_on: date) -> BodyTerms:
    """The next version of its terms of reference; earlier ones are kept."""
    may_keep(by, body.partnership).require()
    StandingBody.objects.select_for_update().get(pk=body.pk)
    if not text.strip():
        raise Invalid("terms_missing", "Write the terms of reference.", "text")
    if agreed_on > clock.today():
        raise Invalid("day_ahead", "This day cannot lie ahead.", "agreed_on")
    terms = BodyTerms.objects.create(
        body=body,
        number=body.terms.count() + 1,
        text=text.strip(),
        agreed_on=agreed_on,
        saved_by_id=by.id,
    )
    record("duties.body_terms_agreed", by=by, subject=str(body.pk), number=terms.number)
    return terms


@transaction.atomic
def add_body_member(
    *,
    by: Actor,
    body: StandingBody,
    user: User,
    capacity: str,
    starts_on: date,
    deputy_for: BodyMember | None = None,
    interests: str = "",
) -> BodyMember:
    """Put somebody on the body, or name a deputy for a member. It gives access to no case."""
    may_keep(by, body.partnership).require()
    if members_on(body, starts_on).filter(user=user).exists():
        raise WrongState("member_already", "This person sits on the body already.")
    if deputy_for and (deputy_for.body_id != body.pk or deputy_for.deputy_for_id):
        raise Invalid("deputy_of_nobody", "A deputy stands in for a member.", "deputy_for")
    if not capacity.strip():
        raise Invalid("capacity_missing", "Say as what this person sits there.", "capacity")
    member = BodyMember.objects.create(
        body=body,
        user=user,
        capacity=capacity.strip(),
        deputy_for=deputy_for,
        interests=interests.strip(),
        starts_on=starts_on,
    )
    record("duties.body_member_added", by=by, subject=str(member.pk), user=str(user.pk))
    return member


@transaction.atomic
def end_body_member(*, by: Actor, member: BodyMember, ends_on: date) -> BodyMember:
    """The member's last day; what they did in meetings stays."""
    may_keep(by, member.body.partnership).require()
    locked = BodyMember.objects.select_for_update().get(pk=member.pk)
    if locked.ends_on:
        raise WrongState("member_ended", "This membership has already ended.")
    if ends_on < locked.starts_on:
        raise Invalid("ends_too_early", "It cannot end before it began.", "ends_on")
    locked.ends_on = ends_on
    locked.save(update_fields=["ends_on"])
    record("duties.body_member_ended", by=by, subject=str(locked.pk), user=str(locked.user_id))
    return locked
