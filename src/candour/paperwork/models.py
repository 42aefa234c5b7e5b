"""A form of the work as it was filled in."""

from django.db import models

from candour.cases.models import CaseRecord, Versioned
from candour.people.models import User


class FilledForm(CaseRecord, Versioned):
    """One form of one case, half done or whole. Finishing freezes it; opening it again is recorded.

    Which fields a form has is data (`forms.toml`); answers are kept under the fields' names.
    """

    form = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    opened_again = models.JSONField(default=list, help_text="when, by whom and why it was reopened")

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "form"], name="one_filled_form_a_kind"),
            models.CheckConstraint(
                condition=models.Q(finished_at__isnull=True, finished_by__isnull=True)
                | models.Q(finished_at__isnull=False, finished_by__isnull=False),
                name="whoever_finishes_a_form_is_named",
            ),
        ]

    def __str__(self) -> str:
        return self.form
