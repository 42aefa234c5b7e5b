"""Keeping a form whose session ended, and giving it back to the one who typed it."""

import json
import uuid
from dataclasses import asdict, dataclass

from django.db import transaction

from candour.audit.services import record
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Hidden
from candour.people.models import KEPT_FOR, KeptForm, User
from candour.people.selectors import kept_forms_of
from candour.platform.acting import acting
from candour.platform.keys import open_with_service, seal_to_service

# Somebody else's program holding an old cookie must not be able to fill the disk.
MOST_KEPT = 50


@dataclass(frozen=True)
class Typed:
    """What was typed: the address it was sent to, its fields, and the names of its file fields."""

    path: str
    fields: dict[str, list[str]]
    files: list[str]


def keep(*, user_id: str, typed: Typed) -> KeptForm | None:
    """Seal and keep what this person typed for 24 hours; None for a person who has no account."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or user.kept_forms.count() >= MOST_KEPT:
        return None
    actor = Actor(id=str(user.pk))
    with acting(actor), transaction.atomic():
        form = KeptForm.objects.create(
            user=user, sealed=seal_to_service(json.dumps(asdict(typed)).encode())
        )
        record("people.form_kept", by=actor, subject=str(form.pk))
    return form


def typed_in(*, by: Actor, form_id: uuid.UUID) -> Typed:
    """What the actor had typed; Hidden from everybody else, and from all after 24 hours."""
    form = kept_forms_of(by).filter(pk=form_id).first()
    if form is None:
        raise Hidden
    return Typed(**json.loads(open_with_service(bytes(form.sealed))))


@transaction.atomic
def discard(*, by: Actor, form_id: uuid.UUID) -> None:
    """The person has no more use for it."""
    if KeptForm.objects.filter(pk=form_id, user_id=by.id).delete()[0]:
        record("people.form_discarded", by=by, subject=str(form_id))


def forget_old() -> int:
    """Delete what has been kept for 24 hours; how many. Run by the worker."""
    return KeptForm.objects.filter(kept_at__lte=clock.now() - KEPT_FOR).delete()[0]
