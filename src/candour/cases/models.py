"""The root of everything confidential. Every row about a case carries `case`."""

import uuid

from django.db import models
from django.db.models import F, Q

from candour.kernel import clock
from candour.kernel.references import new_reference
from candour.people.models import Agency, Partnership, User
from candour.people.roles import PartnerBody, Role


def _case_reference() -> str:
    return new_reference("CR")


class Case(models.Model):
    """One incident and everything that follows from it, under an opaque reference.

    `regime` and `rule_set` govern the review decision, `notification_rule_set` the
    notification: the two may differ (Working Together changed between awareness and decision).
    """

    class Regime(models.TextChoices):
        SCR = "SCR", "Serious case review (2006 to 2019)"
        CSPR = "CSPR", "Child safeguarding practice review (2018 on)"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True, default=_case_reference)
    partnerships = models.ManyToManyField(Partnership, related_name="cases")
    lead_partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    regime = models.CharField(max_length=4, choices=Regime.choices)
    rule_set = models.CharField(max_length=10)
    notification_rule_set = models.CharField(max_length=10)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return self.reference


class CaseRecord(models.Model):
    """What every confidential table has: an opaque id, its case, and when it was recorded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A record that two people may edit: the version they opened must be the one they save over."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class SealingKey(CaseRecord):
    """The case's own age key: its public half, and its private half sealed to the service key.

    Destroying this row at the end of retention makes every sealed file and identity unreadable.
    """

    public = models.CharField(max_length=80)
    private_sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], name="one_sealing_key_a_case")]

    def __str__(self) -> str:
        return f"sealing key of {self.case_id}"


class Membership(CaseRecord):
    """What a person is on a case, from one instant to another; access ends when it ends."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=[(r.value, r.label) for r in Role])
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT)
    partner_body = models.CharField(
        max_length=20, blank=True, choices=[(b.value, b.label) for b in PartnerBody]
    )
    starts_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="membership_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["case", "user", "role", "agency", "partner_body"],
                condition=Q(ends_at__isnull=True),
                nulls_distinct=False,
                name="one_open_membership_a_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.case_id}"


class Grant(CaseRecord):
    """Dated leave to see one kind of record, for roles whose cell says "log" or "on order".

    The legal basis and the limit on onward use are kept (Worcestershire v HM Coroner [2013]
    EWHC 1711 (QB)).
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="grants")
    kind = models.CharField(max_length=40)
    legal_basis = models.TextField()
    onward_use = models.TextField(blank=True)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="grant_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.membership_id}"


class HandOver(CaseRecord):
    """A review begun by one body and finished by its successor, under the rules it was begun under.

    Boards gave way to safeguarding partners between June 2018 and September 2019.
    """

    from_partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    to_partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    handed_over_on = models.DateField()
    reasons = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["handed_over_on", "recorded_at"]

    def __str__(self) -> str:
        return f"{self.case_id} handed over to {self.to_partnership_id}"


class LegalHold(CaseRecord):
    """An order or wish of a court, the police or a lawyer that nothing of the case be disposed of.

    While one is in force, no service that disposes of anything of the case goes on.
    """

    asked_by = models.CharField(max_length=200)
    reasons = models.TextField()
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_why = models.TextField(blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="whoever_lifts_a_legal_hold_is_named",
            )
        ]

    def __str__(self) -> str:
        return f"legal hold on {self.case_id}"


class SubmittedForm(models.Model):
    """A form already acted upon, so that a double click or a replay has one effect."""

    token = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    location = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.token
