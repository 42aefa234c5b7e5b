"""What practitioners and families are asked, and what they tell."""

from django.db import models

from candour.cases.models import CaseRecord, Versioned
from candour.identities.models import Identity
from candour.people.models import Agency, User


class Conversation(CaseRecord, Versioned):
    """What a practitioner told the review, in words they corrected and agreed.

    Never shown to an employer; cited as "practitioner account 4".
    """

    number = models.PositiveSmallIntegerField()
    role_label = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT)
    invited_on = models.DateField()
    limits_explained_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)
    corrections = models.TextField(blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    not_held_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_account_a_number")
        ]

    def __str__(self) -> str:
        return f"practitioner account {self.number}"


class PractitionerEvent(CaseRecord, Versioned):
    """A meeting of practitioners with the reviewers: who came by role, what was said and agreed."""

    held_on = models.DateField()
    facilitators = models.TextField(blank=True)
    attendees_by_role = models.TextField(blank=True)
    support_offered = models.TextField(blank=True)
    discussed = models.TextField(blank=True)
    amendments = models.TextField(blank=True)

    class Meta:
        ordering = ["held_on", "id"]

    def __str__(self) -> str:
        return f"practitioner event of {self.held_on}"


class FamilyContribution(CaseRecord, Versioned):
    """A family member's part in the review, or the reasoned decision not to approach them.

    Relatives never see each other's words. No message to a family is ever sent by Candour.
    """

    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    safe_contact_rule = models.TextField()
    approached_on = models.DateField(null=True, blank=True)
    approached_how = models.CharField(max_length=200, blank=True)
    not_approached_reason = models.TextField(blank=True)
    not_approached_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField(blank=True)
    asked_the_review_to_look_at = models.TextField(blank=True)
    read_back_on = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "identity"], name="one_family_record_a_person")
        ]

    def __str__(self) -> str:
        return f"family contribution {self.pk}"
