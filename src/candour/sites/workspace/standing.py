"""Where a case stands, in a few words for each step, as far as one person may know."""

from dataclasses import dataclass

from candour.analysis.models import Finding
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.contributions.models import (
    AgencyRequest,
    Conversation,
    Entry,
    FamilyContribution,
)
from candour.contributions.selectors import requests_of
from candour.disclosure.models import Match
from candour.identities.models import NameProposal
from candour.improvement.selectors import actions_of
from candour.incidents.selectors import Overview, overview
from candour.publication.models import Publication
from candour.reports.models import Report
from candour.reviews.selectors import review_or_none
from candour.ui.wording import plural

_TO_NOTIFY = ("Not started", "Being prepared")


@dataclass(frozen=True)
class Standing:
    """Words for each step; None where there is nothing to say or it is not for this person."""

    incident: Overview
    review: str | None
    returns: str | None
    proposals: str | None
    accounts: str | None
    family: str | None
    entries: str | None
    findings: str | None
    report: str | None
    check: str | None
    publication: str | None
    actions: str | None

    @property
    def first_hours(self) -> str | None:
        left = self.incident.first_hours_open
        if left is None:
            return None
        return f"{plural(left, 'line')} of the card open" if left else "Card complete"

    @property
    def notification(self) -> str | None:
        return self.incident.notification

    @property
    def criteria(self) -> str | None:
        left = self.incident.criteria_open
        if left is None:
            return None
        return f"{plural(left, 'question')} open" if left else "All answered"

    @property
    def scoping(self) -> str | None:
        if not self.incident.scoping:
            return None
        return f"{self.incident.scoping_returned} of {self.incident.scoping} returned"

    @property
    def recommended(self) -> str | None:
        return self.incident.recommended

    @property
    def rapid_review(self) -> str | None:
        return self.incident.rapid_review

    @property
    def decided(self) -> str | None:
        return self.incident.decided


def standing(access: Access) -> Standing:
    """Read where everything stands, in one query or two for each step."""
    case = access.case
    review = review_or_none(case)
    return Standing(
        incident=overview(access),
        review=f"Commissioned: {review.label}" if review else "Not commissioned",
        returns=_returns(access) if review else None,
        proposals=_pending(access),
        accounts=_count(access, Kind.CONVERSATIONS, Conversation, "account"),
        family=_count(access, Kind.FAMILY, FamilyContribution, "person"),
        entries=_entries(access) if review else None,
        findings=_count(access, Kind.ANALYSIS, Finding, "finding"),
        report=_word(access, Kind.DRAFT, Report),
        check=_open_matches(access),
        publication=_word(access, Kind.DISCLOSURE, Publication),
        actions=_actions(access),
    )


def _returns(access: Access) -> str | None:
    states = list(requests_of(access).values_list("state", flat=True))
    done = (AgencyRequest.State.SIGNED_OFF, AgencyRequest.State.NOTHING_HELD)
    return f"{sum(state in done for state in states)} of {len(states)} settled" if states else None


def _pending(access: Access) -> str | None:
    if not access.may_write(Kind.IDENTITIES):
        return None
    waiting = NameProposal.objects.filter(
        case=access.case, state=NameProposal.State.PENDING
    ).count()
    return f"{plural(waiting, 'name')} to decide on" if waiting else None


def _count(
    access: Access,
    kind: Kind,
    model: type[Conversation] | type[FamilyContribution] | type[Finding],
    noun: str,
) -> str | None:
    if not access.may_read(kind):
        return None
    found = model._default_manager.filter(case=access.case).count()
    return plural(found, noun, "people" if noun == "person" else "") if found else None


def _entries(access: Access) -> str | None:
    rows = access.visible(Kind.CHRONOLOGY, Entry.objects.filter(in_force=True), "agency")
    found = rows.count()
    return plural(found, "entry", "entries") if found else None


def _word(access: Access, kind: Kind, model: type[Report] | type[Publication]) -> str | None:
    if not access.may_read(kind):
        return None
    found = model._default_manager.filter(case=access.case).first()
    return found.get_state_display() if found else None


def _open_matches(access: Access) -> str | None:
    if not access.may_read(Kind.DISCLOSURE):
        return None
    left = Match.objects.filter(case=access.case, state=Match.State.OPEN).count()
    return f"{plural(left, 'match', 'matches')} open" if left else None


def _actions(access: Access) -> str | None:
    if not access.may_read(Kind.PUBLISHED):
        return None
    states = list(actions_of(access).values_list("closed_at", flat=True))
    left = sum(closed is None for closed in states)
    return f"{left} of {plural(len(states), 'action')} open" if states else None
