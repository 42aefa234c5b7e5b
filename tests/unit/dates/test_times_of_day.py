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
        ("2pm onwards", "14:00", None),
        ("0706 onwards", "07:06", None),
        ("2-4pm", "14:00", "16:00"),
        ("10-2pm", "10:00", "14:00"),
        ("between 2 and 4pm", "14:00", "16:00"),
        ("9.30 to 10.30", "09:30", "10:30"),
        ("9 - 11.30", "09:00", "11:30"),
        ("9 to 5pm", "09:00", "17:00"),
        ("noon to 2pm", "12:00", "14:00"),
        ("12 noon - 1pm", "12:00", "13:00"),
        ("235pm", "14:35", "14:35"),
        ("1235am", "00:35", "00:35"),
        ("14:05 pm", "14:05", "14:05"),
        ("9h30", "09:30", "09:30"),
        ("after 9.30", "09:30", None),
        ("until 1015", None, "10:15"),
        ("half past nine", None, None),
        ("9ish", None, None),
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


@pytest.mark.parametrize(
    "raw",
    [
        "25:00",
        "14:75",
        "9",
        "9-10",
        "2400hrs",
        "14.60",
        "24.10",
        "2460",
        "4:??",
        "home visit",
        "3 April 2012",
    ],
)
def test_what_is_no_time_is_refused_with_a_reason(raw: str) -> None:
    window = read_time(raw)
    assert (window.time_from, window.time_to) == (None, None)
    assert window.reason
