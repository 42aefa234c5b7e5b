"""Forms for commissioning a review."""

from collections.abc import Iterable
from datetime import date

from django.forms import ChoiceField, Field

from candour.engines.statute import independence
from candour.people.models import Agency, User
from candour.reviews.declarations import Declared
from candour.reviews.models import Review
from candour.reviews.services import Terms
from candour.ui import fields
from candour.ui.forms import Form

ENGAGEMENTS = 5

_KINDS_OF_ENGAGEMENT = (
    ("employed", "Employed"),
    ("contract", "Under contract"),
    ("seconded", "Seconded"),
    ("office", "Held an office"),
    ("voluntary", "Volunteered"),
)


class CommissionForm(Form):
    """The review that is commissioned."""

    label = fields.text(
        "Label of the review",
        hint="What the public will see, such as Child T. Never a name or an initial.",
        width=20,
        max_length=80,
    )
    by_method = fields.choice("Method", choices=Review.Method.choices)
    commissioned_on = fields.day("Day of the commission")
    asks_questions = fields.yes_no(
        "Does the review put questions to the board instead of recommendations?"
    )
    below_criteria_reason = fields.long_text(
        "Why a review is held below the criteria",
        hint="Needed only where no decision to hold a review is in force.",
        required=False,
        disclosable=True,
    )


class TermsForm(Form):
    """The terms of reference, saved as often as needed before they are agreed."""

    purpose = fields.long_text("What the review is for", required=False, disclosable=True)
    terms_of_reference = fields.long_text(
        "Terms of reference", required=False, rows=12, disclosable=True
    )
    period_start = fields.day("First day of the period under review", required=False)
    period_end = fields.day("Last day of the period under review", required=False)
    period_why = fields.long_text("Why this period", required=False, disclosable=True)
    family_plan = fields.long_text(
        "How the family is told and takes part", required=False, disclosable=True
    )
    practitioners_plan = fields.long_text(
        "How practitioners are involved without fear of blame", required=False, disclosable=True
    )
    parallel_plan = fields.long_text(
        "How a trial, an inquest or other processes beside the review are handled",
        required=False,
        disclosable=True,
    )
    media_lead = fields.text("Who speaks to the media, by office", required=False, max_length=200)
    principles = fields.long_text(
        "How the method meets the five principles",
        hint="It recognises how professionals work together; seeks to understand who did what and "
        "why; as they saw it at the time, without hindsight; is open about how information was "
        "collected and analysed; and uses research and case evidence.",
        required=False,
        rows=8,
        disclosable=True,
    )

    @staticmethod
    def held(review: Review) -> dict[str, object]:
        """What stands in the terms now."""
        return {name: getattr(review, name) for name in TermsForm.base_fields}

    def terms(self) -> Terms:
        """What was typed."""
        told = self.cleaned_data
        return Terms(**{name: told[name] for name in TermsForm.base_fields})


class AgreeForm(Form):
    """The commissioner's agreement."""

    agreed = fields.tick("I agree these terms of reference for the commissioner")


class LineForm(Form):
    """A line of enquiry."""

    text = fields.long_text(
        "Line of enquiry", hint="One question that the review is to answer.", disclosable=True
    )


class ScopeForm(Form):
    """An agency whose practice is discussed."""

    agency = fields.select("Agency", choices=[])
    asked_for = fields.long_text("What it is asked for", required=False, disclosable=True)

    def offer(self, agencies: Iterable[Agency]) -> "ScopeForm":
        """Fill the list to choose from."""
        _offer(self, "agency", [(str(each.pk), each.name) for each in agencies])
        return self


class LeaveScopeForm(Form):
    """Why an agency leaves the scope."""

    reason = fields.long_text("Why it leaves the scope", disclosable=True)


class DeclarationForm(Form):
    """What a proposed reviewer declares; every question is answered, none taken as no."""

    person = fields.select("Who is proposed", choices=[])
    second = fields.choice(
        "As",
        choices=[("lead", "Lead reviewer"), ("second", "Second reviewer")],
        inline=True,
    )
    knowledge = fields.long_text(
        "What they know of the practice concerned", required=False, disclosable=True
    )
    case_involvement = fields.choice(
        "What part have they had in this case?",
        choices=[
            ("none", "None"),
            ("direct", "Worked on it"),
            ("supervisory", "Supervised somebody who worked on it"),
            ("agency_author", "Writes or wrote an agency's report on it"),
            ("independent_reviewer_earlier", "Reviewed an earlier matter of the same family"),
        ],
    )
    relation = fields.choice(
        "To whom are they close?",
        choices=[
            ("none", "To nobody in this matter"),
            ("family_of_child", "To the child's family"),
            ("close_to_case_staff", "To somebody who worked on the case"),
            ("close_to_other_staff", "To somebody else who works for an agency in scope"),
        ],
    )
    commissioner_role = fields.choice(
        "Do they hold office in the board or partnership that commissions the review?",
        choices=[
            ("none", "No, and never have"),
            ("current", "Yes, now"),
            ("former", "In the past"),
        ],
        reveals={"former": "commissioner_until"},
    )
    commissioner_until = fields.day("Until when did they hold it")
    same_board_reviews = fields.number(
        "How many other reviews have they led for this board or partnership?", at_least=0
    )
    published_view = fields.choice(
        "What have they said in public?",
        choices=[
            ("none", "Nothing that bears on this"),
            ("general", "A general view on practice in question here"),
            ("this_case", "A view on this case"),
        ],
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        for number in range(1, ENGAGEMENTS + 1):
            self.fields |= _engagement_fields(number)

    def offer(self, people: Iterable[User]) -> "DeclarationForm":
        """Fill the list to choose from."""
        _offer(self, "person", [(str(each.pk), f"{each.name}, {each.email}") for each in people])
        return self

    def declared(self) -> Declared:
        """What was declared, as the engine takes it."""
        told = self.cleaned_data
        return Declared(
            engagements=tuple(self._engagements()),
            case_involvement=independence.CaseInvolvement(told["case_involvement"]),
            relation=independence.Relation(told["relation"]),
            commissioner_role=independence.CommissionerRole(told["commissioner_role"]),
            commissioner_until=told["commissioner_until"],
            same_board_reviews=told["same_board_reviews"],
            published_view=independence.PublishedView(told["published_view"]),
        )

    def _engagements(self) -> Iterable[independence.Engagement]:
        told = self.cleaned_data
        for number in range(1, ENGAGEMENTS + 1):
            if told[f"body_{number}"]:
                yield independence.Engagement(
                    body=told[f"body_{number}"],
                    kind=told[f"kind_{number}"] or "employed",
                    since=told[f"since_{number}"],
                    until=told[f"until_{number}"],
                )


def _engagement_fields(number: int) -> dict[str, Field]:
    return {
        f"body_{number}": fields.text(
            f"Body they worked for or held an office in, {number}",
            hint="As this body is named among the agencies in scope, where it is one.",
            required=False,
            max_length=200,
        ),
        f"kind_{number}": fields.select(
            f"How, {number}", choices=_KINDS_OF_ENGAGEMENT, required=False
        ),
        f"since_{number}": fields.day(f"From, {number}", required=False),
        f"until_{number}": fields.day(
            f"Until, {number}", hint="Leave blank while it runs.", required=False
        ),
    }


class AcceptForm(Form):
    """The commissioner's decision on a declaration."""

    reasons = fields.long_text(
        "Reasons",
        hint="Needed where the declaration calls for a decision.",
        required=False,
        disclosable=True,
    )
    name_sent_to_panel_on = fields.day(
        "Day the name was sent to the national panel", required=False
    )

    def sent_on(self) -> date | None:
        """When the name was sent, if it was."""
        sent: date | None = self.cleaned_data["name_sent_to_panel_on"]
        return sent


class EndForm(Form):
    """Why a reviewer is not appointed, or no longer."""

    reasons = fields.long_text("Reasons", disclosable=True)


def _offer(form: Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, ChoiceField):
        field.choices = [("", "Choose one"), *choices]
