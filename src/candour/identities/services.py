"""Entering, correcting and proposing identities. A wrong one is corrected, never deleted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.cases.sealing import Opener, seal
from candour.identities.models import Identity, NameProposal
from candour.identities.sealed import (
    RealIdentity,
    fingerprint,
    opened_identity,
    sealed_identity,
)
from candour.kernel import clock
from candour.kernel.actor import Actor
from candour.kernel.errors import EditedElsewhere, Invalid, WrongState
from candour.people.models import Agency

# Words of ordinary pseudonyms ("Child K") that are also somebody's surname.
_PLAIN_WORDS = {"child", "sibling", "mother", "father", "carer", "place"}


@dataclass(frozen=True)
class FoundName:
    """A string that may be a name, with where it was found and why it was taken for one."""

    string: str
    kind: str
    found_in: str
    why: str


@transaction.atomic
def enter(
    *,
    access: Access,
    kind: Identity.Kind,
    relationship: Identity.Relationship,
    pseudonym: str,
    real: RealIdentity,
    agency: Agency | None = None,
) -> Identity:
    """Enter a person, place or organisation into the sealed register under a pseudonym."""
    access.may_write(Kind.IDENTITIES).require()
    return enter_at_logging(
        case=access.case,
        by=access.actor,
        kind=kind,
        relationship=relationship,
        pseudonym=pseudonym,
        real=real,
        agency=agency,
    )


@transaction.atomic
def enter_at_logging(
    *,
    case: Case,
    by: Actor,
    kind: str,
    relationship: str,
    pseudonym: str,
    real: RealIdentity,
    agency: Agency | None = None,
) -> Identity:
    """The same when an incident is logged: names go straight into the register, whoever logs it.

    The notifier who logs a case may write here but never read the register back.
    """
    real = real.cleaned()
    _refuse_pseudonym(pseudonym, kind, real)
    identity = Identity(
        case=case, kind=kind, relationship=relationship, pseudonym=pseudonym.strip(), agency=agency
    )
    identity.sealed = sealed_identity(identity, real)
    _save(identity)
    record("identities.entered", by=by, case_id=case.pk, subject=str(identity.pk), kind=kind)
    return identity


def _save(identity: Identity) -> None:
    try:
        with transaction.atomic():
            identity.save()
    except IntegrityError:
        raise Invalid(
            "pseudonym_taken",
            f"“{identity.pseudonym}” already stands for somebody else on this case. "
            "Choose another.",
            "pseudonym",
        ) from None


def _refuse_pseudonym(pseudonym: str, kind: str, real: RealIdentity) -> None:
    if not pseudonym.strip():
        raise Invalid("pseudonym_missing", "Enter the words shown instead.", "pseudonym")
    shown = pseudonym.casefold()
    named = {form.casefold() for form in real.forms if len(form) > 2}
    words: set[str] = set()
    if kind == Identity.Kind.PERSON:
        words = {word for form in named for word in form.split() if len(word) > 2} - _PLAIN_WORDS
    if any(form in shown for form in named) or words & set(shown.split()):
        raise Invalid(
            "pseudonym_names",
            "The pseudonym holds the name itself. Choose another.",
            "pseudonym",
        )


@transaction.atomic
def correct(
    *,
    access: Access,
    identity: Identity,
    seen_version: int,
    pseudonym: str,
    relationship: Identity.Relationship,
    real: RealIdentity,
) -> Identity:
    """Correct who is meant or what is shown; EditedElsewhere if someone else did meanwhile."""
    access.may_write(Kind.IDENTITIES).require()
    locked = Identity.objects.select_for_update().get(pk=identity.pk, case=access.case)
    if locked.version != seen_version:
        raise EditedElsewhere("Somebody else corrected this identity while you were writing.")
    real = real.cleaned()
    _refuse_pseudonym(pseudonym, locked.kind, real)
    locked.pseudonym = pseudonym.strip()
    locked.relationship = relationship
    locked.sealed = sealed_identity(locked, real)
    locked.version += 1
    _save(locked)
    record(
        "identities.corrected",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        version=locked.version,
    )
    return locked


def propose(*, case: Case, by: Actor, found: Iterable[FoundName]) -> int:
    """Propose strings that may be names; what was proposed or is known before is not repeated.

    Answers with how many are new. A proposal changes nothing until a person decides on it.
    """
    opener = Opener(case)
    known = {
        fingerprint(case, form)
        for identity in Identity.objects.filter(case=case)
        for form in opened_identity(opener, identity).forms
    }
    known |= set(NameProposal.objects.filter(case=case).values_list("fingerprint", flat=True))
    rows: dict[str, NameProposal] = {}
    for name in found:
        mark = fingerprint(case, name.string)
        if mark not in known and mark not in rows:
            rows[mark] = NameProposal(
                case=case,
                kind=name.kind,
                sealed=seal(case, name.string.encode()),
                fingerprint=mark,
                found_in=name.found_in[:200],
                why=name.why[:200],
            )
    with transaction.atomic():
        NameProposal.objects.bulk_create(rows.values())
        if rows:
            record("identities.proposed", by=by, case_id=case.pk, count=len(rows))
    return len(rows)


def _pending(access: Access, proposal: NameProposal) -> NameProposal:
    access.may_write(Kind.IDENTITIES).require()
    locked = NameProposal.objects.select_for_update().get(pk=proposal.pk, case=access.case)
    if locked.state != NameProposal.State.PENDING:
        raise WrongState("proposal_decided", "Somebody has already decided on this string.")
    return locked


def _decide(access: Access, proposal: NameProposal, state: NameProposal.State, reason: str) -> None:
    proposal.state = state
    proposal.reason = reason.strip()
    proposal.decided_by_id = access.actor.id
    proposal.decided_at = clock.now()
    proposal.save()
    record(
        f"identities.proposal_{state.value}",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(proposal.pk),
    )


@transaction.atomic
def add_to_known(*, access: Access, proposal: NameProposal, identity: Identity) -> Identity:
    """The string is another form of somebody already in the register."""
    pending = _pending(access, proposal)
    locked = Identity.objects.select_for_update().get(pk=identity.pk, case=access.case)
    opener = Opener(access.case)
    real = opened_identity(opener, locked)
    form = opener.open(bytes(pending.sealed)).decode()
    locked.sealed = sealed_identity(locked, replace(real, forms=(*real.forms, form)).cleaned())
    locked.version += 1
    locked.save()
    pending.identity = locked
    _decide(access, pending, NameProposal.State.ADDED, "")
    return locked


@transaction.atomic
def add_as_new(
    *,
    access: Access,
    proposal: NameProposal,
    relationship: Identity.Relationship,
    pseudonym: str,
) -> Identity:
    """The string is somebody or something not yet in the register."""
    pending = _pending(access, proposal)
    form = Opener(access.case).open(bytes(pending.sealed)).decode()
    identity = enter_at_logging(
        case=access.case,
        by=access.actor,
        kind=pending.kind,
        relationship=relationship,
        pseudonym=pseudonym,
        real=RealIdentity(forms=(form,)),
    )
    pending.identity = identity
    _decide(access, pending, NameProposal.State.ADDED, "")
    return identity


@transaction.atomic
def dismiss(*, access: Access, proposal: NameProposal, reason: str) -> None:
    """The string identifies nobody; the reason is kept."""
    pending = _pending(access, proposal)
    if not reason.strip():
        raise Invalid("reasons_missing", "Say why this string identifies nobody.", "reason")
    _decide(access, pending, NameProposal.State.DISMISSED, reason)
