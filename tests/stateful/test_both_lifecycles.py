"""Both lifecycles as a game against a plain model: anybody tries anything, on whatever facts.

The model reads the rule files by itself and knows nothing of the engine: a step is allowed when the
file has it, the person is named for it and one way of every guard holds. After every try the case
must stand where the model stands, its history must be whole, and nothing may have been lost.

500 tries in the normal run; `make nightly` plays at least 20,000 on each database.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests import world
from tests.process import good_facts

from candour.audit.models import Event
from candour.cases.access import Access
from candour.cases.models import Membership
from candour.cases.permissions import PROCESS_ACTORS
from candour.duties.models import Duty, Status
from candour.duties.services import start_duty
from candour.duties.states import move, state_of
from candour.engines.statute.machines import machine
from candour.kernel import clock
from candour.kernel.errors import WrongState
from candour.people.models import User
from candour.people.roles import Role
from candour.reviews import services as reviews
from candour.reviews.models import HeldActivity, ParallelProceeding

TRIES = int(os.environ.get("CANDOUR_LIFECYCLE_TRIES", "500"))
A_GAME = 50
RULES = Path(__file__).parents[2] / "src/candour/engines/statute/rules"
GUARDS: dict[str, Any] = tomllib.loads((RULES / "guards.toml").read_text("utf-8"))["guard"]
# What counts as "no" where a fact is given.
NO = ("", "no", "none", "false", "missing", "pending", "outstanding", "unknown", "absent")
PLAYERS = (
    Role.NOTIFIER,
    Role.SUB_GROUP,
    Role.CHAIR,
    Role.LEAD_PARTNER,
    Role.LEAD_REVIEWER,
    Role.LEGAL_ADVISER,
    Role.ACTION_OWNER,
    Role.PANEL_ADVISER,
)
_played: dict[str, int] = {"tries": 0}
_users: dict[Role, User] = {}


class PlainModel:
    """A case as the rule file alone would have it."""

    def __init__(self, code: str) -> None:
        text = (RULES / f"machine_{code.lower()}.toml").read_text("utf-8")
        self.steps: list[dict[str, Any]] = tomllib.loads(text)["step"]
        self.tracks = {
            target: each.get("track", "") for each in self.steps for target in each["to"]
        }
        self.state = self.steps[0]["from"][0]
        self.beside = ""
        self.moves = 0

    def source(self, target: str) -> str:
        return (self.beside or self.state) if self.tracks.get(target) else self.state

    def refusal(self, target: str, actors: set[str], facts: Mapping[str, str]) -> str:
        """The code with which the step is refused; blank where it is allowed."""
        source = self.source(target)
        step = next((s for s in self.steps if source in s["from"] and target in s["to"]), None)
        if step is None:
            return "no_such_transition"
        if not actors & set(step["who"]):
            return "actor_not_permitted"
        for name in step.get("needs", []):
            guard = GUARDS[name]
            if not any(all(holds(f, w, facts) for f, w in way.items()) for way in guard["any"]):
                return str(guard["code"])
        return ""

    def go(self, target: str) -> None:
        self.moves += 1
        if self.tracks[target]:
            self.beside = target
        else:
            self.state = target


def holds(fact: str, wanted: Any, facts: Mapping[str, str]) -> bool:
    """Does one condition of a guard hold? Only what the tries below can bring about."""
    value = facts.get(fact, "").strip().casefold()
    if fact == "rule_set":
        return False  # both games are played under rules that ask for everything
    if not value:
        return False
    refused = value in NO or value.startswith(("not_", "no_"))
    if wanted == "given":
        return not refused
    if wanted == "refuted":
        return refused
    if wanted == "complete":
        done, stroke, whole = value.partition("/")
        return done == whole if stroke else not refused
    if isinstance(wanted, list):
        return value in wanted
    ((kind, values),) = wanted.items()
    match kind:
        case "none_of":
            return value not in values and not refused
        case "includes":
            return set(values) <= set(value.split(","))
        case "at_most":
            return value.isdecimal() and int(value) <= 24
    return value >= "2018-03-01"  # from_clock: the good day is late enough, the bad one is not


class Lifecycle(RuleBasedStateMachine):
    """One case, its people, and the plain model beside it."""

    code: ClassVar[str] = "SCR"
    rule_set: ClassVar[str] = "WT2015"

    @initialize()
    def open_a_case(self) -> None:
        self.model = PlainModel(self.code)
        self.process = machine(self.code)
        self.manager = world.a_case(regime=self.code, rule_set=self.rule_set)
        self.people: list[Access] = [self.manager, *(self._player(role) for role in PLAYERS)]
        self.trial = reviews.record_proceeding(
            access=self.manager,
            kind=ParallelProceeding.Kind.CRIMINAL,
            now=reviews.Stands("Charged"),
        )
        clock_code = "S6" if self.code == "SCR" else "C6"
        start_duty(
            access=self.manager,
            code=clock_code,
            starts=clock.today(),
            owed_by="The board",
            owed_to="The public",
        )

    def _player(self, role: Role) -> Access:
        """The same people play every game; each is put on the case of this one."""
        user = _users.get(role)
        if user is None or not User.objects.filter(pk=user.pk).exists():
            user = _users[role] = world.a_user(f"{role.label} Example")
        Membership.objects.create(
            case=self.manager.case,
            user=user,
            role=role,
            partner_body="police" if role is Role.LEAD_PARTNER else "",
            granted_by_id=self.manager.actor.id,
        )
        return world.access_for(user, self.manager.case)

    @rule(data=st.data())
    def take_a_step_that_leads_on(self, data: st.DataObject) -> None:
        """With everything on record, by whoever is named for it."""
        onward = [
            step
            for step in self.process.transitions
            if step.source == self.model.source(step.target)
        ]
        if not onward:
            return
        step = data.draw(st.sampled_from(onward))
        actor = step.actors[0]
        named = [p for p in self.people if p.roles & PROCESS_ACTORS.get(actor, frozenset())]
        if named:
            self._try(named[0], step.target, good_facts(step))

    @rule(data=st.data())
    def take_a_step_with_something_amiss(self, data: st.DataObject) -> None:
        """A fact missing, blank or against it; anybody; any state."""
        step = data.draw(st.sampled_from(self.process.transitions))
        facts = dict(good_facts(step))
        for fact in sorted(facts):
            change = data.draw(st.sampled_from(["", "", "", "drop", "blank", "no"]))
            if change == "drop":
                del facts[fact]
            elif change:
                facts[fact] = {"blank": " ", "no": "no"}[change]
        self._try(data.draw(st.sampled_from(self.people)), step.target, facts)

    @rule(data=st.data())
    def try_a_state_that_is_no_state(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(self.people))
        self._try(person, data.draw(st.sampled_from(["CLOSED", "DELETED", ""])), {})

    @precondition(lambda self: self.model.state in ("IN_REVIEW", "CONSTRAINED"))
    @rule()
    def hold_back_an_activity(self) -> None:
        _played["tries"] += 1
        reviews.hold_activity(
            access=self.manager,
            proceeding=self.trial,
            waiting=reviews.Waiting(
                kind=HeldActivity.Kind.CONVERSATION,
                activity="Speaking to witness 3",
                reason="The trial",
                agreed_with="The prosecutor",
                interim_learning="Handover notes are read at each shift",
                held_on=clock.today(),
            ),
        )
        if self.model.state == "IN_REVIEW" and self.code == "SCR":
            self.model.go("CONSTRAINED")

    @precondition(lambda self: self.model.state == "CONSTRAINED")
    @rule()
    def let_every_activity_go_on(self) -> None:
        _played["tries"] += 1
        waiting = HeldActivity.objects.filter(case=self.manager.case, lifted_on__isnull=True)
        for held in waiting:
            reviews.lift_activity(
                access=self.manager,
                held=held,
                seen_version=held.version,
                lifted_on=clock.today(),
                reasons="The verdict is given",
            )
        if waiting.model.objects.filter(case=self.manager.case).exists() and self._went_on():
            self.model.go("IN_REVIEW")

    def _went_on(self) -> bool:
        """A case constrained by a bare step has nothing to lift, and stays."""
        return state_of(self.manager.case) == "IN_REVIEW"

    def _try(self, person: Access, target: str, facts: Mapping[str, str]) -> None:
        _played["tries"] += 1
        actors = {actor for actor, roles in PROCESS_ACTORS.items() if roles & person.roles}
        expected = self.model.refusal(target, actors, facts)
        events = Event.objects.filter(case_id=self.manager.case.pk, name="duties.moved")
        before = events.count()
        try:
            move(access=person, target=target, facts=facts)
        except WrongState as refusal:
            assert refusal.code == expected, f"{refusal.code} instead of {expected or 'allowed'}"
            assert refusal.reason
            assert events.count() == before
        else:
            assert expected == "", f"allowed, though the file says {expected}"
            assert events.count() == before + 1
            self.model.go(target)

    @invariant()
    def the_case_stands_where_the_model_stands(self) -> None:
        if not hasattr(self, "model"):
            return
        case = self.manager.case
        assert state_of(case) == self.model.state
        if self.model.beside:
            assert state_of(case, "actions") == self.model.beside

    @invariant()
    def its_history_is_whole_and_no_clock_was_stopped(self) -> None:
        if not hasattr(self, "model"):
            return
        rows = Status.objects.filter(case=self.manager.case)
        assert rows.count() == self.model.moves
        for code in {self.code, "actions"}:
            orders = list(rows.filter(machine=code).values_list("order", flat=True))
            assert orders == list(range(1, len(orders) + 1))
        assert Duty.objects.filter(case=self.manager.case, fulfilled_at__isnull=True).exists()


class Practice(Lifecycle):
    """The process since 2018."""

    code = "CSPR"
    rule_set = "WT2023"


@pytest.mark.django_db
@pytest.mark.parametrize("lifecycle", [Lifecycle, Practice], ids=["SCR", "CSPR"])
def test_a_case_moves_as_the_rule_files_say_and_in_no_other_way(
    lifecycle: type[Lifecycle],
) -> None:
    wanted = TRIES // 2
    _played["tries"] = 0
    while _played["tries"] < wanted:
        games = max(4, (wanted - _played["tries"]) // A_GAME)
        run_state_machine_as_test(
            lifecycle,
            settings=settings(
                max_examples=games,
                stateful_step_count=A_GAME,
                deadline=None,
                database=None,
                derandomize=TRIES == 500,
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert _played["tries"] >= wanted
