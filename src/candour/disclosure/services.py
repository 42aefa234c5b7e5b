"""Checking what would be published, and accepting a match by two people."""

import hashlib
import json
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Act
from candour.cases.sealing import seal
from candour.disclosure.bundles import keep_bundle
from candour.disclosure.models import Acceptance, Bundle, Check, Match
from candour.engines.anonymise.register import Register
from candour.identities.selectors import register_version
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, RuleBroken, WrongState
from candour.platform import child
from candour.platform.outbox import enqueue
from candour.reports.models import Report
from candour.reports.publishable import content_mark, publishable_files
from candour.reports.real_names import publishing_register
from candour.reports.selectors import report_of

CHECK_JOB = "disclosure.check"
SILENT_TOO_LONG = timedelta(minutes=15)
_LIMITS = child.Limits(memory=700 * 1024 * 1024, processor_seconds=240, seconds=300.0)


@dataclass
class Outcome:
    """What the check of all files found, before it is stored."""

    matches: list[dict[str, str]] = field(default_factory=list)
    checked: list[dict[str, str]] = field(default_factory=list)
    not_checked: list[dict[str, str]] = field(default_factory=list)
    unread: list[dict[str, str]] = field(default_factory=list)


@transaction.atomic
def ask_for_check(*, access: Access) -> Check:
    """Ask for a check of the report as it stands; the worker does it. One at a time, unless the
    one before has been silent for too long.
    """
    access.may(Act.CLEAR_DISCLOSURE).require()
    report = Report.objects.select_for_update().get(pk=report_of(access).pk)
    waiting = Check.objects.filter(
        report=report, finished_at__isnull=True, recorded_at__gt=clock.now() - SILENT_TOO_LONG
    ).first()
    if waiting:
        return waiting
    check = Check.objects.create(case=access.case, report=report, by_id=access.actor.id)
    record("disclosure.check_asked", by=access.actor, case_id=access.case.pk, subject=str(check.pk))
    enqueue(
        CHECK_JOB,
        by=access.actor,
        case_id=access.case.pk,
        unique_key=f"check:{check.pk}",
        case=str(access.case.pk),
        check=str(check.pk),
    )
    return check


def run_check(*, access: Access, check: Check) -> Check:
    """Build the files anew, search every byte of them, and store what was found, sealed.

    Safe to repeat. A draft that cannot be built ends the check with `problem` saying why.
    """
    access.may(Act.CLEAR_DISCLOSURE).require()
    current = Check.objects.select_related("report").filter(pk=check.pk, case=access.case).first()
    if current is None:
        raise Hidden
    if current.finished_at:
        return current
    version = register_version(access.case)
    try:
        mark = content_mark(access)
        files = publishable_files(access)
    except RuleBroken as refusal:
        return _ended_without(access, current, refusal.reason)
    outcome = search(files, publishing_register(access.case))
    return _store(
        access, current, keep_bundle(access, current.report, files, mark), version, outcome
    )


def search(files: Mapping[str, bytes], register: Register) -> Outcome:
    """Look for every form of the register in every byte of the files, each in its own process.

    The register goes down a pipe. What could not be read is listed, never passed over.
    """
    known = json.dumps({"identities": [asdict(each) for each in register.identities]})
    outcome = Outcome()
    for name, data in files.items():
        options = {"name": name, "register": known}
        try:
            told = child.run("anonymise.check", data, options, _LIMITS)
        except child.ReadingFailed as failure:
            outcome.unread.append({"file": name, "reason": failure.message})
            continue
        outcome.matches += [{**match, "file": name} for match in told["matches"]]
        outcome.checked += [{"file": name, "part": part} for part in told["checked"]]
        outcome.not_checked += [{**part, "file": name} for part in told["not_checked"]]
    return outcome


@transaction.atomic
def _ended_without(access: Access, check: Check, problem: str) -> Check:
    locked = Check.objects.select_for_update().get(pk=check.pk)
    locked.problem = problem
    locked.finished_at = clock.now()
    locked.save(update_fields=["problem", "finished_at"])
    _finished(access, locked, matches=0)
    return locked


@transaction.atomic
def _store(access: Access, check: Check, bundle: Bundle, version: str, outcome: Outcome) -> Check:
    locked = Check.objects.select_for_update().get(pk=check.pk)
    if locked.finished_at:
        return locked
    locked.bundle = bundle
    locked.register_version = version
    locked.checked = outcome.checked
    locked.not_checked = outcome.not_checked
    locked.unread = outcome.unread
    locked.finished_at = clock.now()
    locked.save()
    accepted = _accepted(access.case)
    rows = [_match(access.case, locked, found) for found in outcome.matches]
    for row in rows:
        if row.fingerprint in accepted:
            row.state = Match.State.ACCEPTED
    locked.gone = _gone(locked, rows)
    locked.save(update_fields=["gone"])
    Match.objects.bulk_create(rows)
    _finished(access, locked, matches=len(rows))
    return locked


def _gone(check: Check, rows: list[Match]) -> int:
    """How many matches of the check before are found no more: removed, and proved so."""
    before = Check.objects.filter(report=check.report, recorded_at__lt=check.recorded_at)
    previous = before.exclude(bundle=None).order_by("-recorded_at").first()
    if previous is None:
        return 0
    then = set(previous.matches.values_list("fingerprint", flat=True))
    return len(then - {row.fingerprint for row in rows})


def _finished(access: Access, check: Check, matches: int) -> None:
    record(
        "disclosure.checked",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(check.pk),
        matches=matches,
        bundle=check.bundle.sha256 if check.bundle else None,
    )


def _accepted(case: Case) -> set[str]:
    rows = Acceptance.objects.filter(case=case, second_by__isnull=False)
    return set(rows.values_list("fingerprint", flat=True))


def _match(case: Case, check: Check, found: dict[str, str]) -> Match:
    told = {"form": found["form"], "excerpt": found["excerpt"]}
    return Match(
        case=case,
        check_run=check,
        identity_id=_identity_id(found["identity"]),
        file=found["file"],
        kind=found["kind"],
        channel=found["channel"][:80],
        place=found["place"][:300],
        sealed=seal(case, json.dumps(told, ensure_ascii=False).encode()),
        fingerprint=fingerprint(case, found["form"], found["excerpt"]),
    )


def _identity_id(told: str) -> uuid.UUID | None:
    return uuid.UUID(told.removeprefix("born-")) if told else None


def fingerprint(case: Case, form: str, excerpt: str) -> str:
    """The same form in the same words around it, in whichever file; differs by case."""
    folded = unicodedata.normalize("NFKC", f"{form}\0{excerpt}").casefold()
    words = " ".join(folded.split())
    return hashlib.sha256(f"{case.pk}:{words}".encode()).hexdigest()


@transaction.atomic
def accept(*, access: Access, match: Match, reason: str) -> Acceptance:
    """Accept that a match may stand, as the first or the second of two different people.

    Only a match of the latest check, and never with the reason missing. The second person agrees
    to the first one's reason and may add to it. Once two have accepted, the same words stand
    accepted in later checks.
    """
    access.may(Act.CLEAR_DISCLOSURE).require()
    Case.objects.select_for_update().get(pk=access.case.pk)
    present = Match.objects.select_related("check_run").filter(pk=match.pk, case=access.case)
    standing = present.first()
    if standing is None:
        raise Hidden
    _refuse_outdated(standing)
    first = Acceptance.objects.filter(case=access.case, fingerprint=standing.fingerprint).first()
    if first is None:
        return _first(access, standing, reason.strip())
    return _second(access, first, reason.strip())


def _refuse_outdated(match: Match) -> None:
    latest = Check.objects.filter(report=match.check_run.report).order_by("-recorded_at").first()
    if latest is None or latest.pk != match.check_run_id:
        raise WrongState(
            "check_outdated", "A later check has run. Look at the matches it found instead."
        )


def _first(access: Access, match: Match, reason: str) -> Acceptance:
    if not reason:
        raise Invalid("reasons_missing", "Say why this may stand in what is published.", "reason")
    acceptance = Acceptance.objects.create(
        case=access.case,
        fingerprint=match.fingerprint,
        reason=reason,
        first_by_id=access.actor.id,
        first_at=clock.now(),
    )
    _note(access, "disclosure.match_accepted_first", acceptance)
    return acceptance


def _second(access: Access, acceptance: Acceptance, reason: str) -> Acceptance:
    if acceptance.second_by_id:
        raise WrongState("already_accepted", "Two people have already accepted this.")
    if str(acceptance.first_by_id) == access.actor.id:
        raise WrongState(
            "second_person_needed",
            "You accepted this yourself. Somebody else must look at it and accept it too.",
        )
    acceptance.second_by_id = access.actor.id
    acceptance.second_at = clock.now()
    if reason:
        acceptance.reason = f"{acceptance.reason}\n{reason}"
    acceptance.save()
    same = Match.objects.filter(case=access.case, fingerprint=acceptance.fingerprint)
    same.update(state=Match.State.ACCEPTED)
    _note(access, "disclosure.match_accepted", acceptance)
    return acceptance


def _note(access: Access, event: str, acceptance: Acceptance) -> None:
    record(event, by=access.actor, case_id=access.case.pk, subject=str(acceptance.pk))
