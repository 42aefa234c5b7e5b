"""What has to be settled before a report may be published: holds, the panel's copy, the day."""

from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.cases.versions import locked_for_edit
from candour.duties.services import start_duty
from candour.engines.statute.rulebook import rule_set
from candour.kernel import clock
from candour.kernel.errors import Invalid, WrongState
from candour.publication.models import Hold, Publication
from candour.publication.policies import COPY_CLOCK, earliest_day
from candour.reports.selectors import report_of

_OPEN_FOR_CHANGE = (Publication.State.PREPARING, Publication.State.PUBLISHED)


@transaction.atomic
def prepare(*, access: Access) -> Publication:
    """Begin to prepare publication: every hold stands unanswered. Twice is the same as once."""
    access.may_write(Kind.DISCLOSURE).require()
    report = report_of(access)
    Case.objects.select_for_update().get(pk=access.case.pk)
    publication, created = Publication.objects.get_or_create(case=access.case, report=report)
    if created:
        Hold.objects.bulk_create(
            Hold(case=access.case, publication=publication, kind=kind) for kind in Hold.Kind
        )
        record(
            "publication.prepared",
            by=access.actor,
            case_id=access.case.pk,
            subject=str(publication.pk),
        )
    return publication


@transaction.atomic
def answer_hold(
    *, access: Access, hold: Hold, seen_version: int, answer: Hold.Answer, note: str
) -> Hold:
    """A named person answers one hold, with a note of how they know."""
    access.may_write(Kind.DISCLOSURE).require()
    present = Hold.objects.select_related("publication").get(pk=hold.pk, case=access.case)
    _require_open(present.publication)
    if not note.strip():
        raise Invalid(
            "reasons_missing", "Say how you know: who told you, which order, when.", "note"
        )
    locked = locked_for_edit(present, seen_version)
    locked.answer = answer
    locked.note = note.strip()
    locked.answered_by_id = access.actor.id
    locked.answered_at = clock.now()
    locked.save()
    record(
        "publication.hold_answered",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        hold=locked.kind,
        answer=answer.value,
    )
    return locked


@transaction.atomic
def record_copy_sent(
    *, access: Access, publication: Publication, seen_version: int, sent_on: date
) -> Publication:
    """Record the day on which the national panel had its copy; the earliest day to publish is
    counted from it under the rule set of the case.
    """
    access.may_write(Kind.DISCLOSURE).require()
    if sent_on > clock.today():
        raise Invalid("day_in_future", "Enter the day on which the copy was sent.", "sent_on")
    locked = _locked(access, publication, seen_version)
    locked.copy_to_panel_on = sent_on
    locked.save()
    code = COPY_CLOCK[Case.Regime(access.case.regime)]
    if any(each.code == code for each in rule_set(access.case.rule_set).clocks):
        start_duty(
            access=access,
            code=code,
            starts=sent_on,
            owed_by="The Chair"
            if access.case.regime == Case.Regime.SCR
            else "The safeguarding partners",
            owed_to="The national panel",
        )
    record(
        "publication.copy_sent",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        sent_on=sent_on.isoformat(),
    )
    return locked


@transaction.atomic
def choose_day(
    *, access: Access, publication: Publication, seen_version: int, publish_on: date
) -> Publication:
    """Plan the day of publication; Invalid if the panel would not have had its copy long enough."""
    access.may_write(Kind.DISCLOSURE).require()
    locked = _locked(access, publication, seen_version)
    earliest = earliest_day(locked)
    if earliest and publish_on < earliest:
        raise Invalid(
            "too_early_to_publish",
            f"The panel must have its copy for the whole period. The earliest day is "
            f"{earliest.day} {earliest:%B %Y}.",
            "publish_on",
        )
    locked.publish_on = publish_on
    locked.save()
    record(
        "publication.day_chosen",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(locked.pk),
        publish_on=publish_on.isoformat(),
    )
    return locked


def _locked(access: Access, publication: Publication, seen_version: int) -> Publication:
    present = Publication.objects.get(pk=publication.pk, case=access.case)
    _require_open(present)
    return locked_for_edit(present, seen_version)


def _require_open(publication: Publication) -> None:
    if publication.state not in _OPEN_FOR_CHANGE:
        state = Publication.State(publication.state).label.lower()
        raise WrongState("publication_closed", f"This report is {state}; nothing can be changed.")
