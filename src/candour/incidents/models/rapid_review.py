"""The rapid review, what agencies were asked for it, and who signed it."""

from django.db import models

from candour.cases.models import CaseRecord, Versioned
from candour.incidents.models.decision import PARTNER_BODIES
from candour.people.models import Agency, User


class RapidReview(CaseRecord, Versioned):
    """The rapid review: sections written once, signed off by all three partners."""

    sections = models.JSONField(default=dict)
    sent_to_panel_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], name="one_rapid_review_a_case")]

    def __str__(self) -> str:
        return f"rapid review of {self.case_id}"


class ScopingForm(CaseRecord, Versioned):
    """What one agency was asked for the rapid review or screening, and what it answered."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    due_on = models.DateField()
    records_secured_at = models.DateTimeField(null=True, blank=True)
    chased_at = models.JSONField(default=list)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.JSONField(default=dict)

    class Meta:
        ordering = ["agency__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "agency"], name="one_scoping_form_an_agency")
        ]

    def __str__(self) -> str:
        return f"scoping form of {self.agency_id}"


class PartnerSignOff(CaseRecord):
    """A partner's signature on one version of the rapid review; an edit makes it out of date."""

    rapid_review = models.ForeignKey(
        RapidReview, on_delete=models.PROTECT, related_name="sign_offs"
    )
    partner_body = models.CharField(max_length=20, choices=PARTNER_BODIES)
    signed_version = models.PositiveIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rapid_review", "partner_body", "signed_version"],
                name="one_signature_a_partner_a_version",
            )
        ]

    def __str__(self) -> str:
        return self.partner_body
