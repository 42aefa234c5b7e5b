"""All rule sets together: which one governs a duty on a day."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from candour.engines.statute.rulefiles import SHIPPED, RuleFile, local_rules, read_rule_file
from candour.engines.statute.rulereading import Reading
from candour.engines.statute.rulesets import Duty, InForce, RuleSet, Source
from candour.kernel.errors import Invalid

# Files of the folder that are no rule sets.
_OTHER_FILES = ("sources", "every", "guards", "independence", "calendar")


@dataclass(frozen=True)
class RuleBook:
    """Every rule set, oldest first."""

    sets: tuple[RuleSet, ...]

    def rule_set(self, code: str) -> RuleSet:
        """The rule set with this code.

        Raises Invalid (rule_set_unknown), naming those there are.
        """
        for each in self.sets:
            if each.code == code:
                return each
        known = ", ".join(each.code for each in self.sets)
        raise Invalid(
            "rule_set_unknown",
            f"There is no rule set {code!r}. Choose one of: {known}.",
            "rule_set",
        )

    def in_force(self, on: date, *, duty: Duty, partners_since: date | None = None) -> RuleSet:
        """The rule set that governs `duty` on the day `on`.

        From 29 June 2018 a board went on deciding on serious case reviews until local
        safeguarding-partner arrangements began, at the latest on 29 September 2019;
        `partners_since` is that day. Raises Invalid: partners_since_missing (the day is inside
        those months and not known) or no_rule_set (too early).
        """
        governing = [each for each in self.sets if each.in_force_for(duty).covers(on)]
        if len(governing) > 1:
            return self._before_or_after_switchover(governing, on, partners_since)
        if not governing:
            first = self.sets[0].in_force_for(duty).since
            reason = (
                f"No rule set covers {on.isoformat()}; the first begins on {first.isoformat()}."
            )
            raise Invalid("no_rule_set", reason, "on")
        return governing[0]

    def _before_or_after_switchover(
        self, governing: list[RuleSet], on: date, since: date | None
    ) -> RuleSet:
        if since is None:
            choices = " or ".join(each.code for each in governing)
            reason = (
                f"On {on.isoformat()} {choices} could govern, depending on when local "
                f"safeguarding-partner "
                "arrangements began. Give that day."
            )
            raise Invalid("partners_since_missing", reason, "partners_since")
        return governing[0] if on < since else governing[-1]


def read_rule_book(local: Path | None = None) -> RuleBook:
    """Read the shipped rule sets, with a partnership's own changes from the folder `local` laid
    over them.

    Raises Invalid (rule_file_unreadable, rule_file_invalid) with the file, the place and what to
    put right.
    """
    sources = _sources(read_rule_file("sources.toml", local))
    every = read_rule_file("every.toml", local)
    read = [
        Reading(read_rule_file(name, local), sources, every).rule_set() for name in _names(local)
    ]
    return RuleBook(_ended_by_the_next(sorted(read, key=lambda each: each.notification.since)))


def _names(local: Path | None) -> list[str]:
    paths = [*SHIPPED.glob("*.toml"), *(local.glob("*.toml") if local else ())]
    sets = {
        path.name
        for path in paths
        if path.stem not in _OTHER_FILES and not path.stem.startswith("machine_")
    }
    return sorted(sets)


def _ended_by_the_next(sets: list[RuleSet]) -> tuple[RuleSet, ...]:
    """A rule set that names no last day ends the day before the next one begins, so that a new
    rule set is one new file and no other is touched.
    """
    ended = [
        replace(
            earlier,
            notification=_ended(earlier.notification, later.notification),
            review=_ended(earlier.review, later.review),
        )
        for earlier, later in pairwise(sets)
    ]
    return (*ended, *sets[-1:])


def _ended(earlier: InForce, later: InForce) -> InForce:
    if earlier.until is not None:
        return earlier
    return replace(earlier, until=later.since - timedelta(days=1))


def _sources(file: RuleFile) -> dict[str, Source]:
    return {
        key: Source(key, str(table.get("title", "")), str(table.get("address", "")))
        for key, table in file.table("source").items()
    }


def rule_book() -> RuleBook:
    """The rule sets that stand: those of the product, with the partnership's own laid over them."""
    return _book(local_rules())


@cache
def _book(local: Path | None) -> RuleBook:
    return read_rule_book(local)


def rule_sets() -> tuple[RuleSet, ...]:
    """Every rule set that stands, oldest first."""
    return rule_book().sets


def rule_set(code: str) -> RuleSet:
    """The rule set with this code. Raises Invalid (rule_set_unknown)."""
    return rule_book().rule_set(code)


def rule_set_in_force(on: date, *, duty: Duty, partners_since: date | None = None) -> RuleSet:
    """The rule set that governs `duty` on the day `on`; see RuleBook.in_force for the
    switchover.
    """
    return rule_book().in_force(on, duty=duty, partners_since=partners_since)
