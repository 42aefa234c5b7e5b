"""Taking files in: kept sealed as they came, read in a child, twins and possible names found."""

import hashlib
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, cast

import pyrage
from django.db import transaction

from candour.audit.services import record
from candour.engines.anonymise.proposals import SourceText, propose_names
from candour.engines.anonymise.register import Kind, Register
from candour.engines.reading.model import UnreadableDocument
from candour.engines.reading.scanned import recognised
from candour.kernel.actor import Actor
from candour.kernel.errors import Invalid
from candour.library.models import Batch, Intake
from candour.library.policies import may_keep
from candour.library.selectors import same_elsewhere
from candour.platform import child, files
from candour.platform.child import Limits, ReadingFailed
from candour.platform.keys import open_with_service, service_recipient
from candour.platform.outbox import enqueue
from candour.platform.scanner import Verdict, scanner
from candour.platform.uploads import Upload, require_whole

READ_JOB = "library.read"
# Files of the library lie beside those of cases, under an id that no case can have.
SHELF = uuid.UUID(int=0x11B)
ENDINGS = (".pdf", ".docx", ".odt", ".html", ".htm")

_PICTURES = ("only_pictures", "letters_not_readable")
_LIMITS = Limits(memory=700 * 1024 * 1024, processor_seconds=240, seconds=300.0)
_MOST_NAMES = 400
_WORTH_A_LOOK = (Kind.PERSON,)


def begin_batch(*, by: Actor, source: str) -> Batch:
    """Begin to take files in; `source` says in words where they came from."""
    may_keep(by).require()
    with transaction.atomic():
        batch = Batch.objects.create(source=source[:200], started_by=by.reference)
        record("library.batch_begun", by=by, subject=str(batch.pk))
    return batch


def take_in(*, by: Actor, batch: Batch, uploads: Sequence[Upload]) -> list[Intake]:
    """Take in uploaded files; one that was taken in before is found again, not doubled.

    A file that cannot be kept is named in the batch, and the others are taken in.
    """
    may_keep(by).require()
    taken = []
    for upload in uploads:
        try:
            require_whole(upload)
            taken.append(_keep(by, batch, cast(IO[bytes], upload.file), upload.name or "file"))
        except Invalid as refusal:
            _note_fault(batch, upload.name or "file", refusal.reason)
    return taken


def take_in_folder(*, by: Actor, folder: Path) -> Batch:
    """Take in every readable file of a folder; started again after a crash, it goes on.

    Each file is committed by itself. What was taken in before is passed over by its bytes.
    """
    may_keep(by).require()
    source = f"folder {hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]}"
    batch = Batch.objects.filter(source=source).first() or begin_batch(by=by, source=source)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() in ENDINGS:
            _take_in_path(by, batch, path)
    return batch


def _take_in_path(by: Actor, batch: Batch, path: Path) -> None:
    try:
        with path.open("rb") as file:
            _keep(by, batch, file, path.name)
    except Invalid as refusal:
        _note_fault(batch, path.name, refusal.reason)
    except OSError as fault:
        _note_fault(batch, path.name, fault.strerror or "It cannot be opened.")


def _keep(by: Actor, batch: Batch, source: IO[bytes], name: str) -> Intake:
    known = Intake.objects.filter(sha256=_digest(source)).first()
    if known:
        return known
    arrived = files.quarantine(source, _seal)
    files.release(arrived.name, SHELF, arrived.sha256)
    with transaction.atomic():
        intake, is_new = Intake.objects.get_or_create(
            sha256=arrived.sha256,
            defaults={"batch": batch, "name": name[-255:], "size": arrived.size},
        )
        if is_new:
            record(
                "library.received",
                by=by,
                subject=str(intake.pk),
                sha256=arrived.sha256,
                size=arrived.size,
            )
            enqueue(READ_JOB, by=by, unique_key=f"read:{intake.pk}:0", intake=str(intake.pk))
    return intake


def _digest(source: IO[bytes]) -> str:
    digest = hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type]
    source.seek(0)
    return digest


def _seal(source: files.Readable, target: files.Writable) -> None:
    pyrage.encrypt_io(source, target, [service_recipient()])


def _note_fault(batch: Batch, name: str, reason: str) -> None:
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        fault = {"name": name[-255:], "reason": reason}
        if fault not in locked.faults:
            locked.faults = [*locked.faults, fault]
            locked.save(update_fields=["faults"])


def original(intake: Intake) -> bytes:
    """The file's bytes as they came."""
    return open_with_service(files.read_stored(SHELF, intake.sha256))


def forget_original(sha256: str) -> None:
    """Remove a file's bytes for good; only a court's order to the keeper leads here."""
    files.stored_path(SHELF, sha256).unlink(missing_ok=True)


def read(*, by: Actor, intake_id: uuid.UUID) -> Intake:
    """Read one file in a child that can do nothing else; whatever happens, the row says what.

    Minutes may pass, so no transaction is open meanwhile. Safe to repeat: a file that has been
    read or settled is left alone.
    """
    intake = Intake.objects.get(pk=intake_id)
    if intake.state not in (Intake.State.WAITING, Intake.State.REFUSED):
        return intake
    try:
        told = _reading_of(original(intake), intake.name)
    except (ReadingFailed, UnreadableDocument) as refusal:
        return _note_reading(by, intake, {}, refusal.message, refusal.fix)
    return _note_reading(by, intake, told, "", "")


@transaction.atomic
def _note_reading(
    by: Actor, intake: Intake, told: dict[str, Any], problem: str, fix: str
) -> Intake:
    locked = Intake.objects.select_for_update().get(pk=intake.pk)
    if locked.state not in (Intake.State.WAITING, Intake.State.REFUSED):
        return locked
    locked.state = Intake.State.READ if told else Intake.State.REFUSED
    locked.problem, locked.fix = problem[:400], fix[:400]
    if told:
        locked.reading, locked.text_sha256 = told, told["text_sha256"]
        locked.same_as = same_elsewhere(locked.sha256, locked.text_sha256, locked.pk)
        locked.names = _possible_names(told)
    locked.version += 1
    locked.save()
    record("library.read", by=by, subject=str(locked.pk), state=locked.state)
    return locked


@transaction.atomic
def read_again(*, by: Actor, intake: Intake) -> Intake:
    """Ask for a refused file to be read once more, after something was installed or repaired."""
    may_keep(by).require()
    locked = Intake.objects.select_for_update().get(pk=intake.pk)
    if locked.state == Intake.State.REFUSED:
        locked.state = Intake.State.WAITING
        locked.version += 1
        locked.save()
        record("library.read_again", by=by, subject=str(locked.pk))
        key = f"read:{locked.pk}:{locked.version}"
        enqueue(READ_JOB, by=by, unique_key=key, intake=str(locked.pk))
    return locked


def _reading_of(data: bytes, name: str) -> dict[str, Any]:
    if scanner().scan([data]).verdict is Verdict.INFECTED:
        raise UnreadableDocument(
            "infected",
            "The virus scanner found malware in this file.",
            "Tell the board, and ask for a clean copy.",
        )
    try:
        return child.run("reading.read_document", data, {"name": name}, _LIMITS)
    except ReadingFailed as refusal:
        if refusal.code not in _PICTURES:
            raise
    told = child.run("reading.read_document", recognised(data), {"name": name}, _LIMITS)
    told["problems"].insert(0, _RECOGNISED)
    return told


_RECOGNISED = {
    "code": "read_by_recognition",
    "where": "the whole document",
    "message": "The words were recognised from pictures of pages; some letters will be wrong.",
    "fix": "Compare names, figures and dates with the original before you approve it.",
}


def _possible_names(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Strings that may identify somebody, each with where it stands; rules, not a trained model."""
    texts = [SourceText(each["anchor"], each["text"]) for each in told["cited"]]
    found = propose_names(texts, Register(()))
    return [
        {"string": each.string, "why": each.why, "where": list(each.where[:5])}
        for each in found
        if each.kind in _WORTH_A_LOOK or each.why.startswith("looks like")
    ][:_MOST_NAMES]
