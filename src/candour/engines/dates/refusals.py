"""Why a cell is not read, said so that a person can settle it."""

from candour.engines.dates.reading import Status


class Refusal(Exception):
    """A cell that must not be given a date: the status, the rule that refused, the reason."""

    def __init__(self, status: Status, rule: str, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.rule = rule
        self.reason = reason


def impossible(what: str) -> Refusal:
    """There is no such day: nothing but the original record can put it right."""
    return Refusal(
        "refused", "impossible", f"{what} Check the original record and correct the date."
    )


def needs(rule: str, what: str) -> Refusal:
    """The words are good but incomplete, or have two readings: some context would settle them."""
    return Refusal("needs_context", rule, what)


def unreadable(what: str) -> Refusal:
    """Nothing in the cell is a date."""
    return Refusal("refused", "no date", what)


def no_year() -> Refusal:
    """A day or month without a year, which a heading might supply."""
    return needs("no year", "The year is missing. Add it, or put it in a heading above the row.")


def no_month() -> Refusal:
    """A bare day."""
    return needs("no month", "The month is missing. Add the month and the year.")
