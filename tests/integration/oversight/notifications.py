"""Many notifications on one desk, as papers would have left them; the same for the same seed."""

from datetime import date, timedelta
from random import Random

from candour.oversight.counting import AGES, PLACEMENTS
from candour.oversight.models import Ground, NationalBody, Notified, NotifiedChild
from candour.people.models import Partnership
from candour.people.roles import Region


def fill_desk(
    desk: NationalBody, count: int, partnerships: int = 5, first: int = 2005, years: int = 20
) -> None:
    """So many incidents, spread over years, regions and outcomes."""
    dice = Random(7)
    homes = Partnership.objects.bulk_create(
        Partnership(name=f"Partnership {number}", short_name=f"P{number}")
        for number in range(partnerships)
    )
    rows = [_row(dice, desk, homes, number, first, years) for number in range(count)]
    Notified.objects.bulk_create(rows, batch_size=1000)
    NotifiedChild.objects.bulk_create(
        (
            NotifiedChild(
                desk=desk,
                notified=row,
                age_band=dice.choice(AGES)[0],
                placement=dice.choice(PLACEMENTS)[0],
            )
            for row in rows
            for _ in range(dice.choice((1, 1, 1, 2)))
        ),
        batch_size=1000,
    )
    Ground.objects.bulk_create(
        (
            Ground(desk=desk, notified=row, code=f"g{at}", words=f"Ground {at}", finding="met")
            for row in rows
            for at in range(dice.randrange(3))
        ),
        batch_size=1000,
    )


def _row(
    dice: Random, desk: NationalBody, homes: list[Partnership], number: int, first: int, years: int
) -> Notified:
    home = dice.choice(homes)
    notified = date(first, 1, 1) + timedelta(days=dice.randrange(365 * years))
    outcome = dice.choice(("review", "none", "none", "other", ""))
    decided = notified + timedelta(days=dice.randrange(10, 40)) if outcome else None
    published = None
    if decided and outcome == "review" and dice.random() < 0.7:
        published = decided + timedelta(days=dice.randrange(150, 900))
    return Notified(
        desk=desk,
        sender=home,
        sender_name=home.name,
        region=dice.choice(Region.values),
        case_reference=f"CR-{number:08}",
        nature=dice.choice(("DEATH", "SERIOUS_HARM", "SERIOUS_HARM", "OTHER")),
        incident_on=notified - timedelta(days=dice.randrange(1, 9)),
        notified_on=notified,
        rapid_review_due_on=notified + timedelta(days=21),
        rapid_review_on=notified + timedelta(days=dice.randrange(15, 30)),
        outcome=outcome,
        decided_on=decided,
        publication="published" if published else "",
        published_on=published,
        standing=dice.choice(Notified.Standing.values),
        challenges=dice.choice((0, 0, 0, 1, 2)),
    )
