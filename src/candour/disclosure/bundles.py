"""The bundle: what would be published, sealed as one, and opened again byte for byte."""

import base64
import hashlib
import json
from collections.abc import Mapping

from candour.cases.access import Access
from candour.cases.sealing import Opener, seal
from candour.disclosure.models import Bundle
from candour.kernel.errors import WrongState
from candour.reports.models import Report
from candour.reports.publishable import bundle_digest


def keep_bundle(
    access: Access, report: Report, files: Mapping[str, bytes], content_mark: str
) -> Bundle:
    """Keep these files sealed; the same bytes again are the same bundle."""
    digest = bundle_digest(files)
    bundle, created = Bundle.objects.get_or_create(
        case=access.case,
        report=report,
        sha256=digest,
        defaults={
            "content_mark": content_mark,
            "files": [_described(name, files[name]) for name in sorted(files)],
            "sealed": seal(access.case, _packed(files)),
        },
    )
    if not created and bundle.content_mark != content_mark:
        bundle.content_mark = content_mark
        bundle.save(update_fields=["content_mark"])
    return bundle


def opened_bundle(bundle: Bundle) -> dict[str, bytes]:
    """The files, proved to be those that were checked; WrongState if they are not."""
    packed = json.loads(Opener(bundle.case).open(bytes(bundle.sealed)))
    files = {name: base64.b64decode(data) for name, data in packed.items()}
    if bundle_digest(files) != bundle.sha256:
        raise WrongState(
            "bundle_changed",
            "The files kept for publication are not those that were checked. Run the check again, "
            "and tell whoever runs Candour.",
        )
    return files


def _packed(files: Mapping[str, bytes]) -> bytes:
    return json.dumps(
        {name: base64.b64encode(data).decode("ascii") for name, data in files.items()}
    ).encode()


def _described(name: str, data: bytes) -> dict[str, object]:
    return {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
