"""What agencies are asked for, and what they send: files, rows, held-back parts, queries."""

from django.db import models

from candour.cases.models import CaseRecord, Versioned
from candour.documents.models import Document
from candour.people.models import Agency, User
from candour.platform.ordered_json import OrderedJSONField


class AgencyRequest(CaseRecord, Versioned):
    """What one agency is asked for, by when."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked, nothing received"
        TO_CHECK = "to_check", "Received, the agency is checking it"
        SIGNED_OFF = "signed_off", "Signed off"
        NOTHING_HELD = "nothing_held", "The agency declares that it holds nothing"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    asked_for = models.TextField()
    due_on = models.DateField()
    sent_at = models.DateTimeField()
    chased_at = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=State.choices, default=State.ASKED)
    declaration = models.TextField(blank=True)

    class Meta:
        ordering = ["agency__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "agency"], name="an_agency_asked_once")
        ]

    def __str__(self) -> str:
        return f"request to {self.agency_id}"


class Submission(CaseRecord, Versioned):
    """A file an agency sent in answer. A later one replaces it; none is ever removed."""

    class How(models.TextChoices):
        ACCOUNT = "account", "Sent by the agency"
        LINK = "link", "Sent through a one-use link"
        EMAIL = "email", "Came by e-mail, filed by the business unit"

    class State(models.TextChoices):
        READING = "reading", "Being read"
        UNREADABLE = "unreadable", "Could not be read"
        HEADINGS = "headings", "Headings to be confirmed"
        TO_CHECK = "to_check", "To be checked by the agency"
        SIGNED_OFF = "signed_off", "Signed off"
        REPLACED = "replaced", "Replaced by a later file"

    request = models.ForeignKey(AgencyRequest, on_delete=models.PROTECT, related_name="submissions")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=20, choices=How.choices)
    came_from = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.READING)
    problems = models.JSONField(default=list)
    tables = models.JSONField(default=list)
    non_entry_rows = models.JSONField(default=list)
    around_tables = models.JSONField(default=list)
    roles = models.JSONField(default=dict)
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_off_as = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="one_submission_a_number")
        ]

    def __str__(self) -> str:
        return f"submission {self.number} to {self.request_id}"

    @property
    def words_around(self) -> list[str]:
        """Titles, paragraphs, notes and names of sheets that whoever opens the file sees.

        They often say what the abbreviations in the rows mean. Headers, comments and the like are
        no part of them: those are held back until the agency decides.
        """
        return list(dict.fromkeys(words["text"] for words in self.around_tables))


class HeadingMeaning(CaseRecord):
    """What a heading of this agency's tables means, confirmed once by a person, remembered."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    heading = models.CharField(max_length=300)
    role = models.CharField(max_length=20)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "agency", "heading"], name="one_meaning_a_heading_an_agency"
            )
        ]

    def __str__(self) -> str:
        return self.role


class Entry(CaseRecord):
    """One row of an agency's chronology, exactly as the agency wrote it. Never altered.

    `text` maps each heading, in the order of the columns, to the cell's full text; the date columns
    hold what `candour.engines.dates` read from it, the `end_` columns the same of a column that
    says until when. `time_basis` says where the time was read: a column of its own, the cell of
    the date, or the event's words. It counts in the review only while `in_force`: its
    submission is signed off and, if it was hidden, its agency has released it.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="entries")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    table = models.PositiveSmallIntegerField()
    sheet = models.CharField(max_length=120, blank=True)
    row_index = models.PositiveIntegerField()
    part = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveIntegerField()
    hidden = models.BooleanField(default=False)
    date_raw = models.TextField(blank=True)
    edtf = models.CharField(max_length=120, blank=True)
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    qualifier = models.CharField(max_length=40, blank=True)
    time_raw = models.CharField(max_length=200, blank=True)
    time_from = models.CharField(max_length=5, blank=True)
    time_to = models.CharField(max_length=5, blank=True)
    time_basis = models.CharField(max_length=20, blank=True)
    end_raw = models.TextField(blank=True)
    end_edtf = models.CharField(max_length=120, blank=True)
    end_earliest = models.DateField(null=True, blank=True)
    end_latest = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=30, blank=True)
    rule = models.CharField(max_length=80, blank=True)
    refusal = models.TextField(blank=True)
    as_of = models.DateField()
    what = models.TextField(blank=True)
    source_of_information = models.TextField(blank=True)
    text = OrderedJSONField(default=dict)
    roles = OrderedJSONField(default=dict)
    notes = models.JSONField(default=dict)
    in_force = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "id"]
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["case", "in_force", "earliest", "latest"], name="entry_in_order")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "table", "sheet", "row_index", "part"],
                name="one_entry_a_row_part",
            )
        ]

    def __str__(self) -> str:
        return f"row {self.row_index} of {self.submission_id}"


class EntryPlace(CaseRecord):
    """Where an entry in force stands in the chronology, so that a page is one question.

    Written when its agency signs off, and gone when a later file replaces it. The days are the
    entry's own, or those that its agency gave in answer to a query; the times are its own alone. By
    `stands`, then agency and place in the file, entries are in order, on the day `starts_on`; both
    are null without a day.
    `first_minute` and `last_minute` bound when it can have happened (`candour.engines.dates`).
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="place")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agency_name = models.CharField(max_length=200)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()
    part = models.PositiveSmallIntegerField()
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    time_from = models.CharField(max_length=5, blank=True)
    time_to = models.CharField(max_length=5, blank=True)
    ends_earliest = models.DateField(null=True, blank=True)
    ends_latest = models.DateField(null=True, blank=True)
    stands = models.BigIntegerField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    first_minute = models.BigIntegerField()
    last_minute = models.BigIntegerField()

    class Meta:
        ordering = ["stands", "agency_name", "submission", "order", "part"]
        indexes = [
            models.Index(
                fields=["case", "stands", "agency_name", "submission", "order", "part"],
                name="place_in_order",
            ),
            models.Index(fields=["case", "agency", "stands"], name="place_of_agency"),
            models.Index(fields=["case", "starts_on"], name="place_by_day"),
            models.Index(fields=["case", "first_minute"], name="place_by_beginning"),
            models.Index(fields=["case", "last_minute"], name="place_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    stands__isnull=True, starts_on__isnull=True, earliest__isnull=True
                )
                | models.Q(stands__isnull=False, starts_on__isnull=False),
                name="a_place_without_a_day_has_no_order",
            )
        ]

    def __str__(self) -> str:
        return f"place of {self.entry_id}"


class HeldBack(CaseRecord):
    """Something in the file that its author may not have meant to send.

    Only the sending agency sees it until it releases it, or removes it, with a reason. What
    belongs to an entry (`heading` of a hidden column, a comment, deleted text) joins it on release.
    """

    class Kind(models.TextChoices):
        HIDDEN_ROW = "hidden_row", "Hidden row"
        HIDDEN_COLUMN = "hidden_column", "Hidden column"
        HIDDEN_SHEET = "hidden_sheet", "Hidden sheet"
        HIDDEN_TEXT = "hidden_text", "Hidden text"
        DELETED_TEXT = "deleted_text", "Deleted text that is still in the file"
        COMMENT = "comment", "Comment or note"
        PROPERTY = "property", "Name in the file's properties"
        HEADER = "header", "Header, footer or text box"

    class State(models.TextChoices):
        PENDING = "pending", "Waiting for the agency"
        RELEASED = "released", "Released to the review"
        REMOVED = "removed", "Kept out of the review"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="held_back")
    entry = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="held_back"
    )
    heading = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    place = models.CharField(max_length=300)
    text = models.TextField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.PENDING)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        verbose_name_plural = "held back"

    def __str__(self) -> str:
        return f"{self.kind} in {self.submission_id}"


class EntryQuery(CaseRecord, Versioned):
    """Something unclear in an entry, how to settle it, and the answer that stands beside it."""

    class State(models.TextChoices):
        OPEN = "open", "Waiting for the agency"
        ANSWERED = "answered", "Answered"
        LEFT = "left", "Left as it is, with a reason"

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="queries")
    kind = models.CharField(max_length=30)
    question = models.TextField()
    how_to_settle = models.TextField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True)
    edtf = models.CharField(max_length=120, blank=True)
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["entry__order", "id"]
        verbose_name_plural = "entry queries"

    def __str__(self) -> str:
        return f"{self.kind} of {self.entry_id}"
