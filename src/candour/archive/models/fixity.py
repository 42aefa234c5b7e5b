"""Proof that what is served is what was deposited: one signed root a day over all objects."""

from django.db import models

from candour.archive.models.catalogue import ReviewRecord


class ObjectLeaf(models.Model):
    """One object of the archive in the tree: a text or a file, by salted hash.

    The salt keeps a withdrawn object from being recognised by its hash. Where a withdrawal forbids
    it, `salt` and `sha256` are emptied: the leaf alone remains, and says nothing.
    """

    record = models.ForeignKey(ReviewRecord, on_delete=models.CASCADE, related_name="leaves")
    version_number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64, blank=True)
    salt = models.CharField(max_length=64, blank=True)
    leaf = models.CharField(max_length=64)
    position = models.PositiveBigIntegerField(unique=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "version_number", "kind"], name="one_leaf_an_object"
            )
        ]

    def __str__(self) -> str:
        return f"leaf {self.position}"


class DailyRoot(models.Model):
    """The root over the first `size` leaves on one day, signed, and time-stamped if configured."""

    day = models.DateField(unique=True)
    size = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=200)
    key = models.CharField(max_length=100)
    timestamp_token = models.TextField(blank=True)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return self.day.isoformat()
