"""The register of reviewers: entered, kept up, told how their work was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.versions import locked_for_edit
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.decision import Allowed, Decision, Denied
from candour.kernel.errors import Invalid
from candour.oversight.models import PastReview, QualityFeedback, Reviewer
from candour.people.models import Partnership, User
from candour.people.roles import Role
from candour.people.selectors import appointments_of
from candour.reviews.models import Review

# The points of a reviewer's specification, after those seen across boards.
POINTS = (
    ("leading", "Led the review and managed competing interests"),
    ("knowledge", "Knew child protection practice"),
    ("analysis", "Explained why, not only what"),
    ("listening", "Listened: practitioners and family were heard"),
    ("challenge", "Challenged constructively, without a view formed beforehand"),
    ("writing", "Wrote plainly, fit to be published as it stood"),
    ("time", "Kept to time, or said early why not"),
)
KEEPERS = (Role.BUSINESS_MANAGER, Role.CHAIR, Role.LEAD_PARTNER, Role.DELEGATED_PARTNER)


@dataclass(frozen=True)
class Profile:
    """What is known of a reviewer."""

    name: str
    experience: str = ""
    methods: Sequence[str] = ()
    accreditation: str = ""
    checked_until: date | None = None
    capacity: str = ""
    user: User | None = None


def may_keep_register(actor: Actor, partnership: Partnership) -> Decision:
    """Those who commission reviews in the partnership keep its register and read it."""
    mine = appointments_of(actor).filter(
        role__in=[role.value for role in KEEPERS], partnership=partnership
    )
    if mine.exists():
        return Allowed()
    return Denied(
        "actor_not_permitted", "The register is kept by those who commission the reviews."
    )


@transaction.atomic
def enter_reviewer(*, by: Actor, partnership: Partnership, profile: Profile) -> Reviewer:
    """Enter somebody; Invalid for a name that stands already or a method nobody knows."""
    may_keep_register(by, partnership).require()
    _check(profile)
    known = Reviewer.objects.filter(partnership=partnership, name__iexact=profile.name.strip())
    if known.exists():
        raise Invalid("reviewer_known", "Somebody of this name stands here already.", "name")
    reviewer = Reviewer(partnership=partnership)
    _set(reviewer, profile)
    reviewer.save()
    record("oversight.reviewer_entered", by=by, subject=str(reviewer.pk))
    return reviewer


@transaction.atomic
def change_reviewer(
    *, by: Actor, reviewer: Reviewer, seen_version: int, profile: Profile
) -> Reviewer:
    """Save what is known now; EditedElsewhere if somebody else did meanwhile."""
    may_keep_register(by, reviewer.partnership).require()
    _check(profile)
    locked = locked_for_edit(reviewer, seen_version)
    _set(locked, profile)
    locked.save()
    record("oversight.reviewer_changed", by=by, subject=str(locked.pk))
    return locked


def _check(profile: Profile) -> None:
    if not profile.name.strip():
        raise Invalid("name_missing", "Give the reviewer's name.", "name")
    if set(profile.methods) - set(Review.Method.values):
        raise Invalid("method_unknown", "Choose methods from the list.", "methods")


def _set(reviewer: Reviewer, profile: Profile) -> None:
    reviewer.name = profile.name.strip()
    reviewer.experience = profile.experience.strip()
    reviewer.methods = list(profile.methods)
    reviewer.accreditation = profile.accreditation.strip()
    reviewer.checked_until = profile.checked_until
    reviewer.capacity = profile.capacity.strip()
    reviewer.user = profile.user


@transaction.atomic
def add_past_review(
    *,
    by: Actor,
    reviewer: Reviewer,
    title: str,
    board: str,
    year: int,
    method: str = "",
    address: str = "",
) -> PastReview:
    """A published review that this person led; only what anybody can look up."""
    may_keep_register(by, reviewer.partnership).require()
    if not title.strip() or not board.strip():
        raise Invalid("review_missing", "Give the title and the board that published it.", "title")
    if not 1990 <= year <= clock.today().year:
        raise Invalid("year_odd", "Give the year in which it was published.", "year")
    past = PastReview.objects.create(
        reviewer=reviewer,
        title=title.strip(),
        board=board.strip(),
        year=year,
        method=method.strip(),
        address=address.strip(),
    )
    record("oversight.past_review_added", by=by, subject=str(past.pk))
    return past


@transaction.atomic
def give_feedback(
    *, by: Actor, reviewer: Reviewer, about: str, found: Mapping[str, str], words: str
) -> QualityFeedback:
    """How the work was found on every point, with words: a mark alone tells nobody anything."""
    may_keep_register(by, reviewer.partnership).require()
    if str(reviewer.user_id) == by.id:
        Denied("own_work", "Nobody gives feedback on their own work.").require()
    if set(found) != {key for key, _ in POINTS}:
        raise Invalid("points_missing", "Say for every point what was found.")
    if set(found.values()) - set(QualityFeedback.Found.values):
        raise Invalid("points_missing", "Choose from the list for every point.")
    if not words.strip() or not about.strip():
        raise Invalid("reasons_missing", "Say of which review, and what led you to it.", "words")
    given = QualityFeedback.objects.create(
        reviewer=reviewer,
        about=about.strip(),
        found=dict(found),
        words=words.strip(),
        given_by_id=by.id,
    )
    record("oversight.feedback_given", by=by, subject=str(given.pk))
    return given
