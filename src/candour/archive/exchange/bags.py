"""A review as a BagIt package (RFC 8493): text, files, metadata and proof, to keep elsewhere."""

from __future__ import annotations

import io
import json
import zipfile
from hashlib import sha256

from django.http import HttpRequest, HttpResponse

from candour.archive import fixity, selectors, storage
from candour.archive.exchange.addresses import PURPOSE, of_version
from candour.archive.exchange.bibliography import bibtex, entry_of
from candour.archive.exchange.linked_data import linked_data
from candour.archive.models import ReviewRecord, Version

# Every bag of the same version is the same file, byte for byte.
_WHEN = (1980, 1, 1, 0, 0, 0)


def bag(request: HttpRequest, record_id: str, number: int) -> HttpResponse:
    """One text of a review with its files, packed."""
    record = selectors.review(record_id)
    version = selectors.version(record, number)
    name = f"review-{record.pk}-v{version.number}"
    response = HttpResponse(packed(name, record, version), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


def packed(name: str, record: ReviewRecord, version: Version) -> bytes:
    """The bag as a zip file with one folder."""
    payload = _payload(record, version)
    tags = _tags(record, version, payload)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in {**tags, **payload, "tagmanifest-sha256.txt": _manifest(tags)}.items():
            package.writestr(zipfile.ZipInfo(f"{name}/{path}", _WHEN), content)
    return out.getvalue()


def _payload(record: ReviewRecord, version: Version) -> dict[str, bytes]:
    payload = {
        "data/text.html": version.body_html.encode(),
        "data/metadata.jsonld": _json(linked_data(record)),
        "data/citation.bib": bibtex([entry_of(record)]).encode(),
    }
    for file in selectors.downloads(version):
        payload[f"data/files/{file.name}"] = storage.path_of(file.sha256).read_bytes()
    for kind, _ in fixity.objects_of(version):
        proof = fixity.certificate(version, kind)
        if proof:
            payload[f"data/proofs/{kind}.json"] = _json(proof.to_json())
    return payload


def _tags(record: ReviewRecord, version: Version, payload: dict[str, bytes]) -> dict[str, bytes]:
    size = sum(map(len, payload.values()))
    facts = (
        ("External-Identifier", record.pk),
        ("External-Description", PURPOSE),
        ("Internal-Sender-Identifier", of_version(version)),
        ("Bagging-Date", version.deposited_at.date().isoformat()),
        ("Payload-Oxum", f"{size}.{len(payload)}"),
    )
    return {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "".join(f"{name}: {value}\n" for name, value in facts).encode(),
        "manifest-sha256.txt": _manifest(payload),
    }


def _manifest(files: dict[str, bytes]) -> bytes:
    lines = (f"{sha256(content).hexdigest()}  {path}\n" for path, content in files.items())
    return "".join(lines).encode()


def _json(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
