"""Who keeps the archive: librarians by standing appointment, and nobody else."""

from candour.kernel.actor import Actor, ActorKind
from candour.kernel.decision import Allowed, Decision, Denied
from candour.library.models import Intake, Withdrawal
from candour.people.roles import Role
from candour.people.selectors import holds

WAYS_TO_HOLD = (
    ("deposit", "Its publisher deposited it here"),
    ("licence", "A licence allows it; the licence and where it was seen are recorded"),
    ("none", "Neither: hold no text"),
)


def may_keep(actor: Actor) -> Decision:
    """May the actor work at the librarian's desk?"""
    if actor.kind is ActorKind.SYSTEM or holds(actor, Role.LIBRARIAN):
        return Allowed()
    return Denied("actor_not_permitted", "The archive is looked after by its librarians.")


def in_the_way(intake: Intake) -> list[Denied]:
    """Everything that stands between a file and the public; a fact that is absent refuses."""
    facts = intake.facts
    found = []
    if intake.state != Intake.State.READ:
        found.append(Denied("not_read", "The file has not been read, or has been settled."))
    if not intake.looked_at:
        found.append(Denied("names_not_looked_at", "Nobody has looked for identities yet."))
    if intake.stopped:
        found.append(
            Denied(
                "names_stopped",
                "Strings were marked that must not be public. Ask the publisher for a file "
                "without them and take that in.",
            )
        )
    if not facts:
        found.append(Denied("facts_missing", "The catalogue record is not written."))
    elif facts.get("basis") not in ("deposit", "licence"):
        found.append(
            Denied("no_right_to_hold", "No deposit and no licence is recorded for this text.")
        )
    elif facts["basis"] == "licence" and not (facts["licence"] and facts["licence_evidence"]):
        found.append(Denied("licence_missing", "Name the licence, and where it was seen."))
    return found


def may_approve(intake: Intake) -> Decision:
    """May this file go into the archive as it stands?"""
    return next(iter(in_the_way(intake)), Allowed())


def may_carry_out(actor: Actor, withdrawal: Withdrawal) -> Decision:
    """May this librarian take the review out of the archive, as another asked?"""
    if not (kept := may_keep(actor)):
        return kept
    if withdrawal.outcome != Withdrawal.Outcome.OPEN:
        return Denied("settled", "This has been carried out or refused already.")
    if withdrawal.reason_class in Withdrawal.URGENT or str(withdrawal.asked_by_id) != actor.id:
        return Allowed()
    return Denied(
        "second_person_missing",
        "You asked for this yourself. Another librarian looks at the order and carries it out.",
    )
