"""A time cell on its own."""

import pytest

from candour.engines.dates import read_time


@pytest.mark.parametrize(
    ("raw", "time_from", "time_to"),
    [
        ("0900hrs", "09:00", "09:00"),
        ("14:05", "14:05", "14:05"),
        ("14.05", "14:05", "14:05"),
        ("1405", "14:05", "14:05"),
        ("2.05 p.m.", "14:05", "14:05"),
        ("12.43am", "00:43", "00:43"),
        ("12pm", "12:00", "12:00"),
        ("noon", "12:00", "12:00"),
        ("am", "00:00", "11:59"),
        ("pm", "12:00", "23:59"),
        ("between 0706 and 0746", "07:06", "07:46"),
        ("from 2 to 4pm", "14:00", "16:00"),
        ("9.30 - 10.15am", "09:30", "10:15"),
        ("11-1pm", "11:00", "13:00"),
        ("0420 hours or thereby", "04:20", "04:20"),
        ("approx 3.15pm", "15:15", "15:15"),
        ("after 2pm", "14:00", None),
        ("by 5pm", None, "17:00"),
        ("evening", None, None),
        ("out of hours", None, None),
        ("N/K", None, None),
        ("", None, None),
    ],
)
def test_a_time_cell_reads_as_its_clock_window(
    raw: str, time_from: str | None, time_to: str | None
) -> None:
    window = read_time(raw)
    assert (window.time_from, window.time_to, window.reason) == (time_from, time_to, None)


@pytest.mark.parametrize("raw", ["25:00", "14:75", "9", "4:??", "home visit", "3 April 2012"])
def test_what_is_no_time_is_refused_with_a_reason(raw: str) -> None:
    window = read_time(raw)
    assert (window.time_from, window.time_to) == (None, None)
    assert window.reason
