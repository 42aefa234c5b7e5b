"""A case with two agencies' chronologies in force and compared, built once for a module."""

from dataclasses import dataclass

from tests import world

from candour.cases.access import Access
from candour.chronology.models import SameEvent
from candour.chronology.selectors.matching import same_events
from candour.chronology.services.matching import propose_matches
from candour.contributions.models import AgencyRequest, Entry
from candour.contributions.sender import sender_for
from candour.contributions.services.checking import confirm_headings, release
from candour.contributions.services.signing_off import sign_off
from candour.people.roles import Role

CARE = b"""Date,Event,Response
10/04/2014,Core group at the nursery. Two children discussed. Plan continues.,Next core group in May
02/05/2014,Home visit. Letter sent to the health visitor about weight.,Letter filed
"""
HEALTH = b"""Date,Event,Response
11/04/2014,Core group attended. Three children discussed.,Weigh in May
20/06/2014,Clinic: weight steady on the 25th centile.,None
"""


@dataclass
class Compared:
    """A case with the chronologies of two agencies in force, and who may do what."""

    manager: Access
    reviewer: Access
    health: Access
    request: AgencyRequest

    def entry(self, word: str) -> Entry:
        return Entry.objects.get(case=self.manager.case, what__contains=word, in_force=True)

    def proposal(self) -> SameEvent:
        return same_events(self.reviewer).get()


def send(signer: Access, request: AgencyRequest, content: bytes) -> None:
    sender = sender_for(signer, request)
    sent = world.a_return(signer, request, content)
    read = confirm_headings(sender=sender, submission=sent, roles=sent.roles)
    release(sender=sender, held=read.held_back.all(), reason="Part of our record")
    sign_off(sender=sender, submission=read)


def build() -> Compared:
    manager = world.an_incident(name="Sam Fictional")
    asked = {}
    for name, content in (
        ("Testshire Children's Social Care", CARE),
        ("Testshire Health Visiting", HEALTH),
    ):
        asked[name] = world.an_asked_agency(manager, name)
        signer = world.a_signer(manager, asked[name])
        send(signer, asked[name], content)
    reviewer = world.a_member(manager, Role.LEAD_REVIEWER)
    propose_matches(access=reviewer)
    return Compared(manager, reviewer, signer, asked["Testshire Health Visiting"])
