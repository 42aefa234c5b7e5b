"""Why a cell that makes no date was refused, in words its author can act on."""

from candour.engines.dates.atoms import Tokens
from candour.engines.dates.refusals import Refusal, needs, no_year, unreadable
from candour.engines.dates.times import Times
from candour.engines.dates.tokens import Kind


def explain(tokens: Tokens, times: Times) -> Refusal:
    """The refusal with the reason that fits what the cell does hold."""
    kinds = {token.kind for token in tokens}
    numbers = kinds & {Kind.NUMBER, Kind.SCANNED}
    unread = " ".join(token.text for token in tokens if token.kind is Kind.UNKNOWN)
    if kinds == {Kind.WEEKDAY}:
        return needs("no date", "A weekday alone is not a date. Add the day, month and year.")
    if not tokens and times.found:
        return needs("no date", "There is a time but no date. Add the date.")
    if not numbers and Kind.MONTH in kinds:
        return no_year()
    if not numbers:
        return unreadable("The cell gives no date. Write the date, or say that it is not known.")
    if Kind.UNIT in kinds:
        return needs("relative", "The cell counts from another day. Write the date itself.")
    if unread:
        return unreadable(
            f"'{unread}' could not be read with the date. Put the date alone in the cell and "
            "the rest in the text of the entry."
        )
    return unreadable("This could not be read as a date. Write it as 3 April 2012.")
