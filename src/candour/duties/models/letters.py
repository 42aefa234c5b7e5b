"""Letters about a case, out and in, and the templates from which a partnership writes them."""

from django.db import models
from django.db.models import Q

from candour.cases.models import CaseRecord, Versioned
from candour.documents.models import Document
from candour.identities.models import Identity
from candour.kernel import clock
from candour.people.models import Agency, Partnership, User


class LetterKind(models.TextChoices):
    """To whom, or from whom, a letter is."""

    CHIEF_EXECUTIVE = "chief_executive", "Chief executive of an agency"
    FAMILY = "family", "Family"
    PANEL = "panel", "National panel"
    OFSTED = "ofsted", "Ofsted"
    DFE = "dfe", "Department for Education"
    OTHER = "other", "Somebody else"


class LetterTemplate(models.Model):
    """One version of a partnership's words for one kind of letter; the latest is in use.

    Never changed: saving makes the next number, so that a letter can say what it was made from.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=LetterKind.choices)
    number = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "kind", "number"], name="one_template_version_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Letter(CaseRecord, Versioned):
    """A letter as written and sent, or as it came; `answers` is the letter it replies to.

    Candour sends none: somebody sends it and records here that it went, when and how. The
    addressee of a letter to the family is a line of the identity register, never a name here.
    """

    class Direction(models.TextChoices):
        OUT = "out", "Sent"
        IN = "in", "Received"

    direction = models.CharField(max_length=3, choices=Direction.choices)
    kind = models.CharField(max_length=20, choices=LetterKind.choices)
    correspondent = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    identity = models.ForeignKey(
        Identity, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    template_number = models.PositiveSmallIntegerField(null=True, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    written_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_on = models.DateField(null=True, blank=True)
    sent_how = models.CharField(max_length=120, blank=True)
    received_on = models.DateField(null=True, blank=True)
    reply_due_on = models.DateField(null=True, blank=True)
    answers = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="answered_by"
    )
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=20, blank=True)
    delivery = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction="out", received_on__isnull=True)
                | Q(direction="in", sent_on__isnull=True, received_on__isnull=False),
                name="a_letter_went_out_or_came_in",
            )
        ]

    def __str__(self) -> str:
        return f"letter {self.id}"
