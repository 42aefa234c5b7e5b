"""Forms of the librarian's desk."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from candour.archive.models import AnnouncedStatus, LearningStatus, Methodology, ReviewType, Term
from candour.archive.years import first_day, year_span
from candour.library.models import Intake
from candour.library.policies import WAYS_TO_HOLD
from candour.library.services.take_in import ENDINGS
from candour.ui import fields
from candour.ui.forms import Form

_DAY_HINT = "2015, 2015-06 or 2015-06-18: as exactly as the source gives it."


class TakeInForm(Form):
    """Reports to take in."""

    reports = fields.files(
        "Reports",
        hint="PDF, Word (.docx), OpenDocument (.odt) or a saved web page. Several at once.",
        accept=ENDINGS,
    )
    # One empty file must not cost the choosing of all the others: its batch says what is wrong.
    reports.allow_empty_file = True


class CatalogueForm(Form):
    """A catalogue to load."""

    file = fields.file(
        "Catalogue", hint="A CSV file with the columns that the help names.", accept=(".csv",)
    )


class NamesForm(Form):
    """What a person found when looking for identities."""

    stopped = fields.choices("Which of these must not be public?", choices=[], required=False)
    looked = fields.tick("I have looked at each of these and at the whole text")

    def __init__(self, data: Mapping[str, Any] | None, *, intake: Intake) -> None:
        super().__init__(data, version=intake.version, initial={"stopped": intake.stopped})
        found = [(each["string"], f"{each['string']} ({each['why']})") for each in intake.names]
        self.fields["stopped"].choices = found  # type: ignore[attr-defined]


class AccountForm(Form):
    """The short account of a review and its subjects."""

    abstract = fields.long_text("In short, some 150 words", rows=4, required=False)
    incident = fields.long_text("What happened", rows=3, required=False)
    background = fields.long_text("Background", rows=3, required=False)
    learning = fields.long_text("What was learned", rows=3, required=False)
    recommendations = fields.long_text("What was recommended", rows=3, required=False)
    methodology = fields.select(
        "How it was done", choices=Methodology.choices, required=False, nothing="Not stated"
    )
    do_differently = fields.long_text("What to do differently", rows=3, required=False)
    questions = fields.long_text(
        "Questions for a team", hint="One on each line.", rows=3, required=False
    )
    subjects = fields.choices("Subjects", choices=[], required=False)

    def offer(self, terms: list[Term]) -> None:
        """Offer these terms as subjects."""
        self.fields["subjects"].choices = [  # type: ignore[attr-defined]
            (f"{term.vocabulary}:{term.code}", f"{term.get_vocabulary_display()}: {term.label}")
            for term in terms
        ]


class FactsForm(AccountForm):
    """The catalogue record of a report, and its short account."""

    title = fields.text("Title, as the publisher gives it", max_length=400)
    label = fields.text("Label used for the child or children", required=False, max_length=120)
    publishers = fields.long_text(
        "Published by", hint="One body on each line.", rows=2, required=False
    )
    publisher_is_withheld = fields.choice(
        "May the publisher be named?",
        choices=[("no", "Yes, name it"), ("yes", "No: naming the area would identify the child")],
        initial="no",
    )
    year_text = fields.text("Year, as the source gives it", hint="2015, 2007-2008, 2010 and 2012")
    review_type = fields.select("Type of review", choices=ReviewType.choices)
    kind = fields.text("Kind of document", required=False, max_length=120)
    rule_set = fields.text(
        "Guidance followed", hint="WT2013 for Working Together 2013.", required=False, max_length=40
    )
    authors = fields.long_text("Authors", hint="One on each line.", rows=2, required=False)
    report_dated_text = fields.text("Date on the report", hint=_DAY_HINT, required=False)
    adopted_text = fields.text("Adopted on", hint=_DAY_HINT, required=False)
    published_text = fields.text("Published on", hint=_DAY_HINT, required=False)
    uploaded_text = fields.text("Put on the web on", hint=_DAY_HINT, required=False)
    library_number = fields.text("Number in the national library", required=False, max_length=40)
    basis = fields.choice("By what right is the text held here?", choices=WAYS_TO_HOLD)
    licence = fields.text("Licence", required=False, max_length=120)
    licence_evidence = fields.text(
        "Where the licence, or the deposit, was seen", required=False, max_length=500
    )
    offers_original = fields.choice(
        "Is the original offered for download?", choices=[("yes", "Yes"), ("no", "No")]
    )
    is_noindexed = fields.choice(
        "May web search engines list it?", choices=[("no", "Yes"), ("yes", "No")], initial="no"
    )
    new_version_of = fields.text(
        "Replaces the text of review", hint="Its permanent reference.", required=False
    )
    what_changed = fields.long_text("What changed", rows=2, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, *, intake: Intake, terms: list[Term]
    ) -> None:
        now = {**intake.facts} if intake.facts else {"title": intake.reading.get("title", "")}
        for name in ("publisher_is_withheld", "is_noindexed", "offers_original"):
            if name in now:
                now[name] = "yes" if now[name] else "no"
        super().__init__(data, version=intake.version, initial=now)
        self.offer(terms)
        self.order_fields([name for name in self.fields if name not in AccountForm.base_fields])

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        for name in ("report_dated_text", "adopted_text", "published_text", "uploaded_text"):
            self._require_day(name, told.get(name) or "")
        if told.get("year_text") and year_span(told["year_text"])[0] is None:
            self.add_error("year_text", "Name at least one year in four figures")
        if told.get("publisher_is_withheld") == "no" and not (told.get("publishers") or "").strip():
            self.add_error("publishers", "Enter who published it, or withhold the name")
        return told

    def facts(self) -> dict[str, Any]:
        """The record as it is stored."""
        told = {name: self.cleaned_data[name] for name in self.base_fields}
        for name in ("publisher_is_withheld", "is_noindexed", "offers_original"):
            told[name] = told[name] == "yes"
        return {name: "" if value is None else value for name, value in told.items()}

    def _require_day(self, name: str, given: str) -> None:
        try:
            first_day(given)
        except ValueError as fault:
            self.add_error(name, ValidationError(f"{fault}"))


class ReasonForm(Form):
    """Why something is done."""

    reason = fields.long_text("Why", rows=2, max_length=300)


class PressForm(Form):
    """One press, once."""

    sent_once = True


class ApproveForm(Form):
    """The last look."""

    sure = fields.tick("I have read the text as it will be published")


class AnnouncementForm(Form):
    """What a body announced about its review."""

    sent_once = True

    status = fields.select("What was announced", choices=AnnouncedStatus.choices)
    announced_text = fields.text("When", hint=_DAY_HINT)
    source = fields.text("Where it was said", max_length=500)


class VisibilityForm(Form):
    """Who may find it, and how long it may stand."""

    noindex = fields.choice(
        "May web search engines list it?", choices=[("no", "Yes"), ("yes", "No")]
    )
    kept_until = fields.day("Last day that an order allows", required=False)
    gone = fields.day("Day on which the publisher's address was found dead", required=False)


class LearningForm(Form):
    """Which paragraphs are learning."""

    sent_once = True

    chosen = fields.choices("Confirm what these paragraphs are", choices=[])


class LikeForm(Form):
    """Which earlier passages recommend the same."""

    sent_once = True

    chosen = fields.choices("Which of these recommend the same?", choices=[])


class StatusForm(Form):
    """Where a recommendation stood on a day."""

    sent_once = True

    status = fields.select(
        "How it stood",
        choices=[each for each in LearningStatus.choices if each[0] != LearningStatus.UNKNOWN],
    )
    as_at = fields.day("On which day")
    source = fields.text("Who reported it, and where", max_length=500)


class TermForm(Form):
    """A term of the thesaurus."""

    label = fields.text("Name", max_length=120)
    scope_note = fields.long_text("When it is used", rows=3, required=False)
    names = fields.long_text("Other names", hint="One on each line.", rows=4, required=False)


class GiveTermForm(Form):
    """One term for several reviews."""

    sent_once = True

    reviews = fields.long_text(
        "Reviews", hint="The permanent reference of one review on each line.", rows=6
    )
    take = fields.choice(
        "What to do", choices=[("give", "Give them the term"), ("take", "Take it from them")]
    )
