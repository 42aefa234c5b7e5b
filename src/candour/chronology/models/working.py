"""What reviewers lay beside entries while they work: tags, comments, filters they come back to."""

from django.db import models
from django.db.models import Q

from candour.cases.models import CaseRecord, Versioned
from candour.contributions.models import Entry
from candour.engines.contacts import Step
from candour.people.models import User


class Tag(CaseRecord):
    """A word of this review for entries; with `step`, the step that its entries tell of."""

    name = models.CharField(max_length=60)
    step = models.CharField(
        max_length=30, blank=True, choices=[(step.value, step.label) for step in Step]
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "name"], name="one_tag_a_name_in_a_case"),
            models.UniqueConstraint(
                fields=["case", "step"], condition=~Q(step=""), name="one_tag_a_step_in_a_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tagging(CaseRecord):
    """That an entry has a tag, by whom, and until when it had it.

    `act` is shared by all that one press of a button did, so that it can be undone as one;
    `ended_act` likewise by all that one press took away.
    """

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="taggings")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="taggings")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = models.UUIDField(db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_act = models.UUIDField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "entry"],
                condition=Q(ended_at__isnull=True),
                name="an_entry_has_a_tag_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_act__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False, ended_act__isnull=False),
                name="a_tagging_ends_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} has {self.tag_id}"


class EntryComment(CaseRecord, Versioned):
    """What a reviewer remarks on an entry. It may be disclosed to a court; its box says so."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="comments")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    changed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"comment on {self.entry_id}"


class SavedFilter(CaseRecord):
    """A filter of the chronology under a name, for the person who saved it."""

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "by", "name"], name="one_filter_a_name")
        ]

    def __str__(self) -> str:
        return self.name
