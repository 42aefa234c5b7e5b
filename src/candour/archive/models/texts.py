"""The texts that the archive holds: versions, their paragraphs and the files to download."""

from django.db import models

from candour.archive.models.catalogue import ReviewRecord
from candour.kernel import clock


class Version(models.Model):
    """The text of a review as deposited on one day; later deposits are later versions.

    `deposit_id` is given by the depositor, so that a deposit repeated after a fault makes one
    version. `what_changed` says in words how it differs from the one before. `text_sha256` is of
    its words alone, so that the same report in another file is recognised. `purged_at` is set when
    a withdrawn text has left this database.
    """

    record = models.ForeignKey(ReviewRecord, on_delete=models.CASCADE, related_name="versions")
    deposit_id = models.CharField(max_length=80, unique=True)
    number = models.PositiveSmallIntegerField()
    deposited_at = models.DateTimeField(default=clock.now)
    language = models.CharField(max_length=20, default="en-GB")
    body_html = models.TextField()
    body_sha256 = models.CharField(max_length=64)
    text_sha256 = models.CharField(max_length=64, blank=True)
    what_changed = models.TextField(blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["record", "number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} version {self.number}"


class Paragraph(models.Model):
    """One paragraph of a version, with the anchor by which it is cited."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="paragraphs")
    order = models.PositiveIntegerField()
    anchor = models.CharField(max_length=80)
    heading_path = models.JSONField(default=list)
    html = models.TextField()
    text = models.TextField()

    class Meta:
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "anchor"], name="one_paragraph_an_anchor")
        ]

    def __str__(self) -> str:
        return f"{self.version_id}#{self.anchor}"


class Summary(models.Model):
    """A summary of the report in another language, or in easy words; shown with its `language`."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="summaries")
    language = models.CharField(max_length=20)
    language_name = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="one_summary_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.language}"


class PublishedFile(models.Model):
    """A file to download; its bytes lie in the archive's folder under their SHA-256."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=10)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["version", "kind"], name="one_file_a_kind")]

    def __str__(self) -> str:
        return self.name
