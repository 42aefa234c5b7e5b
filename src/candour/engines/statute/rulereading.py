"""Turning the tables of a rule file into a rule set, refusing anything that is not understood."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from candour.engines.statute.criteria import TESTS
from candour.engines.statute.rulefiles import RuleFile, Table
from candour.engines.statute.rulesets import (
    Basis,
    Clock,
    Criterion,
    InForce,
    NotificationGround,
    Regime,
    ReviewGround,
    ReviewOutcome,
    RuleSet,
    Setting,
    SettingValue,
    Source,
)

UNITS = ("wd", "days", "months", "hours")
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class Row:
    """One table of a rule file, read value by value with its place known."""

    file: RuleFile
    where: str
    table: Table
    sources: Mapping[str, Source]

    def text(self, key: str, default: str | None = None) -> str:
        """A text value; required unless there is a default."""
        value = self.table.get(key, default)
        if not isinstance(value, str):
            raise self.file.fault(self.where, f"{key} must be text")
        return value

    def day(self, key: str) -> date | None:
        """A date, or None where there is none."""
        value = self.table.get(key)
        if value is not None and not isinstance(value, date):
            raise self.file.fault(self.where, f"{key} must be a date, for example 2015-03-26")
        return value

    def number(self, key: str) -> int | None:
        """A whole number, or None where there is none."""
        value = self.table.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise self.file.fault(self.where, f"{key} must be a whole number")
        return value

    def names(self, key: str) -> tuple[str, ...]:
        """A list of names, empty where there is none."""
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.file.fault(self.where, f"{key} must be a list of names")
        return tuple(value)

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        """One of a closed set of values."""
        value = self.table.get(key)
        if value not in list(kind):
            raise self.file.fault(self.where, f"{key} must be one of {', '.join(kind)}")
        return kind(str(value))

    def ways(self) -> tuple[tuple[str, ...], ...]:
        """The ways in which a ground can be met: a list of lists of tests."""
        value = self.table.get("ways")
        if not isinstance(value, list) or not all(isinstance(way, list) and way for way in value):
            raise self.file.fault(self.where, "ways must be a list of lists of tests")
        return tuple(tuple(str(test) for test in way) for way in value)

    @property
    def basis(self) -> Basis:
        """How far to trust this rule."""
        return self.choice("basis", Basis)

    @property
    def source(self) -> Source:
        """Where this rule was read."""
        key = self.text("source")
        if key not in self.sources:
            raise self.file.fault(self.where, f"source {key!r} is not in sources.toml")
        return self.sources[key]


@dataclass(frozen=True)
class Reading:
    """Reads one rule set; `every` holds the clocks that all rule sets share."""

    file: RuleFile
    sources: Mapping[str, Source]
    every: RuleFile

    def rule_set(self) -> RuleSet:
        """The rule set in the file. Raises Invalid (rule_file_invalid)."""
        head = Row(self.file, "the head of the file", self.file.contents, self.sources)
        periods = self._periods()
        criteria = tuple(self._criterion(code, row) for code, row in self._rows("criterion"))
        known = frozenset(TESTS) | {criterion.code for criterion in criteria}
        return RuleSet(
            code=head.text("code"),
            title=head.text("title"),
            regime=head.choice("regime", Regime),
            summary=head.text("summary"),
            notification=periods["notification"],
            review=periods["review"],
            criteria=criteria,
            review_grounds=tuple(
                self._review_ground(code, row, known) for code, row in self._rows("review")
            ),
            notification_grounds=tuple(
                self._notification(code, row, known) for code, row in self._rows("notify")
            ),
            clocks=tuple(self._clock(code, row) for code, row in self._clock_rows()),
            settings={code: self._setting(code, row) for code, row in self._rows("setting")},
            label_only=self._label_only,
        )

    def _periods(self) -> dict[str, InForce]:
        periods = {key: self._in_force(row) for key, row in self._rows("in_force")}
        for duty in ("notification", "review"):
            if duty not in periods:
                raise self.file.fault(
                    "in_force", f"the days on which it governs {duty} are missing"
                )
        return periods

    @property
    def _label_only(self) -> bool:
        return self.file.contents.get("label_only") is True

    def _rows(self, key: str) -> Iterator[tuple[str, Row]]:
        for code, table in self.file.table(key).items():
            yield code, Row(self.file, f"[{key}.{code}]", table, self.sources)

    def _clock_rows(self) -> Iterator[tuple[str, Row]]:
        yield from self._rows("clock")
        if self._label_only:
            return
        for code, table in self.every.table("clock").items():
            yield code, Row(self.every, f"[clock.{code}]", table, self.sources)

    def _in_force(self, row: Row) -> InForce:
        since = row.day("since")
        if since is None:
            raise row.file.fault(row.where, "since is missing")
        return InForce(since, row.day("until"), row.basis, row.text("note", ""))

    def _criterion(self, code: str, row: Row) -> Criterion:
        self._known(row, row.names("tests"), frozenset(TESTS))
        return Criterion(
            code, row.text("question"), row.text("help"), row.names("tests"), row.basis, row.source
        )

    def _review_ground(self, code: str, row: Row, known: frozenset[str]) -> ReviewGround:
        place = row.text("place", "place")
        self._known(row, (place, *(test for way in row.ways() for test in way)), known)
        return ReviewGround(
            code, row.choice("outcome", ReviewOutcome), row.ways(), place, row.basis, row.source
        )

    def _notification(self, code: str, row: Row, known: frozenset[str]) -> NotificationGround:
        self._known(row, (test for way in row.ways() for test in way), known)
        covered_by = row.names("covered_by")
        return NotificationGround(
            code, row.names("tell"), row.ways(), covered_by, row.basis, row.source
        )

    def _known(
        self, row: Row, names: "Iterator[str] | tuple[str, ...]", known: frozenset[str]
    ) -> None:
        for name in names:
            if name not in known:
                raise row.file.fault(row.where, f"there is no test or criterion called {name!r}")

    def _clock(self, code: str, row: Row) -> Clock:
        unit = row.text("unit", "wd")
        if unit not in UNITS:
            raise row.file.fault(row.where, f"unit must be one of {', '.join(UNITS)}")
        return Clock(
            code=code,
            name=row.text("name"),
            start=row.text("start"),
            quantity=row.number("quantity"),
            unit=unit,
            direction=row.text("direction", "forward"),
            earliest=row.table.get("earliest") is True,
            not_after=row.day("not_after"),
            no_day_count=row.text("no_day_count", ""),
            basis=row.basis,
            source=row.source,
            note=row.text("note", ""),
        )

    def _setting(self, code: str, row: Row) -> Setting:
        value = row.table.get("value")
        settled: SettingValue
        if isinstance(value, list):
            settled = row.names("value")
        elif isinstance(value, bool | int | str):
            settled = value
        else:
            raise row.file.fault(
                row.where, "value must be yes or no, a number, a word or a list of words"
            )
        return Setting(code, settled, row.basis, row.source, row.text("note", ""))
