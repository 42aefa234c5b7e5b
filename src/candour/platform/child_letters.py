"""Reading an e-mail in a child: the engine called with bytes, answering what JSON can hold."""

from typing import Any

from candour.engines.letters import read_email as email_of


def read_email(data: bytes, options: dict[str, Any]) -> object:
    """Sender, instant, subject, words and names of attachments; no options."""
    return email_of(data).to_json()
