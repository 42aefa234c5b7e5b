"""All rule sets together: which one governs a duty on a day."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from candour.engines.statute.rulefiles import SHIPPED, RuleFile, read_rule_file
from candour.engines.statute.rulereading import Reading
from candour.engines.statute.rulesets import Duty, RuleSet, Source
from candour.kernel.errors import Invalid


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
    names = sorted(path.name for path in SHIPPED.glob("WT*.toml"))
    read = [Reading(read_rule_file(name, local), sources, every).rule_set() for name in names]
    return RuleBook(tuple(sorted(read, key=lambda each: each.notification.since)))


def _sources(file: RuleFile) -> dict[str, Source]:
    return {
        key: Source(key, str(table.get("title", "")), str(table.get("address", "")))
        for key, table in file.table("source").items()
    }


@cache
def shipped() -> RuleBook:
    """The rule sets as they come with the product."""
    return read_rule_book()


def rule_sets() -> tuple[RuleSet, ...]:
    """Every shipped rule set, oldest first."""
    return shipped().sets


def rule_set(code: str) -> RuleSet:
    """The shipped rule set with this code. Raises Invalid (rule_set_unknown)."""
    return shipped().rule_set(code)


def rule_set_in_force(on: date, *, duty: Duty, partners_since: date | None = None) -> RuleSet:
    """The shipped rule set that governs `duty` on the day `on`; see RuleBook.in_force for the
    switchover.
    """
    return shipped().in_force(on, duty=duty, partners_since=partners_since)
