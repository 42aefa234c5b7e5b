"""What the worker does for documents."""

import uuid

from candour.documents import services
from candour.documents.selectors import quarantine_names_of
from candour.platform.files import sweep_quarantine
from candour.platform.outbox import every, job


@job("documents.scan", retries=200)
def scan(document: str) -> None:
    """Scan a document that waits because the scanner was down when it arrived."""
    services.scan(uuid.UUID(document))


@every(24 * 60 * 60)
def sweep() -> None:
    """Remove what arrived in an act that was undone."""
    sweep_quarantine(quarantine_names_of)
