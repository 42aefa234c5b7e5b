"""What could still identify somebody in the files about to be published, and who decided."""

from django.db import models
from django.db.models import F, Q

from candour.cases.models import CaseRecord
from candour.identities.models import Identity
from candour.people.models import User
from candour.reports.models import Report


class Bundle(CaseRecord):
    """The very files that would be published, sealed, as they were built on one day.

    `sha256` is over every name and byte; `content_mark` over what the files were built from, so
    that an edit is noticed without building them again.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="bundles")
    sha256 = models.CharField(max_length=64)
    content_mark = models.CharField(max_length=64)
    files = models.JSONField(default=list, help_text="name, size and sha256 of each file")
    sealed = models.BinaryField()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "sha256"], name="the_same_bytes_once")
        ]

    def __str__(self) -> str:
        return self.sha256


class Check(CaseRecord):
    """One run of the leak check over every byte of one bundle.

    It never says "safe": it lists what was found and what was not checked. `unread` names files
    that could not be read at all; a bundle with one cannot be cleared. `gone` counts the matches
    of the check before that this one finds no more.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="checks")
    bundle = models.ForeignKey(Bundle, null=True, on_delete=models.PROTECT, related_name="checks")
    register_version = models.CharField(max_length=64, blank=True)
    checked = models.JSONField(default=list)
    not_checked = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    problem = models.TextField(blank=True)
    gone = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"check {self.pk}"


class Match(CaseRecord):
    """A place in a file where a form of an identity, or something like it, stands."""

    class State(models.TextChoices):
        OPEN = "open", "To be removed or accepted"
        ACCEPTED = "accepted", "Accepted by two people"

    check_run = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="matches")
    identity = models.ForeignKey(Identity, null=True, blank=True, on_delete=models.PROTECT)
    file = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=80)
    place = models.CharField(max_length=300)
    sealed = models.BinaryField(help_text="the form found and its surroundings, sealed")
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ["file", "place", "id"]
        verbose_name_plural = "matches"

    def __str__(self) -> str:
        return f"match {self.pk}"


class Acceptance(CaseRecord):
    """Two different people accept that a match may stand, and why.

    It holds for the same form in the same surroundings in later runs too (`fingerprint`).
    """

    fingerprint = models.CharField(max_length=64)
    reason = models.TextField()
    first_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField()
    second_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    second_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "fingerprint"], name="one_acceptance_a_place"),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("first_by")),
                name="accepted_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"acceptance {self.pk}"
