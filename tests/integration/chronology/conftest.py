"""A case with the chronologies of two agencies signed off, one query answered."""

from dataclasses import dataclass

import pytest
from tests import world

from candour.cases.access import Access
from candour.chronology.selectors import chronology, lines_among
from candour.contributions.models import Entry, EntryQuery
from candour.contributions.sender import sender_for
from candour.contributions.services.checking import (
    answer_query,
    confirm_headings,
    leave_query,
    release,
)
from candour.contributions.services.signing_off import sign_off
from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.identities.services import enter
from candour.people.roles import Role

POLICE = b"""Date,Time,Event,Response
03/03/2014,16:25,"Sam Fictional seen in the street, =HYPERLINK(1)",Advice given
March 2014,,Several calls to the address,None
05/03/2014,,Officer spoke with Ms Fictional,Notice sent to social care
in the spring?? or so,,Neighbour rang,None
"""
HEALTH = b"""Date,Event,Comment
04/03/2014,Sam seen in the street by the health visitor,Discussed in supervision
on a day nobody wrote down,Missed appointment,
"""


@dataclass
class Review:
    """The people of the case, and its entries by a word in them."""

    manager: Access
    reviewer: Access
    police: Access
    health: Access

    def sub_group(self) -> Access:
        """Somebody who reads the chronology and may not write it."""
        return world.a_member(self.manager, Role.SUB_GROUP)

    def entry(self, word: str) -> Entry:
        return Entry.objects.get(case=self.manager.case, what__contains=word)


@pytest.fixture
def review(db: None) -> Review:
    manager = world.an_incident(name="Sam Fictional")
    child = Identity.objects.get(case=manager.case, relationship="subject_child")
    enter(
        access=manager,
        kind=Identity.Kind.PERSON,
        relationship=Identity.Relationship.MOTHER,
        pseudonym="Mother",
        real=RealIdentity(forms=("Ms Fictional", "Jo Fictional")),
    )
    assert child.pseudonym != "Sam"
    signers = []
    for name, content in (("Testshire Police", POLICE), ("Testshire Health", HEALTH)):
        request = world.an_asked_agency(manager, name)
        signer = world.a_signer(manager, request)
        sender = sender_for(signer, request)
        sent = world.a_return(signer, request, content)
        read = confirm_headings(sender=sender, submission=sent, roles=sent.roles)
        release(sender=sender, held=read.held_back.all(), reason="Part of our record")
        for query in EntryQuery.objects.filter(entry__submission=read):
            if "Missed" in query.entry.what:
                answer_query(
                    sender=sender, query=query, answer="The diary says so", date_text="06/03/2014"
                )
            else:
                leave_query(sender=sender, query=query, reason="The record says no more")
        sign_off(sender=sender, submission=read)
        signers.append(signer)
    return Review(manager, world.a_member(manager, Role.LEAD_REVIEWER), *signers)


def lines(access: Access, *entries: Entry):  # type: ignore[no-untyped-def]
    """The lines of these entries, as the pages get them."""
    return lines_among(access, chronology(access), [str(entry.pk) for entry in entries])
