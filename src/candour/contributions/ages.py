"""Whose age a date cell may speak of: "when she was 18 weeks old" needs the right child."""

from candour.cases.models import Case
from candour.cases.sealing import Opener
from candour.identities.models import Identity
from candour.identities.sealed import opened_identity


def people_with_birth_dates(case: Case) -> list[dict[str, object]]:
    """The people of the register whose birth date is known, the subject child first.

    With their names, which go to the reading process alone: without them an age would be counted
    from the subject child's birth, whoever is meant.
    """
    opener = Opener(case)
    people = Identity.objects.filter(case=case, kind=Identity.Kind.PERSON).order_by("pseudonym")
    told = [_told(opener, person) for person in people]
    subject = Identity.Relationship.SUBJECT_CHILD.label.lower()
    return sorted(
        (person for person in told if person["born"]),
        key=lambda person: person["relationship"] != subject,
    )


def _told(opener: Opener, person: Identity) -> dict[str, object]:
    real = opened_identity(opener, person)
    first, *others = real.forms
    return {
        "id": str(person.pk),
        "relationship": Identity.Relationship(person.relationship).label.lower(),
        "name": first,
        "nicknames": others,
        "born": real.born,
    }
