"""The answer to "may this be done?", always with a code and a reason a person can act on."""

from dataclasses import dataclass
from typing import TypeAlias

from candour.kernel.errors import NotPermitted, RuleBroken


@dataclass(frozen=True)
class Allowed:
    """The rule is satisfied."""

    def __bool__(self) -> bool:
        return True

    def require(self, error: type[RuleBroken] = NotPermitted) -> None:
        """Do nothing: the rule is satisfied."""


@dataclass(frozen=True)
class Denied:
    """The rule is not satisfied; `code` is for programs and tests, `reason` for people."""

    code: str
    reason: str

    def __bool__(self) -> bool:
        return False

    def require(self, error: type[RuleBroken] = NotPermitted) -> None:
        """Raise `error` (by default NotPermitted) with this code and reason."""
        raise error(self.code, self.reason)


Decision: TypeAlias = Allowed | Denied
