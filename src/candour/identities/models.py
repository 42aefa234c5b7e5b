"""Who is really meant. Only what agencies themselves wrote holds a name elsewhere in a case."""

from django.db import models

from candour.cases.models import CaseRecord
from candour.people.models import Agency, User


class Identity(CaseRecord):
    """A real person, place or organisation of a case, sealed, and the pseudonym shown instead.

    `sealed` is JSON sealed to the case's key: `id` (this row, so that sealed text cannot be
    moved to another), `forms` (every name, nickname and misspelling), and `born`, `died`, `sex`,
    `address` where known.
    """

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        PLACE = "place", "Place"
        ORGANISATION = "organisation", "Organisation"
        NUMBER = "number", "Number or reference"

    class Relationship(models.TextChoices):
        SUBJECT_CHILD = "subject_child", "Subject child"
        SIBLING = "sibling", "Brother or sister"
        MOTHER = "mother", "Mother"
        FATHER = "father", "Father"
        PARENTS_PARTNER = "parents_partner", "Partner of a parent"
        GRANDPARENT = "grandparent", "Grandparent"
        OTHER_RELATIVE = "other_relative", "Other relative"
        CARER = "carer", "Carer"
        PROFESSIONAL = "professional", "Professional"
        OTHER_PERSON = "other_person", "Other person"
        NOT_A_PERSON = "not_a_person", "Not a person"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    relationship = models.CharField(max_length=20, choices=Relationship.choices)
    pseudonym = models.CharField(max_length=80)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT)
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pseudonym"]
        verbose_name_plural = "identities"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "pseudonym"], name="one_identity_a_pseudonym_in_a_case"
            )
        ]

    def __str__(self) -> str:
        return self.pseudonym


class NameProposal(CaseRecord):
    """A string found in a file that may be a name. It changes nothing until a person decides."""

    class State(models.TextChoices):
        PENDING = "pending", "Waiting for a decision"
        ADDED = "added", "Added to the register"
        DISMISSED = "dismissed", "Not an identity"

    kind = models.CharField(max_length=20, choices=Identity.Kind.choices)
    sealed = models.BinaryField()
    # Lets a string proposed before be recognised without keeping it readable.
    fingerprint = models.CharField(max_length=64)
    found_in = models.CharField(max_length=200)
    why = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PENDING)
    identity = models.ForeignKey(Identity, null=True, blank=True, on_delete=models.PROTECT)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "fingerprint"], name="one_proposal_a_string_in_a_case"
            )
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"
