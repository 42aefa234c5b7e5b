"""What an episode or a finding rests on: entries, people's accounts, policy, research, reviews."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import QuerySet

from candour.analysis.models import Episode, Evidence, Finding
from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.contributions.models import Conversation, Entry, FamilyContribution
from candour.kernel import clock
from candour.kernel.errors import Hidden, Invalid, WrongState

Resting = Episode | Finding

CITED = (
    Evidence.Kind.AGENCY_REPORT,
    Evidence.Kind.POLICY,
    Evidence.Kind.RESEARCH,
    Evidence.Kind.EARLIER_REVIEW,
)


@transaction.atomic
def rest_on_entries(
    *, access: Access, resting: Resting, entries: Sequence[Entry], note: str = ""
) -> list[Evidence]:
    """Rest it on entries in force; one it rests on already is passed over.

    Invalid where none is chosen; WrongState where one is no longer in force.
    """
    _lock(access, resting)
    if not entries:
        raise Invalid("none_chosen", "Choose at least one entry.", "entry")
    wanted = {entry.pk for entry in entries}
    found = Entry.objects.filter(pk__in=wanted, case=access.case, in_force=True)
    if found.count() != len(wanted):
        raise WrongState("entry_gone", "One of these entries is no longer in force. Search again.")
    present = set(_open(resting).filter(entry__in=found).values_list("entry_id", flat=True))
    return [
        _add(access, resting, Evidence(kind=Evidence.Kind.ENTRY, entry=entry, note=note.strip()))
        for entry in found
        if entry.pk not in present
    ]


@transaction.atomic
def rest_on_account(
    *,
    access: Access,
    resting: Resting,
    account: Conversation | FamilyContribution,
    note: str = "",
) -> Evidence:
    """Rest it on what a practitioner or a family member told the review and agreed.

    WrongState while the words are not agreed, or where it rests on them already.
    """
    _lock(access, resting)
    if account.case_id != access.case.pk:
        raise Hidden
    if account.agreed_on is None:
        raise WrongState(
            "not_agreed", "Only words that the person has agreed can be cited. Ask them first."
        )
    if isinstance(account, Conversation):
        access.may_read(Kind.CONVERSATIONS).require()
        evidence = Evidence(kind=Evidence.Kind.CONVERSATION, conversation=account)
        present = _open(resting).filter(conversation=account)
    else:
        access.may_read(Kind.FAMILY).require()
        evidence = Evidence(kind=Evidence.Kind.FAMILY, family=account)
        present = _open(resting).filter(family=account)
    if present.exists():
        raise WrongState("rests_already", "It rests on this account already.")
    evidence.note = note.strip()
    return _add(access, resting, evidence)


@transaction.atomic
def cite(
    *,
    access: Access,
    resting: Resting,
    kind: Evidence.Kind,
    citation: str,
    address: str = "",
    note: str = "",
) -> Evidence:
    """Cite an agency report, a policy of the day, research or an earlier review.

    Invalid without a citation, or with an address that is none.
    """
    _lock(access, resting)
    if kind not in CITED:
        raise Invalid("kind_not_cited", "Choose what it is that you cite.", "kind")
    if not citation.strip():
        raise Invalid("citation_missing", "Give author, title and year, or the like.", "citation")
    _refuse_address(address)
    evidence = Evidence(kind=kind, citation=citation.strip(), address=address, note=note.strip())
    return _add(access, resting, evidence)


def _refuse_address(address: str) -> None:
    try:
        if address:
            URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise Invalid(
            "address_not_read", "Give the whole address, beginning with https://.", "address"
        ) from error


@transaction.atomic
def withdraw_evidence(*, access: Access, evidence: Evidence) -> None:
    """Let an episode or finding no longer rest on this; that it once did is kept."""
    access.may_write(Kind.ANALYSIS).require()
    locked = (
        Evidence.objects.select_for_update()
        .filter(pk=evidence.pk, case=access.case, removed_at__isnull=True)
        .first()
    )
    if locked is None:
        raise WrongState("removed_already", "It no longer rests on this.")
    locked.removed_at = clock.now()
    locked.save(update_fields=["removed_at"])
    _record(access, "analysis.evidence_withdrawn", locked)


def _lock(access: Access, resting: Resting) -> None:
    access.may_write(Kind.ANALYSIS).require()
    rows = type(resting)._default_manager.select_for_update()
    if not rows.filter(pk=resting.pk, case=access.case).exists():
        raise Hidden


def _open(resting: Resting) -> QuerySet[Evidence]:
    return resting.evidence.filter(removed_at__isnull=True)


def _add(access: Access, resting: Resting, evidence: Evidence) -> Evidence:
    evidence.case = access.case
    if isinstance(resting, Episode):
        evidence.episode = resting
    else:
        evidence.finding = resting
    evidence.save(force_insert=True)
    _record(access, "analysis.evidence_added", evidence)
    return evidence


def _record(access: Access, name: str, evidence: Evidence) -> None:
    record(
        name,
        by=access.actor,
        case_id=access.case.pk,
        subject=str(evidence.finding_id or evidence.episode_id),
        evidence=str(evidence.pk),
        kind=evidence.kind,
    )
