"""Deciding one proposal: by a named person, over the version they saw, with its event."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.versions import locked_for_edit
from candour.chronology.models.matching import Decided
from candour.kernel import clock
from candour.kernel.errors import Hidden

Proposal = TypeVar("Proposal", bound=Decided)


def locked_proposal(
    access: Access, model: type[Proposal], proposal: Proposal, seen_version: int
) -> Proposal:
    """The proposal of this case, locked; Hidden if it is of another, EditedElsewhere if changed."""
    found = model._default_manager.filter(pk=proposal.pk, case=access.case).first()
    if found is None:
        raise Hidden
    return locked_for_edit(found, seen_version)


def decide(
    access: Access, proposal: Proposal, state: Decided.State, why: str, event: str
) -> Proposal:
    """Keep a decision: what, by whom, when and why."""
    proposal.state, proposal.why = state, why
    proposal.decided_by_id = UUID(access.actor.id)
    proposal.decided_at = clock.now()
    proposal.save()
    record(event, by=access.actor, case_id=access.case.pk, subject=str(proposal.pk))
    return proposal
