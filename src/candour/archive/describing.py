"""Writing down what a review is about: its short account, its subjects, what belongs to it."""

from dataclasses import asdict

from candour.archive.deposit_record import DepositDescription
from candour.archive.models import Description, Methodology, ReviewRecord, Term
from candour.kernel import clock
from candour.kernel.errors import Invalid


def describe(record: ReviewRecord, told: DepositDescription) -> Description:
    """Give the review this description in the place of any earlier one.

    Inside the caller's transaction.

    Raises:
        Invalid: when a subject or the methodology is none that the archive knows.
    """
    if told.methodology not in Methodology.values:
        raise Invalid(
            "no_such_methodology",
            f"“{told.methodology}” is no way of carrying out a review. Choose one from the list.",
            field="methodology",
        )
    parts = {name: value for name, value in asdict(told).items() if name != "subjects"}
    description, _ = Description.objects.update_or_create(
        record=record, defaults={**parts, "checked_on": clock.today()}
    )
    record.subjects.set(_terms(told.subjects))
    return description


def _terms(subjects: tuple[tuple[str, str], ...]) -> list[Term]:
    found = []
    for vocabulary, code in subjects:
        term = Term.objects.filter(vocabulary=vocabulary, code=code, is_retired=False).first()
        if term is None:
            raise Invalid(
                "no_such_term",
                f"The thesaurus has no term {code} among its list “{vocabulary}”. Add it there "
                "first, or choose another.",
                field="subjects",
            )
        found.append(term)
    return found
