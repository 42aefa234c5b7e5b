"""Logging an incident: the case is opened, identities are sealed, the first clocks start."""

import string
from itertools import chain, count

from django.db import transaction

from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.services import open_case
from candour.duties.services import start_duty
from candour.engines.dates import Context, read_date
from candour.engines.statute.rulebook import rule_set_in_force
from candour.engines.statute.rulesets import RuleSet
from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.identities.services import enter_at_logging
from candour.incidents.details import ChildDetails, IncidentDetails
from candour.incidents.facts import checked_facts
from candour.incidents.first_hours import lay_out_card
from candour.incidents.models import Incident, IncidentChild, Notification
from candour.incidents.services.noting import note_event
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import Invalid
from candour.people.models import Partnership

# Which clocks begin on the day the authority became aware, by rule set, and to whom each is owed.
_FROM_AWARENESS = {
    "S1": "Ofsted and the board",
    "C1": "The national panel",
    "C2": "The safeguarding partners",
}
_SUBJECT = Identity.Relationship.SUBJECT_CHILD


@transaction.atomic
def log_incident(
    *,
    by: Actor,
    partnership: Partnership,
    details: IncidentDetails,
    children: tuple[ChildDetails, ...],
) -> Access:
    """Open a case for an incident and answer with the logging person's access to it.

    Names go straight into the sealed register. The rule sets are those in force on the day the
    authority became aware (notification) and today (review). Invalid when no child is given, the
    day of awareness lies ahead, or there is no outline.
    """
    _refuse_incomplete(details, children)
    notify, review = _rule_sets(partnership, details)
    access = open_case(
        by=by,
        partnership=partnership,
        regime=review.regime.value,
        rule_set=review.code,
        notification_rule_set=notify.code,
    )
    incident = _incident(access, details)
    for child in children:
        _child(access, incident, child)
    lay_out_card(access.case)
    Notification.objects.create(case=access.case)
    _start_clocks(access, details, notify)
    _start_clock_of_looked_after(access, details, notify)
    note_event(
        access,
        "incidents.logged",
        incident,
    )
    return access


def _refuse_incomplete(details: IncidentDetails, children: tuple[ChildDetails, ...]) -> None:
    if not any(child.relationship == _SUBJECT for child in children):
        raise Invalid("child_missing", "Enter at least one child to whom it happened.", "children")
    _refuse_twins_of_paper(children)
    if details.nature not in Incident.Nature.values:
        raise Invalid("nature_missing", "Say what happened to the child.", "nature")
    if not details.happened.strip():
        raise Invalid(
            "happened_missing", "Say when it happened, or that it is not known.", "happened"
        )
    if details.aware_on > clock.today():
        raise Invalid(
            "day_ahead", "The day the authority became aware cannot lie ahead.", "aware_on"
        )
    if not details.outline.strip():
        raise Invalid("outline_missing", "Say in a few words what is known.", "outline")


def _refuse_twins_of_paper(children: tuple[ChildDetails, ...]) -> None:
    """The same name without two days of birth that differ is one person listed twice."""
    seen: dict[str, set[str]] = {}
    for child in children:
        for name in {" ".join(form.split()).casefold() for form in child.real.forms} - {""}:
            born = seen.setdefault(name, set())
            if born and (not child.real.born or born & {"", child.real.born}):
                raise Invalid(
                    "child_twice",
                    "The same person is entered twice. Take one out, or tell them apart: by their "
                    "days of birth, or by a word after the name, such as “senior”.",
                    "children",
                )
            born.add(child.real.born)


def _rule_sets(partnership: Partnership, details: IncidentDetails) -> tuple[RuleSet, RuleSet]:
    since = partnership.arrangements_started_on
    notify = rule_set_in_force(details.aware_on, duty="notification", partners_since=since)
    return notify, rule_set_in_force(clock.today(), duty="review", partners_since=since)


def _incident(access: Access, details: IncidentDetails) -> Incident:
    incident = Incident(
        case=access.case,
        nature=details.nature,
        aware_on=details.aware_on,
        place_kind=details.place_kind.strip(),
        place=_place(access, details.place),
        outline=details.outline.strip(),
        in_area=details.in_area,
        outside_england=details.outside_england,
        proceedings=details.proceedings.strip(),
    )
    write_when(incident, details.happened)
    incident.save()
    incident.bodies_known.set(details.bodies_known, through_defaults={"case": incident.case})
    return incident


def write_when(incident: Incident, happened: str) -> None:
    """Keep when it happened as it was told, with what was understood by it, if anything."""
    read = read_date(happened, Context(as_of=clock.today()))
    incident.happened_raw = happened.strip()
    incident.happened_edtf = read.edtf or ""
    incident.happened_earliest, incident.happened_latest = read.earliest, read.latest


def _place(access: Access, place: str) -> Identity | None:
    if not place.strip():
        return None
    return enter_at_logging(
        case=access.case,
        by=access.actor,
        kind=Identity.Kind.PLACE,
        relationship=Identity.Relationship.NOT_A_PERSON,
        pseudonym="Place of the incident",
        real=RealIdentity(forms=(place,)),
    )


def _child(access: Access, incident: Incident, child: ChildDetails) -> None:
    identity = enter_at_logging(
        case=access.case,
        by=access.actor,
        kind=Identity.Kind.PERSON,
        relationship=child.relationship,
        pseudonym=child.pseudonym.strip() or _free_pseudonym(access.case, child),
        real=child.real,
    )
    if child.relationship != _SUBJECT:
        return
    IncidentChild.objects.create(
        case=access.case,
        incident=incident,
        identity=identity,
        age_years=child.age_years.strip(),
        facts=checked_facts(access.case, child.age_years, child.facts),
    )


def _free_pseudonym(case: Case, child: ChildDetails) -> str:
    """ "Child G", "Sibling 2" or "Mother": free on this case, and no initial of a child's name."""
    taken = set(Identity.objects.filter(case=case).values_list("pseudonym", flat=True))
    if child.relationship != _SUBJECT:
        return _numbered(Identity.Relationship(child.relationship), taken)
    taken |= _labels_of(case.lead_partnership)
    initials = {word[:1].upper() for form in child.real.forms for word in form.split()}
    letters = [letter for letter in string.ascii_uppercase if letter not in initials | {"I", "O"}]
    # Start from a letter that depends on the case, so that labels do not all begin with A.
    start = case.pk.int % len(letters)
    ordered = letters[start:] + letters[:start]
    labels = chain(ordered, (f"{first}{second}" for first in ordered for second in letters))
    return next(f"Child {label}" for label in labels if f"Child {label}" not in taken)


def _labels_of(partnership: Partnership) -> set[str]:
    """Labels of children on the partnership's other cases, so that two are not mixed up."""
    children = Identity.objects.filter(
        case__lead_partnership=partnership, relationship=Identity.Relationship.SUBJECT_CHILD
    )
    return set(children.values_list("pseudonym", flat=True))


def _numbered(relationship: Identity.Relationship, taken: set[str]) -> str:
    sibling = relationship is Identity.Relationship.SIBLING
    word = "Sibling" if sibling else relationship.label
    alone = [] if sibling else [word]
    wanted = chain(alone, (f"{word} {number}" for number in count(1 if sibling else 2)))
    return next(pseudonym for pseudonym in wanted if pseudonym not in taken)


def _start_clocks(access: Access, details: IncidentDetails, notify: RuleSet) -> None:
    known = {each.code for each in notify.clocks}
    for code, owed_to in _FROM_AWARENESS.items():
        if code in known:
            start_duty(
                access=access,
                code=code,
                starts=details.aware_on,
                owed_by="The local authority",
                owed_to=owed_to,
                rules=notify.code,
            )


def _start_clock_of_looked_after(access: Access, details: IncidentDetails, rules: RuleSet) -> None:
    """C3: the death of a looked-after child or care leaver is told to the Department and Ofsted."""
    owed = any(
        {"looked_after", "care_leaver"}
        & {name for name, told in child.facts.items() if told == "yes"}
        for child in IncidentChild.objects.filter(case=access.case)
        if child.facts.get("outcome") == "death"
    )
    if owed and any(each.code == "C3" for each in rules.clocks):
        start_duty(
            access=access,
            code="C3",
            starts=details.aware_on,
            owed_by="The local authority",
            owed_to="The Secretary of State and Ofsted",
            rules=rules.code,
        )
