"""Sealing bytes and identities of a case to the case's own key."""

import pyrage

from candour.cases.models import Case, SealingKey
from candour.platform.keys import open_with_service, seal_to_service


def make_sealing_key(case: Case) -> SealingKey:
    """The case's key pair, its private half sealed to the service key."""
    identity = pyrage.x25519.Identity.generate()
    return SealingKey.objects.create(
        case=case,
        public=str(identity.to_public()),
        private_sealed=seal_to_service(str(identity).encode("ascii")),
    )


def seal(case: Case, plain: bytes) -> bytes:
    """Seal bytes so that only this case's key opens them."""
    key = SealingKey.objects.get(case=case)
    return bytes(pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(key.public)]))


class Opener:
    """Opens what was sealed for one case; unwraps the case's private key once."""

    def __init__(self, case: Case) -> None:
        key = SealingKey.objects.get(case=case)
        private = open_with_service(bytes(key.private_sealed)).decode("ascii")
        self._identity = pyrage.x25519.Identity.from_str(private)

    def open(self, sealed: bytes) -> bytes:
        """The plain bytes; pyrage's DecryptError if they were sealed for another case."""
        return bytes(pyrage.decrypt(bytes(sealed), [self._identity]))
