"""Forms for asking agencies and for checking what they send."""

from collections.abc import Iterable

from django.forms import MultipleChoiceField

from candour.contributions.models import EntryQuery, Submission
from candour.reviews.models import AgencyInScope
from candour.ui import fields
from candour.ui.forms import Form

FILE_ENDINGS = (".docx", ".xlsx", ".xls", ".ods", ".odt", ".csv")

MEANINGS = {
    "date": "Date",
    "end_date": "End date",
    "time": "Time",
    "event": "What happened",
    "source": "Source of the information",
    "response": "What was done",
    "comment": "Comment or analysis",
    "agency": "Agency or team",
    "staff": "Who recorded or was involved",
    "recorded_on": "Day it was recorded",
    "child_seen": "Whether the child was seen",
    "other": "Something else",
}


class AskForm(Form):
    """Which agencies are asked for what, by when."""

    agencies = fields.choices("Agencies", choices=[])
    asked_for = fields.long_text(
        "What they are asked for",
        hint="For example the chronology of all contact in the period under review, as a table.",
        disclosable=True,
    )
    due_on = fields.day("Due on")

    def offer(self, scope: Iterable[AgencyInScope]) -> "AskForm":
        """Fill the list to choose from."""
        field = self.fields["agencies"]
        if isinstance(field, MultipleChoiceField):
            field.choices = [(str(each.agency_id), each.agency.name) for each in scope]
        return self


class ChaseForm(Form):
    """That the agency was reminded."""

    reminded = fields.tick("I have reminded this agency today")


class LinkForm(Form):
    """How the code of a one-use link will be given."""

    code_channel = fields.choice(
        "How will you give the code?",
        hint="Never the way the link itself goes.",
        choices=[
            ("telephone", "By telephone"),
            ("in_person", "In person"),
            ("letter", "By letter"),
        ],
    )


class WithdrawLinkForm(Form):
    """That a link shall stop working."""

    sure = fields.tick("The link is to stop working now")


class CodeForm(Form):
    """The code that was given by another channel."""

    code = fields.one_time_code(
        "Code", hint="You were given it by telephone, in person or by letter. Like ABCD-2345."
    )


class UploadForm(Form):
    """The file as it is."""

    file = fields.file(
        "The agency's file",
        hint="Word, Excel, OpenDocument or CSV, as it is. Nothing need be retyped.",
        accept=FILE_ENDINGS,
    )


class FiledUploadForm(UploadForm):
    """The file that came by e-mail, filed by the business unit."""

    came_from = fields.text("Who sent it and when", max_length=200, disclosable=True)


class NothingHeldForm(Form):
    """The agency's declaration that it holds nothing."""

    declaration = fields.long_text(
        "Declaration",
        hint="What was searched, for which period, and that nothing is held.",
        disclosable=True,
    )


class HeadingsForm(Form):
    """What each heading of the agency's tables means; opens on a guess."""

    def __init__(self, *args: object, submission: Submission, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.headings = list(submission.roles)
        for number, heading in enumerate(self.headings):
            self.fields[f"heading_{number}"] = fields.select(
                heading or "(blank heading)",
                choices=MEANINGS.items(),
                initial=submission.roles[heading],
            )

    def roles(self) -> dict[str, str]:
        """The meaning chosen for each heading."""
        told = self.cleaned_data
        return {heading: told[f"heading_{n}"] for n, heading in enumerate(self.headings)}


class HeldBackForm(Form):
    """Release to the review, or keep out, with a reason."""

    decision = fields.choice(
        "What is to happen with it?",
        choices=[
            ("release", "Release it to the review"),
            ("remove", "Keep it out of the review"),
        ],
        option_hints={"remove": "Your file stays sealed as it was sent. Nobody else sees this."},
    )
    reason = fields.text(
        "Reason", hint="It is kept with the decision.", max_length=500, disclosable=True
    )


class QueryForm(Form):
    """How an unclear date or cell is settled; the original stays as it is."""

    how = fields.choice(
        "How is it settled?",
        choices=[
            ("date", "I can give the date"),
            ("words", "I can say what it should read"),
            ("leave", "It stays as it is"),
        ],
        reveals={"date": "date_text", "words": "answer", "leave": "reason"},
    )
    date_text = fields.day_as_known("The date")
    answer = fields.long_text("What it should read", disclosable=True)
    reason = fields.long_text("Why it stays as it is", disclosable=True)

    def said(self) -> tuple[str, str]:
        """The answer in words, and the date as written; one of them blank."""
        told = self.cleaned_data
        return (told["answer"] or "", told["date_text"] or "")

    @staticmethod
    def held(query: EntryQuery) -> dict[str, str]:
        """What was answered before."""
        if query.state == EntryQuery.State.LEFT:
            return {"how": "leave", "reason": query.answer}
        how = "date" if query.edtf else "words"
        return {"how": how, "answer": query.answer, "date_text": query.answer}


class SignOffForm(Form):
    """The agency's sign-off."""

    whole = fields.tick("This is the agency's return, checked and complete")


class SignOffWithoutAccountForm(SignOffForm):
    """The agency's sign-off by somebody who has no account, or filed for them."""

    signed_off_as = fields.text("Job title of the person who signs off", max_length=120)
