"""Clearing the files for publication: two different people, each of exactly these bytes."""

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Act
from candour.disclosure.selectors import latest_check
from candour.kernel.errors import WrongState
from candour.people.models import User
from candour.publication.models import Clearance, Publication
from candour.publication.policies import in_the_way_of_clearing


@transaction.atomic
def clear(*, access: Access, publication: Publication, bundle_sha256: str) -> Clearance:
    """Clear the files with this digest, as the person was shown them; twice by one is once.

    WrongState with every obstacle, or where the files are no longer those the person saw.
    """
    access.may(Act.CLEAR_PUBLICATION).require()
    locked = Publication.objects.select_for_update().get(pk=publication.pk, case=access.case)
    obstacles = in_the_way_of_clearing(access, locked)
    if obstacles:
        raise WrongState(obstacles[0].code, " ".join(each.text for each in obstacles))
    check = latest_check(access)
    if check is None or check.bundle is None or check.bundle.sha256 != bundle_sha256:
        raise WrongState(
            "files_changed", "The files have changed since you opened this page. Look again."
        )
    clearance, created = Clearance.objects.get_or_create(
        case=access.case,
        publication=locked,
        bundle=check.bundle,
        by=User.objects.get(pk=access.actor.id),
    )
    if created:
        record(
            "publication.cleared",
            by=access.actor,
            case_id=access.case.pk,
            subject=str(clearance.pk),
            bundle=bundle_sha256,
        )
    return clearance
