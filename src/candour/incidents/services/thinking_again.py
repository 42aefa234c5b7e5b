"""Thinking again because the national panel asks: the reply and the new decision, in one act."""

from datetime import date

from django.db import transaction

from candour.cases.access import Access
from candour.incidents.models import Recommendation, ReviewDecision
from candour.incidents.services.decision import decide
from candour.incidents.services.panel import open_challenge, reply_to_panel
from candour.kernel.errors import WrongState


@transaction.atomic
def decide_again(
    *,
    access: Access,
    reply: str,
    replied_on: date,
    outcome: Recommendation.Outcome,
    reasons: str,
    dissent: str = "",
    override_reasons: str = "",
    alternative: str = "",
    decided_on: date | None = None,
) -> ReviewDecision:
    """The Chair replies to the challenge and decides anew; the earlier decision stays to be read.

    Both or neither: a reply without the decision it announces would be on record alone.
    """
    letter = open_challenge(access.case)
    if letter is None:
        raise WrongState("already_answered", "No challenge of the panel waits for a reply.")
    reply_to_panel(access=access, letter=letter, reply=reply, replied_on=replied_on)
    return decide(
        access=access,
        outcome=outcome,
        reasons=reasons,
        dissent=dissent,
        override_reasons=override_reasons,
        alternative=alternative,
        decided_on=decided_on,
    )
