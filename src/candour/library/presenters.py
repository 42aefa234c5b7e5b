"""How the librarian's work reads on a page."""

from candour.archive.descriptions import Account
from candour.archive.models import Learning, LearningStatus, ReviewRecord
from candour.library.models import Batch, Intake, Withdrawal
from candour.library.policies import in_the_way
from candour.ui.wording import instant, plural

Row = dict[str, str]


def intake_heading(intake: Intake) -> str:
    """What a file is called here: its title if it has one, else its name as it came."""
    return str(intake.facts.get("title") or intake.name)


def state_words(intake: Intake) -> str:
    """How far a file is."""
    if intake.state != Intake.State.READ:
        return intake.get_state_display()
    left = len(in_the_way(intake))
    return f"To be checked, {plural(left, 'step')} left" if left else "Ready to be approved"


def structure_rows(intake: Intake) -> list[Row]:
    """What was found in a file, so that a missing table or note is noticed."""
    told = intake.reading
    facts = [
        ("File", intake.name),
        ("Format", str(told.get("format", "")).upper()),
        ("Pages", str(told.get("pages") or "The format has none")),
        ("Headings", str(len(told.get("headings", ())))),
        ("Paragraphs that can be cited", str(len(told.get("cited", ())))),
        ("Tables", str(told.get("tables", 0))),
        ("Notes", str(told.get("notes", 0))),
        ("SHA-256 of the file", intake.sha256),
    ]
    if intake.same_as:
        facts.insert(1, ("Already here", f"This is {intake.same_as}."))
    return [{"key": key, "value": value} for key, value in facts]


def batch_line(batch: Batch) -> str:
    """How far a batch is, in words."""
    waiting = getattr(batch, "waiting", 0)
    refused = getattr(batch, "refused", 0) + len(batch.faults)
    parts = [plural(getattr(batch, "files", 0), "file")]
    parts += [f"{waiting} waiting to be read"] if waiting else []
    parts += [f"{refused} not taken in"] if refused else []
    return ", ".join(parts)


def account_words(account: Account) -> str:
    """Whether a review has been described."""
    return "Not described yet" if account.is_empty else "Described"


def status_words(learning: Learning) -> str:
    """What is known of a recommendation's fate, with its source; nothing known is said."""
    last = learning.reports.order_by("-as_at", "-pk").first()
    if last is None:
        return LearningStatus.UNKNOWN.label
    return f"{last.get_status_display()} on {last.as_at:%d %B %Y}, according to {last.source}"


def record_line(review: ReviewRecord) -> str:
    """A review in a list."""
    bodies = ", ".join(body.name for body in review.publishers.all()) or "publisher withheld"
    return f"{review.pk}: {review.title}, {bodies}, {review.year_text or 'year not known'}"


def withdrawal_words(withdrawal: Withdrawal) -> str:
    """A withdrawal in a list: which review, why, and how far it is."""
    why = withdrawal.get_reason_class_display().lower()
    return f"{withdrawal.record_id}, {why}: {withdrawal.get_outcome_display().lower()}"


def withdrawal_rows(withdrawal: Withdrawal) -> list[Row]:
    """What was asked, by whom, and what became of it."""
    settled = withdrawal.settled_by
    facts = [
        ("Review", withdrawal.record_id),
        ("Why", withdrawal.get_reason_class_display()),
        ("Order or request", withdrawal.ordered_by),
        ("Said in its place", withdrawal.get_tombstone_display()),
        ("Words for the public", withdrawal.public_text),
        ("Asked by", f"{withdrawal.asked_by.name}, {instant(withdrawal.asked_at)}"),
        ("Stands", withdrawal.get_outcome_display()),
        ("Settled by", f"{settled.name}, {instant(withdrawal.settled_at)}" if settled else ""),
        ("Why it stays", withdrawal.refused_why),
    ]
    return [{"key": key, "value": value} for key, value in facts if value]
