"""Uncertain dates as people write them, read into windows of days or refused with a reason."""

from candour.engines.dates.columns import prove_day_order, split_parts
from candour.engines.dates.reader import excel_serial, read_date
from candour.engines.dates.reading import Context, DayOrder, Reading, TimeWindow, to_json
from candour.engines.dates.time_cells import read_time

__all__ = [
    "Context",
    "DayOrder",
    "Reading",
    "TimeWindow",
    "excel_serial",
    "prove_day_order",
    "read_date",
    "read_time",
    "split_parts",
    "to_json",
]
