"""What a partnership says of itself: the region in which national figures count it."""

from django.db import transaction

from candour.audit.services import record
from candour.kernel.actor import Actor
from candour.people.models import Partnership
from candour.people.policies import may_look_after
from candour.people.roles import Region


@transaction.atomic
def set_region(*, by: Actor, partnership: Partnership, region: Region) -> Partnership:
    """Say in which region of England the partnership works.

    Papers sent from now on carry it; what a national body has received stays as it was received.
    """
    may_look_after(by, partnership).require()
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    locked.region = region.value
    locked.save(update_fields=["region"])
    record("people.region_set", by=by, subject=str(locked.pk), region=region.value)
    return locked
