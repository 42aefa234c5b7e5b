"""Correcting what is known of an incident and its children."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.cases.versions import locked_for_edit
from candour.duties.services import recount
from candour.engines.statute.rulebook import rule_set_in_force
from candour.incidents.facts import checked_facts
from candour.incidents.models import Incident, IncidentChild
from candour.incidents.services.logging import write_when
from candour.incidents.services.noting import note_event
from candour.kernel import clock
from candour.kernel.errors import Invalid
from candour.people.models import Agency


@dataclass(frozen=True)
class CorrectedIncident:
    """What is now known of the incident; its place stays in the identity register."""

    nature: str
    happened: str
    aware_on: date
    outline: str
    place_kind: str
    in_area: str
    outside_england: str
    proceedings: str
    bodies_known: tuple[Agency, ...]


@transaction.atomic
def correct_incident(
    *, access: Access, seen_version: int, corrected: CorrectedIncident
) -> Incident:
    """Correct or complete the incident; a corrected day of awareness counts its clocks again.

    Invalid where that day lies ahead or under other guidance; EditedElsewhere if it moved on.
    """
    access.may_write(Kind.REFERRAL).require()
    locked = locked_for_edit(Incident.objects.get(case=access.case), seen_version)
    _refuse_day(access.case, corrected.aware_on)
    if not corrected.outline.strip():
        raise Invalid("outline_missing", "Say in a few words what is known.", "outline")
    if corrected.aware_on != locked.aware_on:
        for code in ("S1", "C1", "C2", "C3"):
            recount(access=access, code=code, starts=corrected.aware_on)
    _write(locked, corrected)
    note_event(
        access,
        "incidents.incident_corrected",
        locked,
        version=locked.version,
    )
    return locked


def _refuse_day(case: Case, aware_on: date) -> None:
    if aware_on > clock.today():
        raise Invalid(
            "day_ahead", "The day the authority became aware cannot lie ahead.", "aware_on"
        )
    since = case.lead_partnership.arrangements_started_on
    rules = rule_set_in_force(aware_on, duty="notification", partners_since=since)
    if rules.code != case.notification_rule_set:
        raise Invalid(
            "other_rules",
            f"On that day {rules.title} governed the notification, but this case was opened under "
            f"{case.notification_rule_set}. Log the incident again with the right day.",
            "aware_on",
        )


def _write(incident: Incident, corrected: CorrectedIncident) -> None:
    write_when(incident, corrected.happened)
    incident.nature = corrected.nature
    incident.aware_on = corrected.aware_on
    incident.outline = corrected.outline.strip()
    incident.place_kind = corrected.place_kind.strip()
    incident.in_area = corrected.in_area
    incident.outside_england = corrected.outside_england
    incident.proceedings = corrected.proceedings.strip()
    incident.save()
    incident.bodies_known.set(corrected.bodies_known, through_defaults={"case": incident.case})


@transaction.atomic
def correct_facts(
    *,
    access: Access,
    child: IncidentChild,
    seen_version: int,
    age_years: str,
    facts: dict[str, str],
) -> IncidentChild:
    """Correct or complete the facts about a child; which are known then is kept in the audit.

    Invalid, naming the field, where one cannot be understood.
    """
    access.may_write(Kind.REFERRAL).require()
    locked = locked_for_edit(IncidentChild.objects.get(pk=child.pk, case=access.case), seen_version)
    locked.age_years = age_years.strip()
    locked.facts = checked_facts(access.case, locked.age_years, facts)
    locked.save()
    note_event(
        access,
        "incidents.facts_corrected",
        locked,
        version=locked.version,
        known=sorted(locked.facts),
    )
    return locked
