"""The whole story, in order, with progress shown."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from candour.audit.services import seal_heads
from candour.command.setting_up import migrate_both
from candour.kernel import clock
from candour.kernel.actor import SYSTEM
from candour.platform.acting import acting
from demo import (
    archive,
    child_r,
    child_r_report,
    child_r_returns,
    local_review,
    panel_desk,
    rapid_review,
    today,
)
from demo.people import Company, assemble
from demo.sign_in import keep_cast

Step = tuple[str, Callable[[Company], object]]

STEPS: tuple[Step, ...] = (
    ("The archive takes in the catalogue of published reviews", archive.load),
    ("Child R: logged, notified, assessed, decided", child_r.to_decision),
    ("Child R: commissioned", child_r_returns.commission),
    ("Child R: nine agencies send their chronologies", child_r_returns.contributions),
    ("Child R: people are heard", child_r_returns.hearing),
    ("Child R: names are settled", child_r_returns.names),
    ("Child R: episodes, findings, recommendations", child_r_report.analysis),
    ("Child R: the report is written", child_r_report.report),
    ("Child R: the report is checked and accepted", child_r_report.acceptance),
    ("Child R: the board answers, actions are set", child_r_report.response),
    ("Child R: cleared and published", child_r_report.publication),
    ("Child R: an action is closed on evidence", child_r_report.improvement),
    ("A rapid review on day 9 of 15", rapid_review.play),
    ("A local review: agencies are asked", local_review.play),
    ("The national panel’s desk: papers, a letter, its reply", panel_desk.play),
    ("An incident of this morning", today.play),
)


def play() -> None:
    """Make the databases, assemble the cast and play every step."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    today_in_london = clock.today()
    with Progress(*columns) as progress:
        task = progress.add_task("Making the databases", total=len(STEPS) + 3)
        migrate_both()
        progress.update(task, advance=1, description="Inviting the cast")
        with clock.standing_at(datetime(2015, 1, 5, 9, tzinfo=clock.LONDON)):
            company = assemble(checked_on=today_in_london)
        keep_cast(company.kept, _data_folder())
        progress.advance(task)
        for title, step in STEPS:
            progress.update(task, description=title)
            step(company)
            progress.advance(task)
        with acting(SYSTEM):
            seal_heads()
        progress.update(task, advance=1, description="Loaded")


def _data_folder() -> Path:
    from candour.platform.config import config

    return config().data_dir
