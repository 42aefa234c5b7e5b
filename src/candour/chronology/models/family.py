"""How the people of a case belong together, as agencies recorded it."""

from django.db import models
from django.db.models import F, Q

from candour.cases.models import CaseRecord, Versioned
from candour.identities.models import Identity
from candour.people.models import Agency


class FamilyTie(CaseRecord, Versioned):
    """That one person belongs to another in some way, from when to when, and who recorded it so.

    Two agencies may record differently: both ties stand, and one may be marked as disputed. An
    empty day is one that nobody recorded, never a beginning or an end.
    """

    class Kind(models.TextChoices):
        PARENT = "parent", "is a parent of"
        PARTNER = "partner", "is a partner of"
        SIBLING = "sibling", "is a brother or sister of"
        LIVES_WITH = "lives_with", "lives in the household of"
        OTHER = "other", "is otherwise related to"

    one = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_disputed = models.BooleanField(default=False)
    remark = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Of a tie as it stood before it was corrected: the tie that it became.
    became = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="formerly"
    )

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="a_tie_is_between_two"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="a_tie_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(is_disputed=False) | ~Q(remark=""), name="a_dispute_says_what"
            ),
            models.CheckConstraint(
                condition=Q(became__isnull=True) | Q(withdrawn_at__isnull=False),
                name="a_former_tie_stands_no_more",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.kind} {self.other_id}"
