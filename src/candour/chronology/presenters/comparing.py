"""What the page of proposals says of how the entries were compared."""

from __future__ import annotations

from dataclasses import dataclass

from candour.chronology.models import ComparisonAsked
from candour.chronology.selectors.comparing import Standing
from candour.ui.wording import instant, plural

_NO_WORKER = (
    "Nothing will happen until the worker runs: ask whoever runs the server to start it. What has "
    "been proposed and decided stays as it is meanwhile."
)


@dataclass(frozen=True)
class Comparing:
    """How the entries were compared, in sentences; `done` of `of` while they are being compared."""

    waiting: bool
    progress: str
    done: int
    of: int
    sentences: list[str]
    out_of_date: str
    button: str


def shown(found: Standing) -> Comparing:
    """What stands, what failed and what has changed since."""
    waiting = found.waiting
    return Comparing(
        waiting=waiting is not None,
        progress=_progress(waiting) if waiting else "",
        done=waiting.done if waiting else 0,
        of=(waiting.of if waiting else 0) or 1,
        sentences=[*_failure(found), *_last(found)],
        out_of_date=_out_of_date(found),
        button="Compare again" if found.made or found.failed else "Compare the entries",
    )


def _progress(waiting: ComparisonAsked) -> str:
    what = plural(waiting.entries, "entry", "entries")
    if not waiting.of:
        return f"{what} wait to be compared. You can leave this page: you will be told when done."
    percent = 100 * waiting.done // waiting.of
    return f"{what} are being compared: {percent} per cent done. You can leave this page."


def _failure(found: Standing) -> list[str]:
    told = [_NO_WORKER] if found.waiting and not found.worker_runs else []
    if found.failed:
        why = (
            found.failed.reason or "The worker tried and gave up; whoever runs the server sees it."
        )
        told.append(
            f"The comparison asked for on {instant(found.failed.recorded_at)} could not be made. "
            f"{why} Compare again."
        )
    return told


def _last(found: Standing) -> list[str]:
    made = found.made
    if made is None:
        return [] if found.waiting or found.failed else ["The entries have not been compared yet."]
    up_to = (
        f", up to the file signed off on {instant(made.last_signed_off_at)}"
        if made.last_signed_off_at
        else ""
    )
    new = plural(made.proposed, "new proposal") if made.proposed else "nothing new"
    return [
        f"Last compared on {instant(made.made_at)}: {plural(made.entries, 'entry', 'entries')}"
        f"{up_to}; {new}."
    ]


def _out_of_date(found: Standing) -> str:
    if found.waiting:
        return ""
    if found.entries_changed:
        return (
            "Out of date: entries have come, gone or been given another day since. "
            "Compare again to have them in."
        )
    if found.events_changed:
        return (
            "Entries have been grouped or taken out of events since. Compare again to look for "
            "accounts that differ in those events, and in their order."
        )
    return ""
