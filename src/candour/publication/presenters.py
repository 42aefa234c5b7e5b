"""What the pages of publication show."""

from collections.abc import Iterable

from django.urls import reverse

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.cases.steps import Row
from candour.platform.config import config
from candour.publication.models import Clearance, Edition, Hold, Publication
from candour.publication.policies import Obstacle
from candour.ui.wording import day, instant

QUESTIONS = {
    Hold.Kind.TRIAL: "Could publication prejudice a criminal trial, a retrial or an appeal?",
    Hold.Kind.INQUEST: "Does the coroner ask that publication waits for the inquest?",
    Hold.Kind.FAMILY_PROCEEDINGS: "Are there family proceedings whose content the report tells?",
    Hold.Kind.COURT_ORDERS: "Is there an order or a reporting restriction that names or covers "
    "anybody in the report?",
    Hold.Kind.JIGSAW: "Could somebody be recognised from the report together with what the press, "
    "the court or the family have already made public?",
    Hold.Kind.FAMILY_TOLD: "Have family members been told of the day and offered the report first?",
    Hold.Kind.STAFF_TOLD: "Have the staff concerned been told, and is support in place?",
    Hold.Kind.MEDIA_PLAN: "Is it settled who answers the press, and with which words?",
}


def hold_tasks(access: Access, publication: Publication) -> list[dict[str, object]]:
    """Each hold as a task with its answer and who gave it."""
    may = bool(access.may_write(Kind.DISCLOSURE))
    return [_hold_task(access, hold, may) for hold in publication.holds.all()]


def _hold_task(access: Access, hold: Hold, may: bool) -> dict[str, object]:
    kind = Hold.Kind(hold.kind)
    task: dict[str, object] = {"text": kind.label, "status": "To be answered", "colour": "red"}
    if hold.answer:
        who = hold.answered_by.name if hold.answered_by else ""
        task["hint"] = f"{who}, {day(hold.answered_at)}: {hold.note}"
        clear = hold.answer == Hold.Answer.CLEAR
        task |= {"status": Hold.Answer(hold.answer).label, "done": clear}
    if may:
        task["href"] = address(access, "hold", kind=hold.kind)
    return task


def publication_rows(
    access: Access, publication: Publication, earliest: str
) -> list[dict[str, str]]:
    """State, panel's copy, day, each with where it is changed."""
    may = bool(access.may_write(Kind.DISCLOSURE))
    rows = [
        {"key": "State", "value": Publication.State(publication.state).label},
        {
            "key": "Copy to the panel",
            "value": day(publication.copy_to_panel_on) or "Not recorded as sent",
            "change": address(access, "copy") if may else "",
        },
        {"key": "Earliest day", "value": earliest},
        {
            "key": "Day of publication",
            "value": day(publication.publish_on) or "Not chosen",
            "change": address(access, "day") if may else "",
        },
    ]
    if publication.problem:
        rows.append({"key": "What went wrong", "value": publication.problem})
    return rows


def clearance_words(clearances: Iterable[Clearance]) -> list[str]:
    """Who has cleared exactly these files, and when."""
    return [f"{each.by.name}, {instant(each.recorded_at)}" for each in clearances]


def obstacle_words(obstacles: Iterable[Obstacle]) -> list[str]:
    """What stands in the way, once each."""
    return list(dict.fromkeys(each.text for each in obstacles))


def nothing_to_settle(publication: Publication, obstacles: Iterable[Obstacle]) -> str:
    """What to say of a report that stands in the archive as it is; blank while there is more to do.

    Nothing is left to be settled of files that are published already, nor of a withdrawn report.
    """
    codes = {each.code for each in obstacles}
    if publication.state == Publication.State.PUBLISHED and "nothing_new" in codes:
        return (
            "The files as they now are stand in the archive. After an edit and a new check, the "
            "corrected text can be published as the next version."
        )
    if "publication_closed" in codes:
        state = Publication.State(publication.state).label.lower()
        return f"This report is {state}. Nothing is left to settle here."
    return ""


def edition_rows(publication: Publication, editions: Iterable[Edition]) -> list[list[object]]:
    """Every text sent to the archive, with where it stands."""
    return [
        [f"Version {each.number}", _where(publication, each), each.reason, each.bundle.sha256]
        for each in editions
    ]


def _where(publication: Publication, edition: Edition) -> str | dict[str, str]:
    if edition.refused_at:
        return f"Not taken by the archive, {instant(edition.refused_at)}"
    if not edition.published_at:
        return "Being published"
    if publication.state in (Publication.State.WITHDRAWING, Publication.State.WITHDRAWN):
        return f"Published {instant(edition.published_at)}, withdrawn"
    return {
        "text": f"Published {instant(edition.published_at)}",
        "href": f"{config().archive_url}/review/{publication.archive_record_id}",
    }


def withdrawal_rows(publication: Publication, purge_pending: bool) -> list[Row]:
    """What was withdrawn, why, and whether anything is left in the archive's index."""
    purge = (
        "Purge pending: words of the text may still lie in the search index. No page serves them."
        if purge_pending
        else "Nothing of the text was found in the search index."
    )
    return [
        {"key": "Withdrawn", "value": instant(publication.withdrawn_at) or "Being withdrawn"},
        {"key": "Reason for the record", "value": publication.withdrawal_reason},
        {"key": "Words for the public", "value": publication.withdrawal_text or "None"},
        {"key": "Search index", "value": purge},
    ]


def publish_rows(publication: Publication, digest: str) -> list[Row]:
    """What is about to be published."""
    review = publication.report.review
    return [
        {"key": "Report", "value": publication.report.title},
        {"key": "Label", "value": review.label},
        {"key": "Digest of the files", "value": digest},
    ]


def address(access: Access, page: str, **parts: object) -> str:
    """The address of a page of publication."""
    return reverse(f"publication:{page}", kwargs={"reference": access.case.reference, **parts})
