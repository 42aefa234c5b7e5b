"""An e-mail as its program saves it (.eml): from whom, when, about what, and its words.

The file is hostile until read: it is parsed in a process that can do nothing else, and the words
alone are taken; attachments are named, never opened.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

MOST_LETTERS = 100_000


class EmailNotReadable(Exception):
    """The file is no e-mail that can be read; `code`, `message` and `fix` are for people."""

    code = "email_not_readable"
    message = "This file is not an e-mail that can be read."
    fix = "Save the e-mail as .eml, or file it as a document and write down what it says."


@dataclass(frozen=True)
class EmailFile:
    """What an e-mail tells; `sent_at` in ISO 8601 with its zone, or nothing where it has none."""

    sender: str
    sent_at: str
    subject: str
    text: str
    attachments: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def read_email(data: bytes) -> EmailFile:
    """The e-mail in these bytes; EmailNotReadable where there is none."""
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not (message["From"] or message["Date"]):
        raise EmailNotReadable
    return EmailFile(
        sender=_header(message, "From"),
        sent_at=_sent_at(message),
        subject=_header(message, "Subject"),
        text=_words(message)[:MOST_LETTERS].strip(),
        attachments=tuple(
            (part.get_filename() or "without a name")[:120] for part in message.iter_attachments()
        ),
    )


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())[:200]


def _sent_at(message: EmailMessage) -> str:
    try:
        sent: datetime = parsedate_to_datetime(str(message.get("Date", "")))
    except (TypeError, ValueError):
        return ""
    return sent.isoformat() if sent.tzinfo else ""


def _words(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        text = str(body.get_content())
    except (LookupError, UnicodeError):
        payload = body.get_payload(decode=True)
        text = payload.decode("utf-8", errors="replace") if isinstance(payload, bytes) else ""
    return _without_markup(text) if body.get_content_subtype() == "html" else text


def _without_markup(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    lines = (" ".join(line.split()) for line in "".join(reader.found).split("\n"))
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    _NOT_READ = ("script", "style", "head", "title")
    _BREAKS = ("p", "br", "div", "tr", "li", "h1", "h2", "h3")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._NOT_READ:
            self._inside.append(tag)
        if tag in self._BREAKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.found.append(data)
