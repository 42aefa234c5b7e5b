"""The report as its authors draft it, section by section, on the page."""

from django.db import models

from candour.cases.models import CaseRecord, Versioned
from candour.contributions.models import Entry
from candour.reviews.models import Review


class Report(CaseRecord, Versioned):
    """The report of a review. What readers get is composed from its sections as one tree.

    `abstract` and `year_text` ("2015", "2007-2008") stand in the archive beside it.
    """

    class State(models.TextChoices):
        DRAFTING = "drafting", "Being drafted"
        ACCEPTED = "accepted", "Accepted by the board or partners"

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="report")
    title = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=300, blank=True)
    abstract = models.TextField(blank=True)
    year_text = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFTING)
    chronology_grain = models.CharField(
        max_length=10, choices=[("month", "Month and year"), ("day", "Day")], default="month"
    )

    def __str__(self) -> str:
        return f"report of {self.case_id}"


class Section(CaseRecord, Versioned):
    """One section: a heading and structured text.

    `anchors` keeps the anchor of each paragraph by its place, so that a citation of a paragraph
    still finds it after another has been edited or added; `anchors_given` is the last number
    given, since the anchor of a paragraph taken out never comes to mean another.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sections")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    heading = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    anchors = models.JSONField(default=list)
    anchors_given = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="one_section_a_key")]

    def __str__(self) -> str:
        return self.heading


class ChronologyRow(CaseRecord):
    """An entry chosen for the report's chronology, in the words the report gives it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="chronology_rows")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    wording = models.TextField(
        blank=True, help_text="Blank: the entry's own words, with pseudonyms"
    )

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "entry"], name="an_entry_once_in_a_report")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} in the report"


class Briefing(CaseRecord, Versioned):
    """One page for people with five minutes: what happened, what we learned, what to do."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="briefing")
    background = models.TextField(blank=True)
    incident = models.TextField(blank=True)
    why_it_matters = models.TextField(blank=True)
    what_we_found = models.TextField(blank=True)
    good_practice = models.TextField(blank=True)
    what_to_do = models.TextField(blank=True)
    questions_for_your_team = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"briefing of {self.case_id}"
