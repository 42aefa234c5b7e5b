"""Reading a letter that came as an e-mail."""

from candour.engines.letters.email_file import EmailFile, EmailNotReadable, read_email

__all__ = ["EmailFile", "EmailNotReadable", "read_email"]
