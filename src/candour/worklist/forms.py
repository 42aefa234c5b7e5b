"""Forms for reminders and cover."""

from collections.abc import Iterable

from candour.people.models import User
from candour.ui import fields
from candour.ui.forms import Form
from candour.worklist.models import Rhythm


class RhythmForm(Form):
    """How often by e-mail."""

    often = fields.choice("How often do you want e-mail?", choices=Rhythm.Often.choices)


class CoverForm(Form):
    """Who is reminded while somebody is away."""

    sent_once = True

    covered_by = fields.select(
        "Who covers for you",
        choices=[],
        hint="People on your cases. Cover gives them access to nothing: on a case that they are "
        "not on, its managers are reminded instead.",
    )
    starts_on = fields.day("First day away")
    ends_on = fields.day("Last day away")

    def offer(self, people: Iterable[User]) -> "CoverForm":
        """Say who may be chosen."""
        known = [(str(each.pk), each.name) for each in people]
        self.fields["covered_by"].choices = [("", "Choose one"), *known]  # type: ignore[attr-defined]
        return self


class SureForm(Form):
    """Nothing to fill in: the page says what will happen."""

    sent_once = True
