"""Taking in a file, scanning it, refusing it, opening it. Each opening is an event."""

import hashlib
import uuid
from typing import IO, cast

import pyrage
from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case, SealingKey
from candour.cases.permissions import Kind
from candour.cases.sealing import Opener
from candour.documents.models import Document
from candour.documents.selectors import document_for
from candour.kernel.actor import SYSTEM, Actor
from candour.kernel.decision import Allowed, Decision, Denied
from candour.kernel.errors import Hidden, Invalid, WrongState
from candour.people.models import Agency
from candour.platform import files
from candour.platform.config import Environment, config
from candour.platform.outbox import enqueue
from candour.platform.scanner import ScannerDown, ScanResult, Verdict, scanner
from candour.platform.uploads import Upload, require_whole

_STATE_AFTER = {
    Verdict.CLEAN: Document.State.CLEAN,
    Verdict.NOT_SCANNED: Document.State.NOT_SCANNED,
    Verdict.INFECTED: Document.State.REFUSED,
}


def receive(
    *,
    access: Access,
    upload: Upload,
    kind: Kind,
    agency: Agency | None = None,
    supersedes: Document | None = None,
) -> Document:
    """Take in a file from a person on the case who may write records of this kind.

    Invalid when the file is empty or too large, StorageFull when the disk is; in both cases
    nothing is stored. When a configured scanner is down the document waits in quarantine.
    """
    access.may_write(kind, agency.pk if agency else None).require()
    return receive_from_link(
        case=access.case,
        by=access.actor,
        upload=upload,
        kind=kind,
        agency=agency,
        supersedes=supersedes,
    )


def receive_from_link(
    *,
    case: Case,
    by: Actor,
    upload: Upload,
    kind: Kind,
    agency: Agency | None = None,
    supersedes: Document | None = None,
) -> Document:
    """The same for the holder of a one-use link, whose leave the caller has already checked."""
    require_whole(upload)
    if supersedes and supersedes.case_id != case.pk:
        raise Hidden
    source = cast(IO[bytes], upload.file)
    arrived = files.quarantine(source, _sealer(case))
    try:
        with transaction.atomic():
            document = Document.objects.create(
                case=case,
                kind=kind.value,
                agency=agency,
                original_name=(upload.name or "")[-255:],
                media_type=arrived.media_type,
                sha256=arrived.sha256,
                size=arrived.size,
                quarantine_name=arrived.name,
                uploaded_by=by.reference,
                supersedes=supersedes,
            )
            _record_arrival(document, by)
            _scan_now_or_later(document, source)
    except BaseException:
        files.discard(arrived.name)
        raise
    return document


def _record_arrival(document: Document, by: Actor) -> None:
    record(
        "documents.received",
        by=by,
        case_id=document.case_id,
        subject=str(document.pk),
        kind=document.kind,
        sha256=document.sha256,
        size=document.size,
        supersedes=str(document.supersedes_id) if document.supersedes_id else None,
    )


def _scan_now_or_later(document: Document, source: IO[bytes]) -> None:
    source.seek(0)
    try:
        result = scanner().scan(iter(lambda: source.read(1024 * 1024), b""))
    except ScannerDown:
        enqueue("documents.scan", by=SYSTEM, case_id=document.case_id, document=str(document.pk))
        return
    finally:
        source.seek(0)
    _settle(document, result)


@transaction.atomic
def scan(document_id: uuid.UUID) -> Document:
    """Scan a document that waits in quarantine; ScannerDown leaves it waiting."""
    document = Document.objects.select_for_update().get(pk=document_id)
    if document.state == Document.State.QUARANTINED:
        place = files.waiting_or_stored(document.quarantine_name, document.case_id, document.sha256)
        plain = Opener(document.case).open(place.read_bytes())
        _settle(document, scanner().scan([plain]))
    return document


def _settle(document: Document, result: ScanResult) -> None:
    document.state = _STATE_AFTER[result.verdict]
    document.scan_result = result.found[:120]
    if document.state == Document.State.REFUSED:
        document.refused_reason = "The virus scanner found malware in this file."
    else:
        files.release(document.quarantine_name, document.case_id, document.sha256)
    document.save(update_fields=["state", "scan_result", "refused_reason"])
    record(
        "documents.scanned",
        by=SYSTEM,
        case_id=document.case_id,
        subject=str(document.pk),
        verdict=result.verdict.value,
    )


@transaction.atomic
def refuse(*, access: Access, document: Document, reason: str) -> Document:
    """Refuse a document: it is kept, sealed, and never opened again."""
    locked = Document.objects.select_for_update().get(pk=document.pk, case=access.case)
    access.may_write(Kind(locked.kind), locked.agency_id).require()
    if locked.state == Document.State.REFUSED:
        raise WrongState("document_refused", "This document has already been refused.")
    if not reason.strip():
        raise Invalid("reasons_missing", "Say why this document is refused.", "reason")
    locked.state, locked.refused_reason = Document.State.REFUSED, reason.strip()
    locked.save(update_fields=["state", "refused_reason"])
    record("documents.refused", by=access.actor, case_id=access.case.pk, subject=str(locked.pk))
    return locked


@transaction.atomic
def open_document(access: Access, document: Document, purpose: str) -> bytes:
    """The plain bytes of a document, with an event that says who opened it and what for.

    `purpose` is a code such as `download`. Hidden where the person may not read it; WrongState
    while it waits for the scanner or has been refused; FileGone where the disk no longer holds
    exactly what was received.
    """
    current = document_for(access, document.pk)
    may_be_served(current).require(WrongState)
    plain = _unsealed(current)
    record(
        "documents.read",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(current.pk),
        purpose=purpose,
    )
    return plain


def contents_for_reading(document: Document) -> bytes:
    """The plain bytes for the process that reads tables; no person sees them by this.

    WrongState while the document waits for the scanner or has been refused.
    """
    may_be_served(document).require(WrongState)
    return _unsealed(document)


def _unsealed(document: Document) -> bytes:
    sealed = files.read_stored(document.case_id, document.sha256)
    try:
        plain = Opener(document.case).open(sealed)
    except (pyrage.DecryptError, OSError) as error:
        raise files.FileGone("file_changed", files.BRING_BACK) from error
    if hashlib.sha256(plain).hexdigest() != document.sha256:
        raise files.FileGone("file_changed", files.BRING_BACK)
    return plain


def may_be_served(document: Document) -> Decision:
    """Only what is clean; or what nobody scanned, where this installation accepts that."""
    if document.state == Document.State.CLEAN:
        return Allowed()
    if document.state == Document.State.NOT_SCANNED:
        if config().env is not Environment.PRODUCTION or config().allow_no_scanner:
            return Allowed()
        return Denied("not_scanned", "This file has not been scanned, so it cannot be opened here.")
    if document.state == Document.State.QUARANTINED:
        return Denied(
            "waiting_for_scanner",
            "This file is waiting for the virus scanner. Nothing is lost; come back in a while.",
        )
    return Denied("document_refused", f"This file was refused. {document.refused_reason}")


def _sealer(case: Case) -> files.Seal:
    public = SealingKey.objects.get(case=case).public
    recipient = pyrage.x25519.Recipient.from_str(public)

    def seal(source: files.Readable, target: files.Writable) -> None:
        pyrage.encrypt_io(source, target, [recipient])

    return seal
