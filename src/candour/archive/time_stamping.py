"""An outside clock under each day's root: RFC 3161, asked over https, believed only when verified.

What is kept is the service's whole answer, so that anybody can check it with OpenSSL and the
service's own certificate, without this archive.
"""

import urllib.request
from base64 import b64encode
from hashlib import sha256

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from candour.archive.models import DailyRoot
from candour.platform.config import config
from candour.platform.databases import ARCHIVE
from candour.platform.logs import log

_SECONDS = 20
_MOST = 64 * 1024
_HEADERS = {"Content-Type": "application/timestamp-query"}


def stamp_latest_root() -> bool:
    """Have the latest root time-stamped where it is not yet; whether it was.

    Called by the worker after the root is signed and committed: a service that is away, or that
    answers wrongly, costs no day its root, and is asked again at the next round.
    """
    latest = DailyRoot.objects.last()
    if latest is None or latest.timestamp_token or not config().timestamp_url:
        return False
    token = time_stamp(bytes.fromhex(latest.root))
    if token:
        DailyRoot.objects.using(ARCHIVE).filter(pk=latest.pk).update(timestamp_token=token)
    return bool(token)


def time_stamp(root: bytes) -> str:
    """The configured service's answer for a root, as base64; empty where it cannot be believed."""
    asked = (
        TimestampRequestBuilder()
        .data(root)
        .hash_algorithm(HashAlgorithm.SHA256)
        .nonce(nonce=True)
        .cert_request(cert_request=True)
        .build()
    )
    try:
        answer = _answer_of(config().timestamp_url, asked.as_bytes())
        _require_true(answer, asked, root)
    except (OSError, ValueError, VerificationError) as fault:
        log.warning("archive.no_time_stamp", error_type=type(fault).__name__)
        return ""
    return b64encode(answer).decode("ascii")


def _answer_of(address: str, asked: bytes) -> bytes:
    if not address.startswith("https://"):
        raise ValueError("a time-stamping service is asked over https")
    request = urllib.request.Request(address, asked, _HEADERS)  # noqa: S310 - https, as checked
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
        content: bytes = answer.read(_MOST)
    return content


def _require_true(answer: bytes, asked: TimeStampRequest, root: bytes) -> None:
    """Granted, of this root and this question, signed by whom our roots vouch for as a clock."""
    roots = config().timestamp_roots
    if roots is None:
        raise ValueError("no root certificates are configured for the time-stamping service")
    verifier = VerifierBuilder.from_request(asked)
    for certificate in x509.load_pem_x509_certificates(roots.read_bytes()):
        verifier = verifier.add_root_certificate(certificate)
    verifier.build().verify(decode_timestamp_response(answer), sha256(root).digest())
