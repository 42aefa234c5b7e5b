"""How a review is named on a page, so that reviews with the same label are told apart."""

from candour.archive.models import ReviewRecord


def shown_title(record: ReviewRecord) -> str:
    """The title as its publisher gave it; where its wording is uncertain, the label."""
    if record.title_is_approximate and record.label:
        return record.label
    return record.title


def publisher_words(record: ReviewRecord) -> str:
    """Who published it, in words that also say when that is withheld or not known."""
    names = [publisher.name for publisher in record.publishers.all()]
    if names:
        return " and ".join(names)
    if record.publisher_is_withheld:
        return "Published without naming the board"
    return "Publisher not known"
