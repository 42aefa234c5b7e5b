"""Scoping forms: what an agency is asked at the outset, with the notice to secure its records."""

from datetime import date

from django.db import transaction

from candour.cases.access import Access
from candour.cases.permissions import Act, Kind
from candour.cases.versions import locked_for_edit
from candour.duties.models import Duty
from candour.duties.services import fulfil
from candour.engines.statute.calendar import calendar_overrides
from candour.engines.statute.workingdays import WorkingDays
from candour.incidents.models import ScopingForm
from candour.incidents.services.noting import note_event
from candour.kernel import clock
from candour.kernel.decision import Decision
from candour.kernel.errors import Invalid, WrongState
from candour.people.models import Agency

_USUAL_WORKING_DAYS = 10

# What an agency is asked, in the order of the forms in use, with a prompt.
QUESTIONS = (
    ("summary", "Your involvement with the child and family", "What you did, from when to when."),
    (
        "background",
        "Background",
        "Health, disability, culture and religion, education; care and child protection history.",
    ),
    (
        "practice",
        "Practice",
        "Was harm kept as small as could be? Was information shared? Was risk seen and assessed? "
        "Was action timely?",
    ),
    ("good_practice", "Good practice", ""),
    ("concerns", "Concerns about practice", "About your own agency, or how agencies worked."),
    ("safety", "What was done at once for children's safety", ""),
    ("staff", "How your staff are supported", ""),
)


def proposed_day(access: Access) -> date:
    """The day by which agencies are asked to answer, unless somebody chooses another.

    The partnership's own step inside the rapid review where its clock runs and lies ahead; else
    ten working days from today.
    """
    step = Duty.objects.filter(
        case=access.case, code="C4L2", fulfilled_at__isnull=True, due_on__gte=clock.today()
    ).first()
    if step and step.due_on:
        return step.due_on
    return WorkingDays(calendar_overrides()).add(clock.today(), _USUAL_WORKING_DAYS)


@transaction.atomic
def send_scoping(*, access: Access, agency: Agency, due_on: date) -> ScopingForm:
    """Record that an agency was asked what it holds and to secure its records."""
    access.may(Act.ASK_AGENCIES).require()
    if due_on < clock.today():
        raise Invalid("day_past", "The day of return must not lie behind.", "due_on")
    form, created = ScopingForm.objects.get_or_create(
        case=access.case, agency=agency, defaults={"sent_at": clock.now(), "due_on": due_on}
    )
    if created:
        note_event(
            access,
            "incidents.scoping_sent",
            form,
            agency=str(agency.pk),
            due_on=due_on.isoformat(),
        )
    return form


@transaction.atomic
def chase_scoping(*, access: Access, form: ScopingForm) -> ScopingForm:
    """Record that the agency was reminded today."""
    access.may(Act.ASK_AGENCIES).require()
    locked = ScopingForm.objects.select_for_update().get(pk=form.pk, case=access.case)
    if locked.returned_at:
        raise WrongState("already_returned", "This agency has answered.")
    locked.chased_at = [*locked.chased_at, clock.now().isoformat()]
    locked.save(update_fields=["chased_at"])
    note_event(
        access,
        "incidents.scoping_chased",
        locked,
    )
    return locked


@transaction.atomic
def file_scoping(
    *, access: Access, form: ScopingForm, seen_version: int, answers: dict[str, str], secured: bool
) -> ScopingForm:
    """File an agency's answers: by the agency itself, or by the business unit for it."""
    may_file(access, form).require()
    locked = locked_for_edit(ScopingForm.objects.get(pk=form.pk, case=access.case), seen_version)
    if not any(value.strip() for value in answers.values()):
        raise Invalid(
            "answers_missing", "Write what the agency holds, or that it holds nothing.", "summary"
        )
    locked.answers = {key: value.strip() for key, value in answers.items()}
    locked.returned_at = locked.returned_at or clock.now()
    locked.returned_by_id = access.actor.id
    if secured and not locked.records_secured_at:
        locked.records_secured_at = clock.now()
    locked.save()
    if not ScopingForm.objects.filter(case=access.case, returned_at__isnull=True).exists():
        fulfil(access=access, code="C4L2")
    note_event(
        access,
        "incidents.scoping_filed",
        locked,
        secured=secured,
        own=bool(access.may_write(Kind.AGENCY_RETURN, form.agency_id)),
    )
    return locked


def may_file(access: Access, form: ScopingForm) -> Decision:
    """The agency for itself; the business unit for any, with what came by e-mail."""
    own = access.may_write(Kind.AGENCY_RETURN, form.agency_id)
    return own or access.may(Act.FILE_FOR_AGENCY)
