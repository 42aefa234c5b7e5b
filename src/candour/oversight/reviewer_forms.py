"""Forms of the register of reviewers."""

from collections.abc import Iterable, Mapping
from typing import Any

from candour.oversight.models import QualityFeedback, Reviewer
from candour.oversight.services.register import POINTS, Profile
from candour.people.models import Partnership, User
from candour.reviews.models import Review
from candour.ui import fields
from candour.ui.forms import Form


class ReviewerForm(Form):
    """What is known of a reviewer."""

    partnership = fields.select("Partnership", choices=[])
    name = fields.text("Name", max_length=120)
    person = fields.select(
        "Account in Candour",
        choices=[],
        required=False,
        nothing="None",
        hint="With one, their declarations of independence are shown beside the entry.",
    )
    experience = fields.long_text("Experience", required=False, rows=5)
    methods = fields.choices("Methods", choices=Review.Method.choices, required=False)
    accreditation = fields.text("Accreditation", required=False, max_length=200)
    checked_until = fields.day("Disclosure check and indemnity good until", required=False)
    capacity = fields.text("Other work at present", required=False, max_length=200)

    def __init__(self, data: Mapping[str, Any] | None, *, reviewer: Reviewer | None = None) -> None:
        names = ("name", "experience", "methods", "accreditation", "checked_until", "capacity")
        now = {each: getattr(reviewer, each) for each in names} if reviewer else {}
        if reviewer:
            now |= {
                "partnership": str(reviewer.partnership_id),
                "person": str(reviewer.user_id or ""),
            }
        super().__init__(data, version=reviewer.version if reviewer else None, initial=now)

    def offer(self, partnerships: Iterable[Partnership], people: Iterable[User]) -> "ReviewerForm":
        """Say which partnership and whose account."""
        self.fields["partnership"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), each.name) for each in partnerships
        ]
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", "None"),
            *((str(each.pk), each.name) for each in people),
        ]
        return self

    def profile(self, people: Mapping[str, User]) -> Profile:
        """What is to stand in the register."""
        told = self.cleaned_data
        return Profile(
            name=told["name"],
            experience=told["experience"],
            methods=tuple(told["methods"]),
            accreditation=told["accreditation"],
            checked_until=told["checked_until"],
            capacity=told["capacity"],
            user=people.get(told["person"]),
        )


class PastReviewForm(Form):
    """A published review."""

    sent_once = True

    title = fields.text("Title or label of the review", max_length=200)
    board = fields.text("Board or partnership that published it", max_length=200)
    year = fields.number("Year", at_least=1990, at_most=2100)
    how = fields.text("Method", required=False, max_length=80)
    address = fields.text(
        "Where it can be read", required=False, max_length=200, hint="An address of a page."
    )


class FeedbackForm(Form):
    """How the work was found."""

    sent_once = True

    about = fields.text("Which review", max_length=200, hint="Its label, never a child's name.")
    words = fields.long_text("What led you to it", rows=6, disclosable=True)

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        for key, label in POINTS:
            self.fields[key] = fields.choice(label, choices=QualityFeedback.Found.choices)

    def found(self) -> dict[str, str]:
        """Point to what was found."""
        return {key: self.cleaned_data[key] for key, _ in POINTS}
