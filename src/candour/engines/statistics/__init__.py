"""Counting for publication without telling of one child: small numbers suppressed."""

from candour.engines.statistics.spread import Spread, spread_of
from candour.engines.statistics.suppression import Shown, protected, protected_row

__all__ = ["Shown", "Spread", "protected", "protected_row", "spread_of"]
