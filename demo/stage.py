"""Playing a scene: somebody acts, on a day, through the real services."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

from candour.cases.access import Access, access_by_id
from candour.cases.services import give_membership
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.people.models import Agency
from candour.people.roles import PartnerBody, Role
from candour.platform.acting import acting
from demo.people import Company


@contextmanager
def scene(company: Company, key: str, day: date, hour: int = 10) -> Iterator[Actor]:
    """Stand at an hour of a day as one of the cast."""
    actor = company.actor(key)
    with clock.standing_at(datetime.combine(day, time(hour), clock.LONDON)), acting(actor):
        yield actor


@dataclass(frozen=True)
class Stage:
    """One case on which the cast act."""

    company: Company
    case_id: uuid.UUID

    @contextmanager
    def scene(self, key: str, day: date, hour: int = 10) -> Iterator[Access]:
        """The same, with this person's access to the case."""
        with scene(self.company, key, day, hour) as actor:
            yield access_by_id(actor, self.case_id)

    def bring(
        self,
        key: str,
        role: Role,
        day: date,
        reason: str,
        agency: Agency | None = None,
        body: PartnerBody | None = None,
    ) -> None:
        """The business manager puts somebody on the case."""
        with self.scene("manager", day, 9) as access:
            give_membership(
                access=access,
                user=self.company.users[key],
                role=role,
                reason=reason,
                agency=agency,
                partner_body=body,
            )
