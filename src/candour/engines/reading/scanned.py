"""Reading scanned pages: OCRmyPDF adds the text, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from candour.engines.reading.model import UnreadableDocument

_MINUTES = 30
_INSTALL = (
    "Ask the administrator to install text recognition (apt-get install ocrmypdf tesseract-ocr), "
    "or ask the board for the file the report was made from."
)


def can_recognise() -> bool:
    """Whether text recognition is installed."""
    return all(shutil.which(program) for program in ("ocrmypdf", "tesseract"))


def recognised(data: bytes) -> bytes:
    """The same pages with text behind them; pages that have text are left as they are.

    Raises:
        UnreadableDocument: when text recognition is not installed, or cannot read the file either.
    """
    if not can_recognise():
        raise UnreadableDocument(
            "recognition_absent",
            "The pages are pictures, and text recognition is not installed here.",
            _INSTALL,
        )
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder) / "in.pdf", Path(folder) / "out.pdf"
        before.write_bytes(data)
        if not _run(before, after) or not after.exists():
            raise UnreadableDocument(
                "recognition_failed",
                "The pages are pictures, and text recognition could not read them.",
                "Scan the report again, straight and at 300 dots an inch, and send that.",
            )
        return after.read_bytes()


def _run(before: Path, after: Path) -> bool:
    command = ["ocrmypdf", "--skip-text", "--rotate-pages", "--deskew", "--output-type", "pdf"]
    command += ["--language", "eng", "--jobs", "2", "--quiet", str(before), str(after)]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command over files of our own naming
            command, capture_output=True, timeout=_MINUTES * 60, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
