"""An e-mail that was uploaded, read in a process that can do nothing else."""

from dataclasses import dataclass

from candour.platform import child
from candour.platform.uploads import Upload

_LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True)
class Email:
    """What an e-mail says; empty for a file that is none."""

    sender: str = ""
    subject: str = ""
    text: str = ""


def email_in(upload: Upload | None) -> Email:
    """The words of an uploaded .eml; ReadingFailed, saying what to do, where it is none.

    The file itself is kept by the caller in any case.
    """
    if upload is None or not (upload.name or "").lower().endswith(".eml"):
        return Email()
    upload.seek(0)
    told = child.run("letters.read_email", upload.read(_LARGEST))
    upload.seek(0)
    return Email(str(told["sender"]), str(told["subject"]), str(told["text"]))
