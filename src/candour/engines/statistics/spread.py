"""How long something took, over many: median and quartiles, or nothing where there are too few."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from candour.engines.statistics.suppression import LEAST


@dataclass(frozen=True)
class Spread:
    """Days: a quarter took `lower` or less, half `median`, three quarters `upper`.

    All three are None where fewer than ten were counted; `count` is None as well, unless it is 0.
    """

    count: int | None
    lower: float | None
    median: float | None
    upper: float | None


def spread_of(days: Sequence[int], least: int = LEAST) -> Spread:
    """The spread of so many durations in days, by the inclusive method of quartiles."""
    if len(days) < least:
        return Spread(None if days else 0, None, None, None)
    lower, median, upper = quantiles(days, n=4, method="inclusive")
    return Spread(len(days), lower, median, upper)
