"""What can go wrong by rule. Person, state and content are three questions with three errors."""


class RuleBroken(Exception):
    """A rule refused; `code` is stable, `reason` says what happened and what to do next."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


class NotPermitted(RuleBroken):
    """This person may not do this."""


class WrongState(RuleBroken):
    """Nobody may do this now."""


class Invalid(RuleBroken):
    """What was given cannot be accepted; `field` names the input it belongs to, if one."""

    def __init__(self, code: str, reason: str, field: str | None = None) -> None:
        super().__init__(code, reason)
        self.field = field


class Hidden(RuleBroken):
    """The person may not know whether this exists; pages answer 404."""

    def __init__(self) -> None:
        super().__init__("hidden", "There is nothing here that you can see.")


class EditedElsewhere(RuleBroken):
    """Somebody else changed the record since it was opened; nothing has been overwritten."""

    def __init__(self, reason: str) -> None:
        super().__init__("edited_elsewhere", reason)
