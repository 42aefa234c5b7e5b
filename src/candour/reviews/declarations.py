"""What a proposed reviewer declares, and how it is kept."""

from dataclasses import dataclass
from datetime import date

from candour.engines.statute import independence


@dataclass(frozen=True)
class Declared:
    """What a proposed reviewer declares; every question is answered, none taken as no."""

    engagements: tuple[independence.Engagement, ...]
    case_involvement: independence.CaseInvolvement
    relation: independence.Relation
    commissioner_role: independence.CommissionerRole
    commissioner_until: date | None
    same_board_reviews: int
    published_view: independence.PublishedView


def as_json(declared: Declared) -> dict[str, object]:
    """The declaration as it is kept."""
    until = declared.commissioner_until
    return {
        "engagements": [
            {
                "body": each.body,
                "kind": each.kind,
                "since": each.since.isoformat() if each.since else "",
                "until": each.until.isoformat() if each.until else "",
            }
            for each in declared.engagements
        ],
        "case_involvement": declared.case_involvement.value,
        "relation": declared.relation.value,
        "commissioner_role": declared.commissioner_role.value,
        "commissioner_until": until.isoformat() if until else "",
        "same_board_reviews": declared.same_board_reviews,
        "published_view": declared.published_view.value,
    }


def from_json(held: dict[str, object]) -> Declared:
    """The declaration as it was kept."""
    engagements = held["engagements"]
    assert isinstance(engagements, list)  # noqa: S101 - written by as_json above
    return Declared(
        engagements=tuple(
            independence.Engagement(
                body=each["body"],
                kind=each["kind"],
                since=_day(each["since"]),
                until=_day(each["until"]),
            )
            for each in engagements
        ),
        case_involvement=independence.CaseInvolvement(str(held["case_involvement"])),
        relation=independence.Relation(str(held["relation"])),
        commissioner_role=independence.CommissionerRole(str(held["commissioner_role"])),
        commissioner_until=_day(str(held["commissioner_until"])),
        same_board_reviews=int(str(held["same_board_reviews"])),
        published_view=independence.PublishedView(str(held["published_view"])),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
