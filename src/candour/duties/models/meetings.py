"""Meetings about a case: convened, attended, minuted."""

from django.db import models

from candour.cases.models import CaseRecord, Versioned


class Meeting(CaseRecord, Versioned):
    """A meeting of a body about this case: agenda, who came, what was decided, who dissented."""

    class Body(models.TextChoices):
        SUB_GROUP = "sub_group", "SCR sub-group"
        RAPID_REVIEW = "rapid_review", "Rapid review meeting"
        REVIEW_PANEL = "review_panel", "Case review panel"
        PRACTITIONER_EVENT = "practitioner_event", "Practitioner event"
        BOARD = "board", "Board or partners"

    body = models.CharField(max_length=30, choices=Body.choices)
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    agenda = models.TextField(blank=True)
    attendance = models.TextField(blank=True)
    apologies = models.TextField(blank=True)
    declared_conflicts = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    decisions = models.TextField(blank=True)
    dissent = models.TextField(blank=True)

    class Meta:
        ordering = ["held_on", "id"]

    def __str__(self) -> str:
        return self.title
