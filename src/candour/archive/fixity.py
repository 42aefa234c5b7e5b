"""The archive's objects in a tree of hashes, its daily signed root, and what may be proved."""

import secrets
from datetime import date

from django.db import transaction

from candour.archive import publication_log, signing
from candour.archive.models import (
    DailyRoot,
    ObjectLeaf,
    PublishedFile,
    ReasonClass,
    ReviewRecord,
    TombstoneKind,
    Version,
)
from candour.engines.fixity import Certificate, leaf_of, path_to, root_of, signed_words
from candour.kernel import clock
from candour.platform.databases import ARCHIVE

TEXT = "text"
# Orders that forbid even a hash: whoever has a copy could otherwise prove which child it is about.
_UNPROVABLE = (ReasonClass.COURT_ORDER, ReasonClass.IDENTIFICATION_RISK)


def enter(version: Version) -> list[ObjectLeaf]:
    """Give each object of a new version its place in the tree, in the caller's transaction."""
    publication_log.hold()
    place = ObjectLeaf.objects.count()
    objects = [(TEXT, version.body_sha256), *version.files.values_list("kind", "sha256")]
    leaves = []
    for position, (kind, digest) in enumerate(objects, start=place):
        salt = secrets.token_bytes(32)
        leaves.append(
            ObjectLeaf(
                record_id=version.record_id,
                version_number=version.number,
                kind=kind,
                sha256=digest,
                salt=salt.hex(),
                leaf=leaf_of(salt, bytes.fromhex(digest)).hex(),
                position=position,
            )
        )
    return ObjectLeaf.objects.bulk_create(leaves)


def withhold_if_ordered(record: ReviewRecord) -> int:
    """Empty the hashes and salts of a withdrawn review where its withdrawal forbids them.

    The leaves stay, because later roots stand on them; alone they say nothing about the object.
    """
    tombstone = record.tombstone
    provable = tombstone.kind == TombstoneKind.FULL and tombstone.reason_class not in _UNPROVABLE
    if provable:
        return 0
    Version.objects.filter(record=record).update(body_sha256="", text_sha256="")
    return ObjectLeaf.objects.filter(record=record).update(sha256="", salt="")


def sign_root() -> DailyRoot | None:
    """Sign the root over everything deposited so far; none when today's has been signed.

    Called by the worker. Each root names the one before it, so none can be left out unseen.
    """
    today = clock.today()
    with transaction.atomic(using=ARCHIVE):
        publication_log.hold()
        leaves = _leaves(ObjectLeaf.objects.count())
        if not leaves or DailyRoot.objects.filter(day__gte=today).exists():
            return None
        last = DailyRoot.objects.last()
        root, previous = root_of(leaves).hex(), last.root if last else ""
        words = signed_words(today.isoformat(), len(leaves), root, previous)
        return DailyRoot.objects.create(
            day=today,
            size=len(leaves),
            root=root,
            previous=previous,
            signature=signing.sign(words).hex(),
            key=signing.public_key().hex(),
        )


def certificate(version: Version, kind: str) -> Certificate | None:
    """The proof of one object under the latest root that covers it; none before the first root."""
    leaf = ObjectLeaf.objects.filter(
        record=version.record_id, version_number=version.number, kind=kind
    ).first()
    daily = DailyRoot.objects.last()
    if leaf is None or not leaf.salt or daily is None or daily.size <= leaf.position:
        return None
    path = path_to(leaf.position, _leaves(daily.size))
    return Certificate(
        reference=version.record_id,
        version=version.number,
        kind=kind,
        sha256=leaf.sha256,
        salt=leaf.salt,
        position=leaf.position,
        size=daily.size,
        path=tuple(step.hex() for step in path),
        root=daily.root,
        previous=daily.previous,
        day=daily.day.isoformat(),
        signature=daily.signature,
        key=daily.key,
        deposited=version.deposited_at.isoformat(),
        timestamp_token=daily.timestamp_token,
    )


def roots() -> list[DailyRoot]:
    """Every root that was signed, the latest first."""
    return list(DailyRoot.objects.order_by("-day"))


def root_of_day(day: str) -> DailyRoot | None:
    """The root that was signed on a day (`YYYY-MM-DD`), if one was."""
    try:
        return DailyRoot.objects.filter(day=date.fromisoformat(day)).first()
    except ValueError:
        return None


def objects_of(version: Version) -> list[tuple[str, str]]:
    """Kind and SHA-256 of the text and the files of a version."""
    files = PublishedFile.objects.filter(version=version).values_list("kind", "sha256")
    return [(TEXT, version.body_sha256), *files]


def has_time_stamp(root: DailyRoot) -> bool:
    """Whether a time-stamping service has answered for this root."""
    return bool(root.timestamp_token)


def _leaves(size: int) -> list[bytes]:
    known = ObjectLeaf.objects.filter(position__lt=size).order_by("position")
    return [bytes.fromhex(leaf) for leaf in known.values_list("leaf", flat=True)]
