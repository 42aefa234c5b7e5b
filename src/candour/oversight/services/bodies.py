"""National bodies as dated records with successors, and who works at their desks."""

from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Invalid, NotPermitted, WrongState
from candour.oversight.models import DeskMember, NationalBody
from candour.people.models import User
from candour.people.policies import may_administer


@transaction.atomic
def add_body(
    *,
    by: Actor,
    name: str,
    kind: NationalBody.Kind,
    began_on: date,
    has_desk: bool = False,
    reply_working_days: int = 15,
    year_begins_month: int = 1,
) -> NationalBody:
    """Enter a national body; Invalid for a name that stands already."""
    may_administer(by).require()
    if not name.strip():
        raise Invalid("name_missing", "Give the body's name.", "name")
    if NationalBody.objects.filter(name__iexact=name.strip()).exists():
        raise Invalid("body_known", "A body of this name stands here already.", "name")
    body = NationalBody.objects.create(
        name=name.strip(),
        kind=kind.value,
        began_on=began_on,
        has_desk=has_desk,
        reply_working_days=reply_working_days,
        year_begins_month=year_begins_month,
    )
    record("oversight.body_added", by=by, subject=str(body.pk), kind=kind.value)
    return body


@transaction.atomic
def succeed(
    *, by: Actor, body: NationalBody, successor: NationalBody, ended_on: date
) -> NationalBody:
    """End a body on a day; another carries on from there, and sees what it had received.

    Invalid where the successor leads back to the body itself: a line of bodies never loops.
    """
    may_administer(by).require()
    locked = NationalBody.objects.select_for_update().get(pk=body.pk)
    _refuse_loop(locked, successor)
    if ended_on < locked.began_on:
        raise Invalid("ends_too_early", "It cannot end before it began.", "ended_on")
    locked.ended_on, locked.successor = ended_on, successor
    locked.save(update_fields=["ended_on", "successor"])
    record("oversight.body_succeeded", by=by, subject=str(locked.pk), successor=str(successor.pk))
    return locked


def _refuse_loop(body: NationalBody, successor: NationalBody) -> None:
    later: NationalBody | None = NationalBody.objects.get(pk=successor.pk)
    while later is not None:
        if later.pk == body.pk:
            raise Invalid(
                "succession_loops",
                f"{successor.name} itself leads back to {body.name}. Choose the body that came "
                "after it.",
                "successor",
            )
        later = later.successor


@transaction.atomic
def give_place(*, by: Actor, desk: NationalBody, user: User) -> DeskMember:
    """Let somebody work at a desk; nobody lets themselves."""
    may_administer(by).require()
    if str(user.pk) == by.id:
        raise NotPermitted(
            "own_appointment", "Nobody gives themselves a place. Ask another administrator."
        )
    if not desk.has_desk:
        raise WrongState("no_desk", "This body does not work on this installation.")
    member, created = DeskMember.objects.get_or_create(
        desk=desk, user=user, ends_at=None, defaults={"appointed_by_id": by.id}
    )
    if created:
        record("oversight.place_given", by=by, subject=str(member.pk), user=str(user.pk))
    return member


@transaction.atomic
def end_place(*, by: Actor, member: DeskMember) -> DeskMember:
    """End it at once: the very next request finds nothing."""
    may_administer(by).require()
    locked = DeskMember.objects.select_for_update().get(pk=member.pk)
    if locked.ends_at and locked.ends_at <= clock.now():
        raise WrongState("place_ended", "This has already ended.")
    locked.ends_at = clock.now()
    locked.save(update_fields=["ends_at"])
    record("oversight.place_ended", by=by, subject=str(locked.pk), user=str(locked.user_id))
    return locked
