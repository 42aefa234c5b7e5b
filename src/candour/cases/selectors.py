"""Reading who is on a case, and what has been done on it."""

import re

from django.apps import apps
from django.db.models import QuerySet

from candour.audit.models import Event
from candour.cases.access import Access
from candour.cases.models import Grant, Membership
from candour.cases.permissions import Kind
from candour.kernel.errors import Hidden
from candour.people.models import Agency, User

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def members_of(access: Access) -> QuerySet[Membership]:
    """Everybody who is or was on the case, with role and from when to when."""
    access.may_read(Kind.MEMBERS).require()
    return Membership.objects.filter(case=access.case).select_related("user", "agency")


def member_of(access: Access, membership_id: str) -> Membership:
    """One membership; Hidden if it is of another case."""
    found = members_of(access).filter(pk=membership_id).first()
    if found is None:
        raise Hidden
    return found


def grants_of(access: Access) -> QuerySet[Grant]:
    """Leave given to see one kind of record, with its legal basis."""
    access.may_read(Kind.MEMBERS).require()
    return Grant.objects.filter(case=access.case).select_related("membership__user")


def grant_of(access: Access, grant_id: str) -> Grant:
    """One grant; Hidden if it is of another case."""
    found = grants_of(access).filter(pk=grant_id).first()
    if found is None:
        raise Hidden
    return found


def events_of(access: Access) -> QuerySet[Event]:
    """The audit of the case, newest first."""
    access.may_read(Kind.AUDIT).require()
    return Event.objects.filter(case_id=access.case.pk).order_by("-sequence")


def actor_names(events: list[Event]) -> dict[str, str]:
    """Names of the people among these events' actors, as the audit itself holds none."""
    ids = {event.actor.removeprefix("person:") for event in events if "person:" in event.actor}
    people = User.objects.filter(pk__in=ids).values_list("pk", "name")
    return {f"person:{pk}": name for pk, name in people}


def people_to_add(access: Access) -> QuerySet[User]:
    """Active accounts from which members may be chosen."""
    access.may_read(Kind.MEMBERS).require()
    return User.objects.filter(is_active=True)


def agencies_of(access: Access) -> list[Agency]:
    """The agencies of the partnerships whose case it is, for those who read who is on it."""
    access.may_read(Kind.MEMBERS).require()
    return list(Agency.objects.filter(partnership__in=access.case.partnerships.all()))


# What an event speaks of, and which of its columns leads to a name that is no secret on the case.
_NAMED_BY = {
    "cases.membership": "user__name",
    "contributions.agencyrequest": "agency__name",
    "contributions.submission": "request__agency__name",
    "incidents.scopingform": "agency__name",
    "reviews.agencyinscope": "agency__name",
}


def subject_names(access: Access, events: list[Event]) -> dict[str, str]:
    """Names of the people and agencies that these events speak of, by the id they carry."""
    ids = {event.subject for event in events if _ID.fullmatch(event.subject)}
    found: dict[str, str] = {}
    for model, name in _NAMED_BY.items():
        rows = apps.get_model(model)._default_manager.filter(case=access.case, pk__in=ids)
        found |= {str(pk): named for pk, named in rows.values_list("pk", name)}
    return found
