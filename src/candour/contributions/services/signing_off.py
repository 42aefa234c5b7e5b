"""Signing off a return: from here on the entries count, and nothing alters them."""

from collections.abc import Iterator
from pathlib import PurePath

from django.db import transaction
from django.db.models import Q, QuerySet

from candour.audit.services import record
from candour.contributions.models import AgencyRequest, Entry, EntryQuery, HeldBack, Submission
from candour.contributions.placing import displace, place
from candour.contributions.sender import Sender
from candour.engines.anonymise.proposals import SourceText, propose_names
from candour.engines.anonymise.register import Kind
from candour.identities.selectors import sealed_register
from candour.identities.services import FoundName, propose
from candour.kernel import clock
from candour.kernel.actor import SYSTEM
from candour.kernel.errors import Invalid, WrongState
from candour.people.roles import LinkPurpose
from candour.people.services.links import revoke_links
from candour.platform.outbox import enqueue

REPLACED_JOB = "contributions.replaced"
"""What the worker is asked for once a later file has replaced another: whoever keeps work on its
rows carries it over."""
_SETTLED = (Submission.State.SIGNED_OFF, Submission.State.REPLACED)
_NOT_READ = (Submission.State.READING, Submission.State.UNREADABLE)


@transaction.atomic
def sign_off(*, sender: Sender, submission: Submission, signed_off_as: str = "") -> Submission:
    """The agency's signing-off manager signs: entries come into force, names are proposed.

    An earlier signed-off file is replaced and stays on record. Without an account the signer's
    office (`signed_off_as`, such as "Head of service") is asked for. WrongState names what is
    still waiting: headings, held-back parts, unclear cells.
    """
    sender.may_sign_off(submission).require()
    if sender.how != Submission.How.ACCOUNT and not signed_off_as.strip():
        raise Invalid(
            "signer_missing", "Give the job title of the person who signs off.", "signed_off_as"
        )
    request = AgencyRequest.objects.select_for_update().get(pk=sender.request.pk)
    locked = Submission.objects.select_for_update().get(pk=submission.pk, request=request)
    waiting = what_waits(locked)
    if waiting:
        raise WrongState("not_ready", "Before signing off: " + "; ".join(waiting) + ".")
    _replace_earlier(sender, locked)
    _mark_signed(sender, request, locked, signed_off_as.strip())
    counted = _bring_into_force(locked)
    record(
        "contributions.signed_off",
        by=sender.actor,
        case_id=sender.case.pk,
        subject=str(locked.pk),
        entries=counted,
        how=sender.how.value,
    )
    propose(case=sender.case, by=sender.actor, found=_names_in(sender, locked))
    # Last: the database shows nothing of the case to a link that has been revoked.
    revoke_links(by=sender.actor, purpose=LinkPurpose.CONTRIBUTION, subject=str(request.pk))
    return locked


def _mark_signed(
    sender: Sender, request: AgencyRequest, submission: Submission, signed_off_as: str
) -> None:
    submission.state = Submission.State.SIGNED_OFF
    submission.signed_off_at = clock.now()
    submission.signed_off_by_id = sender.user_id
    submission.signed_off_as = signed_off_as[:120]
    submission.version += 1
    submission.save()
    request.state = AgencyRequest.State.SIGNED_OFF
    request.version += 1
    request.save()


def what_waits(submission: Submission) -> list[str]:
    """What must be settled before this file can be signed off, in words."""
    if submission.state in _SETTLED:
        return ["this file is already settled"]
    if submission.state in _NOT_READ:
        return ["the file has not been read"]
    waiting = []
    if submission.state == Submission.State.HEADINGS:
        waiting.append("confirm what the headings mean")
    held = HeldBack.objects.filter(submission=submission, state=HeldBack.State.PENDING).count()
    if held:
        waiting.append(f"decide on hidden, deleted and commented parts ({held} left)")
    queries = open_queries(submission).count()
    if queries:
        waiting.append(f"answer unclear dates and cells ({queries} left)")
    return waiting


def open_queries(submission: Submission) -> QuerySet[EntryQuery]:
    """Queries to be answered; none is asked about a hidden row that the agency keeps out."""
    return EntryQuery.objects.filter(
        entry__submission=submission, state=EntryQuery.State.OPEN
    ).exclude(entry__order__in=_rows_kept_out(submission, HeldBack.State.REMOVED))


def _rows_kept_out(submission: Submission, *states: HeldBack.State) -> list[int]:
    rows = HeldBack.objects.filter(
        submission=submission, kind=HeldBack.Kind.HIDDEN_ROW, state__in=states
    )
    return list(rows.order_by().values_list("entry__order", flat=True))


def replaced_key(submission: Submission) -> str:
    """The key of the work that a file which replaced another asks for."""
    return f"replaced:{submission.pk}"


def _replace_earlier(sender: Sender, submission: Submission) -> None:
    earlier = Submission.objects.filter(
        ~Q(pk=submission.pk), request_id=submission.request_id, number__lt=submission.number
    )
    Entry.objects.filter(submission__in=earlier).update(in_force=False)
    displace(earlier)
    replaces = earlier.filter(signed_off_at__isnull=False).exists()
    earlier.update(state=Submission.State.REPLACED)
    if replaces:
        enqueue(
            REPLACED_JOB,
            by=SYSTEM,
            case_id=sender.case.pk,
            unique_key=replaced_key(submission),
            submission=str(submission.pk),
        )


def _bring_into_force(submission: Submission) -> int:
    kept_out = _rows_kept_out(submission, HeldBack.State.REMOVED, HeldBack.State.PENDING)
    in_force = Entry.objects.filter(submission=submission).exclude(order__in=kept_out)
    counted = in_force.update(in_force=True)
    place(submission)
    return counted


def _names_in(sender: Sender, submission: Submission) -> Iterator[FoundName]:
    """Strings that may be names, from every text of the file, released or not: the register must
    know them whatever the agency keeps back."""
    for found in propose_names(_texts_of(submission), sealed_register(sender.case)):
        # A date of birth is a number among a person's details, not an identity of its own.
        kind = Kind.NUMBER if found.kind is Kind.DATE else found.kind
        where = ", ".join(found.where[:3])
        yield FoundName(string=found.string, kind=kind.value, found_in=where, why=found.why)


def _texts_of(submission: Submission) -> Iterator[SourceText]:
    for entry in Entry.objects.filter(submission=submission, part=1):
        notes = [note["text"] for kind in entry.notes.values() for note in kind]
        words = [*entry.text.values(), entry.date_raw, *notes]
        yield SourceText(
            f"{submission.pk}/{entry.table}/{entry.row_index}", "\n".join(filter(None, words))
        )
    for part in HeldBack.objects.filter(submission=submission):
        yield SourceText(f"{submission.pk}/{part.pk}", part.text)
    beside = [*submission.around_tables, *submission.non_entry_rows]
    yield SourceText(f"{submission.pk}/beside", "\n".join(words["text"] for words in beside))
    name = PurePath(submission.document.original_name).stem
    yield SourceText(f"{submission.pk}/name", name)
