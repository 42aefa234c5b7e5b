"""Taking in an agency's file as it is: kept, read in a process of its own, laid out as entries."""

import hashlib
from datetime import timedelta
from typing import Any

from django.db import transaction

from candour.audit.services import record
from candour.cases.permissions import Kind
from candour.contributions.ages import people_with_birth_dates
from candour.contributions.layout import lay_out
from candour.contributions.models import AgencyRequest, HeadingMeaning, Submission
from candour.contributions.sender import Sender
from candour.contributions.services.reusing import give_again, given_before
from candour.documents.models import Document
from candour.documents.services import contents_for_reading, receive_from_link
from candour.kernel import clock
from candour.kernel.actor import SYSTEM
from candour.kernel.errors import WrongState
from candour.platform import child
from candour.platform.outbox import enqueue
from candour.platform.uploads import Upload

SETTLED = (Submission.State.SIGNED_OFF, Submission.State.REPLACED)

# Long enough for the page that took the file in to have read it as well.
_READ_BY_WORKER_AFTER = timedelta(minutes=3)


def receive_submission(*, sender: Sender, upload: Upload, came_from: str = "") -> Submission:
    """Keep the file and read it; a file that cannot be read is kept and says why.

    A later file replaces the one before, which stays on record; the same file sent twice is one.
    Invalid or StorageFull when the file cannot be taken in at all. A file that has to wait for
    the virus scanner is read by the worker once it has been scanned.
    """
    submission = _sent_already(sender, upload) or _take_in(sender, upload, came_from)
    if submission.state in (Submission.State.READING, Submission.State.UNREADABLE):
        return read_if_scanned(submission)
    return submission


def _sent_already(sender: Sender, upload: Upload) -> Submission | None:
    """The latest file, if it is this one: a double click, or a page sent again."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    latest = (
        Submission.objects.filter(request=sender.request)
        .select_related("document")
        .order_by("-number")
        .first()
    )
    same = latest is not None and latest.document.sha256 == digest.hexdigest()
    return latest if latest and same and sender.may_check(latest) else None


@transaction.atomic
def _take_in(sender: Sender, upload: Upload, came_from: str) -> Submission:
    request = AgencyRequest.objects.select_for_update().get(pk=sender.request.pk)
    document = receive_from_link(
        case=sender.case,
        by=sender.actor,
        upload=upload,
        kind=Kind.AGENCY_RETURN,
        agency=request.agency,
    )
    submission = _file(sender, request, document, came_from)
    record(
        "contributions.received",
        by=sender.actor,
        case_id=sender.case.pk,
        subject=str(submission.pk),
        document=str(document.pk),
        how=sender.how.value,
    )
    _ask_worker(submission)
    return submission


def _file(sender: Sender, request: AgencyRequest, document: Document, came_from: str) -> Submission:
    # What was signed off stands until a later file has been read.
    if request.state != AgencyRequest.State.SIGNED_OFF:
        request.state = AgencyRequest.State.TO_CHECK
    request.version += 1
    request.save()
    return Submission.objects.create(
        case=sender.case,
        request=request,
        document=document,
        number=Submission.objects.filter(request=request).count() + 1,
        how=sender.how,
        came_from=came_from.strip()[:200],
    )


def _ask_worker(submission: Submission) -> None:
    """The worker reads what the page did not: the scanner was down, or the server was killed."""
    enqueue(
        "contributions.read",
        by=SYSTEM,
        case_id=submission.case_id,
        unique_key=f"contributions.read:{submission.pk}",
        run_after=clock.now() + _READ_BY_WORKER_AFTER,
        submission=str(submission.pk),
    )


def read_if_scanned(submission: Submission) -> Submission:
    """Read the file if it may be opened; else say why not, or leave it waiting for the scanner."""
    document = Document.objects.get(pk=submission.document_id)
    if document.state == Document.State.QUARANTINED:
        return submission
    if document.state == Document.State.REFUSED:
        fix = "Check the computer it comes from, save the file anew, and send that."
        return _unreadable(submission, "refused", document.refused_reason, fix)
    return read_submission(submission)


def read_submission(submission: Submission, roles: dict[str, str] | None = None) -> Submission:
    """Read the file (again, when a person has settled what its headings mean).

    What was laid out before is replaced, and what the agency had settled in it is kept where the
    words are the same. WrongState once it has been signed off. The reading itself, which may take
    long, is no part of a transaction of its own.
    """
    held = Submission.objects.select_related("document", "request__agency", "case").get(
        pk=submission.pk
    )
    refuse_settled(held)
    meanings = _remembered(held) | (roles or {})
    try:
        answer = child.run(
            "tables.read_chronology",
            contents_for_reading(held.document),
            {
                "name": held.document.original_name,
                "as_of": clock.today().isoformat(),
                "case": {"people": people_with_birth_dates(held.case)},
                "roles": meanings or None,
            },
        )
    except child.ReadingFailed as failure:
        return _unreadable(held, failure.code, failure.message, failure.fix)
    return _keep_reading(held, answer, meanings)


def refuse_settled(submission: Submission) -> None:
    """WrongState where only a new file can change anything."""
    if submission.state in SETTLED:
        raise WrongState("signed_off", "This file is settled. Send a new one to change anything.")


@transaction.atomic
def _keep_reading(
    submission: Submission, answer: dict[str, Any], meanings: dict[str, str]
) -> Submission:
    locked = _locked(submission)
    given = given_before(locked)
    lay_out(locked, answer)
    locked.roles = {c["header"]: c["field"] for c in headings_of(locked)}
    locked.state = _state_after(locked, meanings)
    locked.version += 1
    locked.save()
    AgencyRequest.objects.filter(pk=locked.request_id).update(state=AgencyRequest.State.TO_CHECK)
    _replace_unsettled(locked)
    again = give_again(locked, given)
    record(
        "contributions.read",
        by=SYSTEM,
        case_id=locked.case_id,
        subject=str(locked.pk),
        entries=locked.entries.count(),
        given_before=again,
    )
    return locked


def headings_of(submission: Submission) -> list[dict[str, str]]:
    """The headings whose meaning matters: of the chronology tables, or of all if none is one.

    A heading that stands in several tables is listed once.
    """
    chronologies = [table for table in submission.tables if table["chronology"]]
    tables = chronologies or [table for table in submission.tables if not table["hidden"]]
    columns = {column["header"]: column for table in tables for column in table["columns"]}
    return list(columns.values())


def _state_after(submission: Submission, meanings: dict[str, str]) -> Submission.State:
    headings = headings_of(submission)
    if not headings:
        return Submission.State.UNREADABLE
    known = all(column["header"] in meanings for column in headings)
    ready = known and has_chronology(submission)
    return Submission.State.TO_CHECK if ready else Submission.State.HEADINGS


def has_chronology(submission: Submission) -> bool:
    """Has any table of the file a column of dates?"""
    return any(table["chronology"] for table in submission.tables)


def _replace_unsettled(submission: Submission) -> None:
    """Earlier files that nobody signed off are replaced once the new one could be read."""
    if submission.state != Submission.State.UNREADABLE:
        Submission.objects.filter(
            request_id=submission.request_id, number__lt=submission.number
        ).exclude(state__in=SETTLED).update(state=Submission.State.REPLACED)


@transaction.atomic
def _unreadable(submission: Submission, code: str, message: str, fix: str) -> Submission:
    locked = _locked(submission)
    locked.state = Submission.State.UNREADABLE
    locked.problems = [{"code": code, "where": "whole file", "message": message, "fix": fix}]
    locked.version += 1
    locked.save(update_fields=["state", "problems", "version"])
    record(
        "contributions.not_read",
        by=SYSTEM,
        case_id=locked.case_id,
        subject=str(locked.pk),
        code=code,
    )
    return locked


def _locked(submission: Submission) -> Submission:
    locked = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("document", "request__agency", "case")
        .get(pk=submission.pk)
    )
    refuse_settled(locked)
    return locked


def _remembered(submission: Submission) -> dict[str, str]:
    meanings = HeadingMeaning.objects.filter(case=submission.case, agency=submission.request.agency)
    return dict(meanings.values_list("heading", "role"))
