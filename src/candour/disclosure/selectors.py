"""Reading what a check found. The page lists it, and never says that anything is safe."""

import json
from dataclasses import dataclass

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.cases.sealing import Opener
from candour.disclosure.models import Acceptance, Check, Match
from candour.kernel.errors import Hidden
from candour.reports.publishable import content_mark


@dataclass(frozen=True)
class MatchLine:
    """A match with what was found opened, and how far it has been accepted."""

    match: Match
    form: str
    excerpt: str
    acceptance: Acceptance | None


def latest_check(access: Access) -> Check | None:
    """The last check asked for, whether or not it has finished."""
    access.may_read(Kind.DISCLOSURE).require()
    rows = Check.objects.filter(case=access.case).select_related("bundle", "by", "report")
    return rows.defer("bundle__sealed").order_by("-recorded_at").first()


def is_current(access: Access, check: Check) -> bool:
    """Was the check made of the report and the register as they stand now? Any edit since makes
    this false.
    """
    return is_made_of(check, content_mark(access))


def is_made_of(check: Check, mark: str) -> bool:
    """Was the check made of what has this mark?"""
    return check.bundle is not None and check.bundle.content_mark == mark


def open_matches(check: Check) -> int:
    """How many matches are neither gone nor accepted by two people."""
    return Match.objects.filter(check_run=check, state=Match.State.OPEN).count()


def matches_of(access: Access, check: Check) -> list[MatchLine]:
    """The matches of one check, opened; open ones first. Records that they were read."""
    access.may_read(Kind.DISCLOSURE).require()
    rows = list(
        Match.objects.filter(check_run=check, case=access.case)
        .select_related("identity")
        .order_by("-state", "file", "place", "id")
    )
    record("disclosure.matches_read", by=access.actor, case_id=access.case.pk, count=len(rows))
    return _opened(access.case, rows)


def match_of(access: Access, match_id: str) -> MatchLine:
    """One match, opened; Hidden if it is of another case."""
    access.may_read(Kind.DISCLOSURE).require()
    row = (
        Match.objects.filter(pk=match_id, case=access.case)
        .select_related("identity", "check_run")
        .first()
    )
    if row is None:
        raise Hidden
    record("disclosure.match_read", by=access.actor, case_id=access.case.pk, subject=str(row.pk))
    return _opened(access.case, [row])[0]


def _opened(case: Case, rows: list[Match]) -> list[MatchLine]:
    accepted = {
        each.fingerprint: each
        for each in Acceptance.objects.filter(case=case).select_related("first_by", "second_by")
    }
    opener = Opener(case)
    lines = []
    for row in rows:
        told = json.loads(opener.open(bytes(row.sealed)))
        found = accepted.get(row.fingerprint)
        lines.append(MatchLine(row, told["form"], told["excerpt"], found))
    return lines
