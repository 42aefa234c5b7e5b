"""What a person logging an incident tells, before anything is stored."""

from dataclasses import dataclass, field
from datetime import date

from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.people.models import Agency


@dataclass(frozen=True)
class ChildDetails:
    """A child of the incident, or somebody else in the family, and who it really is.

    Only a subject child has `age_years` and `facts`, on which the law turns: names and values of
    the statutory inputs (`abuse_neglect`, `looked_after`), without those that are not known.
    `pseudonym` may be blank: one is then proposed that does not give away an initial.
    """

    real: RealIdentity
    relationship: Identity.Relationship = Identity.Relationship.SUBJECT_CHILD
    pseudonym: str = ""
    age_years: str = ""
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class IncidentDetails:
    """What is known of the incident. `happened` is as people say it: "night of 3 to 4 May"."""

    nature: str
    happened: str
    aware_on: date
    outline: str
    place_kind: str = ""
    place: str = ""
    in_area: str = "unknown"
    outside_england: str = "unknown"
    bodies_known: tuple[Agency, ...] = ()
    proceedings: str = ""
