"""Who works on reviews: partnerships, agencies, users and their standing appointments."""

import uuid
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from candour.kernel import clock
from candour.people.roles import AgencyKind, LinkPurpose, PartnerBody, Region, Role

KEPT_FOR = timedelta(hours=24)
MOST_WRONG_CODES = 5


class Partnership(models.Model):
    """A Local Safeguarding Children Board (to 2019) or a safeguarding partnership (since)."""

    class Kind(models.TextChoices):
        BOARD = "board", "Local Safeguarding Children Board"
        PARTNERSHIP = "partnership", "Safeguarding partnership"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.PARTNERSHIP)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    helpline_name = models.CharField(max_length=120, blank=True)
    helpline_number = models.CharField(max_length=40, blank=True)
    helpline_checked_on = models.DateField(null=True, blank=True)
    contact_email = models.EmailField(blank=True)
    region = models.CharField(max_length=30, choices=Region.choices, blank=True)
    arrangements_started_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """A body whose practice may be discussed: social care, police, a school, a GP practice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="agencies")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, choices=[(k.value, k.label) for k in AgencyKind])
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "name"], name="one_agency_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Users are made by invitation only (candour.people.services), never by a form of their own."""

    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with an account. Family members and practitioners never need one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    invited_at = models.DateTimeField(default=clock.now)
    joined_at = models.DateTimeField(null=True, blank=True)
    sessions_ended_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Appointment(models.Model):
    """A standing role in a partnership or for an agency, from one instant to another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT)
    partner_body = models.CharField(
        max_length=20, blank=True, choices=[(b.value, b.label) for b in PartnerBody]
    )
    role = models.CharField(max_length=40, choices=[(r.value, r.label) for r in Role])
    starts_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    appointed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="appointment_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.user_id}"


class OneUseLink(models.Model):
    """A link that lets one person do one thing, with no account or before there is one.

    Only hashes are kept: whoever reads this table can open nothing. `subject` says what the link
    is for (a user, a request to an agency), `case_id` which case it belongs to, if any.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=20, choices=[(p.value, p.label) for p in LinkPurpose])
    case_id = models.UUIDField(null=True, blank=True)
    subject = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=128, blank=True)
    code_channel = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["purpose", "subject"], name="links_by_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"


class SecondFactorRestoration(models.Model):
    """A lost second factor, given back by two people: one asks with a reason, another confirms."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="restorations")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    reason = models.TextField()
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                name="restoration_by_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("user"))
                & (Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("user"))),
                name="restoration_by_others",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(confirmed_at__isnull=True),
                name="one_open_restoration_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"restoration for {self.user_id}"


class AdministratorProposal(models.Model):
    """Somebody is to become an administrator: one person proposes, another confirms or refuses."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    confirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("user"))),
                name="an_administrator_by_two_people",
            ),
            models.UniqueConstraint(
                fields=["user", "partnership"],
                condition=Q(decided_at__isnull=True),
                name="one_open_proposal_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"proposal of {self.user_id}"


class EmailChange(models.Model):
    """A new e-mail address that its owner has still to show is theirs, by a link mailed to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    link = models.ForeignKey(OneUseLink, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["asked_at", "id"]

    def __str__(self) -> str:
        return f"new address of {self.user_id}"


class KeptForm(models.Model):
    """What a person had typed when their session ended: sealed, theirs alone, for 24 hours."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="kept_forms")
    sealed = models.BinaryField()
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["kept_at", "id"]

    def __str__(self) -> str:
        return f"form of {self.user_id}"


class Attempt(models.Model):
    """What sign-in remembers for a short while: attempts counted, codes already used.

    The table behind Django's database cache, so that every server process counts together.
    """

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_attempt"
        ordering = ["cache_key"]

    def __str__(self) -> str:
        return self.cache_key
