"""What stands in the way of publication, all of it at once, each with what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from candour.cases.access import Access, in_force
from candour.cases.models import Case, Membership
from candour.cases.permissions import ACTS, Act
from candour.disclosure.models import Check
from candour.disclosure.selectors import is_current, latest_check, open_matches
from candour.duties.models import Duty
from candour.duties.states import state_of
from candour.engines.statute.guards import Facts
from candour.kernel import clock
from candour.kernel.decision import Allowed, Decision, Denied
from candour.publication.models import Clearance, Hold, Publication
from candour.reviews.models import HeldActivity

COPY_CLOCK = {Case.Regime.SCR: "S7", Case.Regime.CSPR: "C7"}
"""The clock that says how long the panel has its copy before publication."""

PEOPLE_NEEDED = 2
NOT_TO_BE_PUBLISHED = (
    *("NONPUB_PROPOSED", "NONPUB_AGREED", "NONPUB_DISAGREED"),
    *("INAPPROPRIATE_TO_PUBLISH", "IMPROVEMENTS_PUBLISHED"),
)


@dataclass(frozen=True)
class Obstacle:
    """One thing that stands in the way."""

    code: str
    text: str


def earliest_day(publication: Publication) -> date | None:
    """The first day on which it may be published, counted from the panel's copy; None if no rule
    counts one or the copy has not been sent.
    """
    if publication.copy_to_panel_on is None:
        return None
    duty = Duty.objects.filter(
        case_id=publication.case_id,
        code__in=COPY_CLOCK.values(),
        starts_on=publication.copy_to_panel_on,
    ).first()
    return duty.due_on if duty else None


def cleared_by(check: Check | None, publication: Publication) -> list[Clearance]:
    """The clearances of exactly the bytes that this check was made of, one a person.

    Only those of people who could still clear: a clearance lapses when its giver leaves the case.
    """
    if check is None or check.bundle_id is None:
        return []
    entitled = Membership.objects.filter(
        in_force(),
        case_id=publication.case_id,
        role__in=ACTS[Act.CLEAR_PUBLICATION],
        user__is_active=True,
    )
    rows = Clearance.objects.filter(
        publication=publication, bundle_id=check.bundle_id, by__in=entitled.values("user")
    )
    return list(rows.select_related("by"))


def in_the_way_of_clearing(access: Access, publication: Publication) -> list[Obstacle]:
    """What must be settled before anybody can clear the files."""
    return [*_holds(publication), *_files(access, latest_check(access))]


def in_the_way_of_publishing(access: Access, publication: Publication) -> list[Obstacle]:
    """Everything that must be settled before the report can be published."""
    return standing_of(access, publication).obstacles


@dataclass(frozen=True)
class Standing:
    """How far publication has come: the latest check, who cleared its files, what is left."""

    check: Check | None
    earliest: date | None
    cleared: list[Clearance]
    obstacles: list[Obstacle]


def standing_of(access: Access, publication: Publication) -> Standing:
    """How far publication has come, each thing asked once."""
    check, earliest = latest_check(access), earliest_day(publication)
    cleared = cleared_by(check, publication)
    obstacles = [
        *_decided_against(access.case),
        *_held_back(access.case),
        *_holds(publication),
        *_files(access, check),
        *_days(publication, earliest),
        *_clearances(cleared),
        *_nothing_new(publication, check),
    ]
    return Standing(check, earliest, cleared, obstacles)


def may_publish(access: Access, publication: Publication) -> Decision:
    """May it be published now? Refused with the first obstacle's code and all their reasons."""
    obstacles = in_the_way_of_publishing(access, publication)
    if not obstacles:
        return Allowed()
    return Denied(obstacles[0].code, " ".join(each.text for each in obstacles))


def _decided_against(case: Case) -> Iterator[Obstacle]:
    if state_of(case) in NOT_TO_BE_PUBLISHED:
        yield Obstacle(
            "decided_not_to_publish",
            "It is decided not to publish. Those who decided can end the decision first.",
        )


def _held_back(case: Case) -> Iterator[Obstacle]:
    """Publishing that waits for proceedings by agreement, until it is recorded that it goes on."""
    held = HeldActivity.objects.filter(
        case=case, kind=HeldActivity.Kind.PUBLICATION, lifted_on__isnull=True
    )
    for each in held.select_related("proceeding"):
        yield Obstacle(
            "activity_held_back",
            f"Held back for {each.proceeding.get_kind_display().lower()}: {each.activity}",
        )


def _holds(publication: Publication) -> Iterator[Obstacle]:
    for hold in publication.holds.all():
        label = Hold.Kind(hold.kind).label
        if not hold.answer:
            yield Obstacle("hold_unanswered", f"{label}: nobody has answered this hold yet.")
        elif hold.answer == Hold.Answer.HOLDS:
            yield Obstacle("hold_stands", f"{label}: this stands in the way ({hold.note}).")


def _files(access: Access, check: Check | None) -> Iterator[Obstacle]:
    if check is None:
        yield Obstacle("not_checked", "The files have not been checked for names. Run the check.")
    elif check.finished_at is None:
        yield Obstacle("check_running", "The check for names has not finished. Wait for it.")
    elif check.bundle is None:
        yield Obstacle("files_not_built", f"The files could not be built. {check.problem}")
    elif not is_current(access, check):
        yield Obstacle(
            "edited_since_check", "The report was edited since it was checked. Run the check again."
        )
    else:
        yield from _findings(check)


def _findings(check: Check) -> Iterator[Obstacle]:
    left = open_matches(check)
    if left:
        yield Obstacle(
            "matches_open", f"{left} matches of the check are neither removed nor accepted."
        )
    if check.unread:
        names = ", ".join(each["file"] for each in check.unread)
        yield Obstacle("file_unread", f"The check could not read {names}. Run it again.")


def _days(publication: Publication, earliest: date | None) -> Iterator[Obstacle]:
    today = clock.today()
    if publication.copy_to_panel_on is None:
        yield Obstacle("letter_missing", "The day on which the panel had its copy is missing.")
    elif earliest and today < earliest:
        yield Obstacle(
            "too_early_to_publish",
            f"The panel must have its copy until {earliest.day} {earliest:%B %Y}.",
        )
    if publication.publish_on is None:
        yield Obstacle("day_missing", "Choose the day of publication.")
    elif today < publication.publish_on:
        yield Obstacle(
            "day_not_come",
            f"Publication is planned for {publication.publish_on.day} "
            f"{publication.publish_on:%B %Y}. Change the day to publish sooner.",
        )


def _clearances(cleared: list[Clearance]) -> Iterator[Obstacle]:
    if len(cleared) < PEOPLE_NEEDED:
        yield Obstacle(
            "clearance_missing",
            f"{PEOPLE_NEEDED} people must clear exactly these files; {len(cleared)} have.",
        )


def _nothing_new(publication: Publication, check: Check | None) -> Iterator[Obstacle]:
    if publication.state == Publication.State.PUBLISHED and check and check.bundle_id:
        latest = publication.editions.filter(published_at__isnull=False).last()
        if latest and latest.bundle_id == check.bundle_id:
            yield Obstacle("nothing_new", "These very files are published already.")
    elif publication.state != Publication.State.PREPARING:
        state = Publication.State(publication.state).label.lower()
        yield Obstacle("publication_closed", f"This report is {state}.")


def facts_for_status(publication: Publication) -> Facts:
    """The same answers as the guidance's process knows them, to move the case on."""
    clear = {hold.kind: hold.answer == Hold.Answer.CLEAR for hold in publication.holds.all()}
    restricted = not (clear[Hold.Kind.COURT_ORDERS] and clear[Hold.Kind.FAMILY_PROCEEDINGS])
    return {
        "copy_sent": publication.copy_to_panel_on,
        "publish_on": clock.today(),
        "legal_clearance": clear[Hold.Kind.COURT_ORDERS],
        "live_restriction": restricted,
        "trial_cleared": clear[Hold.Kind.TRIAL],
        "inquest_cleared": clear[Hold.Kind.INQUEST],
        "family_told": clear[Hold.Kind.FAMILY_TOLD],
        "staff_told": clear[Hold.Kind.STAFF_TOLD],
        "media_plan": clear[Hold.Kind.MEDIA_PLAN],
        "anonymisation_passed": True,
        "jigsaw_passed": clear[Hold.Kind.JIGSAW],
        "bundle_complete": True,
    }
