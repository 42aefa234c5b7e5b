"""Where a case stands, and moving it on: the machine is data in `candour.engines.statute`."""

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case, HandOver
from candour.cases.permissions import PROCESS_ACTORS
from candour.duties.models import Status
from candour.engines.statute.guards import Facts
from candour.engines.statute.machines import Machine, can, machine
from candour.engines.statute.rulebook import rule_set
from candour.kernel import clock
from candour.kernel.decision import Allowed, Decision, Denied
from candour.kernel.errors import WrongState


def state_of(case: Case, track: str = "") -> str:
    """The present state of the case in its own machine; where it begins if it never moved.

    On a `track` that has not begun, such as "actions", it is the state of the review itself.
    """
    held = Status.objects.filter(case=case, machine=track or case.regime)
    last = held.order_by("-order").first()
    if last:
        return last.state
    return state_of(case) if track else _machine_of(case).states[0]


def may_move(
    access: Access, target: str, facts: Facts, on_behalf_of: str | None = None
) -> Decision:
    """May this person take the case to `target` now, with these facts on record?

    `on_behalf_of` names whose step it is where another body's act is filed, such as a letter of
    the national panel; the caller has then decided whether this person may file it.
    """
    case = access.case
    rules, machine = rule_set(case.rule_set), _machine_of(case)
    source = state_of(case, machine.track_of(target))
    answer: Decision = Denied(
        "actor_not_permitted", "Your role on this case takes no step in this process."
    )
    for actor in [on_behalf_of] if on_behalf_of else _process_actors(access):
        answer = can(machine, source, target, actor, facts, rules)
        if isinstance(answer, Allowed) or answer.code != "actor_not_permitted":
            return answer
    return answer


@transaction.atomic
def move(
    *,
    access: Access,
    target: str,
    facts: Facts,
    reasons: str = "",
    on_behalf_of: str | None = None,
) -> Status:
    """Take the case to `target`; WrongState with the machine's own code and reason if not now."""
    Case.objects.select_for_update().get(pk=access.case.pk)
    may_move(access, target, facts, on_behalf_of).require(WrongState)
    code = _machine_of(access.case).track_of(target) or access.case.regime
    status = Status.objects.create(
        case=access.case,
        machine=code,
        state=target,
        entered_at=clock.now(),
        by_id=access.actor.id,
        reasons=reasons,
        order=Status.objects.filter(case=access.case, machine=code).count() + 1,
    )
    record(
        "duties.moved", by=access.actor, case_id=access.case.pk, subject=str(status.pk), to=target
    )
    return status


def _machine_of(case: Case) -> Machine:
    return machine(case.regime)


def _process_actors(access: Access) -> list[str]:
    own = [actor for actor, roles in PROCESS_ACTORS.items() if roles & access.roles]
    return [*own, *_in_place_of_the_board(access, own)]


def _in_place_of_the_board(access: Access, own: list[str]) -> list[str]:
    """Where partners finish a board's review, they do what the Chair and the board would have."""
    if "safeguarding_partners" not in own or access.case.regime != Case.Regime.SCR:
        return []
    return ["chair", "board"] if HandOver.objects.filter(case=access.case).exists() else []
