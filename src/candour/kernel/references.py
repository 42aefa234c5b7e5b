"""Opaque references: sayable on the telephone, telling nothing of what they name."""

import secrets

# No vowels, so that no word is spelled by chance; no 0, 1 or l, which are misread aloud.
_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"


def new_reference(prefix: str) -> str:
    """A random reference such as `CR-7KQ2-MW9F`; 27**8 values for each prefix."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"
