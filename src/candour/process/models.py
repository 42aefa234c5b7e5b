"""What only a person can say of a case: a question of the process, answered under a name."""

from django.db import models

from candour.cases.models import CaseRecord
from candour.people.models import User


class Statement(CaseRecord):
    """One person's answer to one question of the process, with how they know. The last one counts.

    Earlier answers stay as they were given.
    """

    fact = models.CharField(max_length=40)
    answer = models.BooleanField()
    note = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.fact}: {'yes' if self.answer else 'no'}"
