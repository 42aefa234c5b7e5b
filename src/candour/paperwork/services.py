"""Saving a form of the work half done, finishing it, opening it again."""

from datetime import date, datetime, time

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.versions import locked_for_edit
from candour.duties.services import fulfil, start_duty
from candour.engines.statute.rulebook import rule_set
from candour.kernel import clock
from candour.kernel.errors import EditedElsewhere, Invalid, WrongState
from candour.paperwork.definitions import Definition
from candour.paperwork.models import FilledForm


@transaction.atomic
def save_form(
    *, access: Access, form: Definition, seen_version: int, answers: dict[str, str]
) -> FilledForm:
    """Save what is filled in so far; nothing need be complete. EditedElsewhere if it moved on.

    WrongState once it is finished: open it again first.
    """
    access.may_write(form.kind).require()
    Case.objects.select_for_update().get(pk=access.case.pk)
    filled = _for_edit(access, form, seen_version)
    asked = {field.name for field in form.fields()} | {
        f"{field.name}_shows" for field in form.fields() if form.scale
    }
    filled.answers = {
        name: value.strip() for name, value in answers.items() if name in asked and value.strip()
    }
    filled.saved_by_id, filled.saved_at = access.actor.id, clock.now()
    filled.save()
    _record(access, "paperwork.saved", filled)
    return filled


def _for_edit(access: Access, form: Definition, seen_version: int) -> FilledForm:
    present = FilledForm.objects.filter(case=access.case, form=form.code).first()
    if present is None:
        if seen_version:
            raise EditedElsewhere("This form has changed since you opened it.")
        return FilledForm(case=access.case, form=form.code)
    if present.finished_at:
        raise WrongState("form_finished", "This form is finished. Open it again to change it.")
    return locked_for_edit(present, seen_version)


@transaction.atomic
def finish_form(*, access: Access, form: Definition) -> FilledForm:
    """Finish it: it is frozen as it stands. WrongState names what is still needed.

    A referral starts the clock of the referral form from when the referrer became aware, where
    the rules of the case have one, and meets it.
    """
    access.may_write(form.kind).require()
    filled = FilledForm.objects.select_for_update().filter(case=access.case, form=form.code).first()
    if filled is None or missing(form, filled.answers):
        wanted = missing(form, filled.answers if filled else {})
        raise WrongState("form_incomplete", "Still needed: " + "; ".join(wanted))
    if filled.finished_at:
        raise WrongState("form_finished", "This form is finished already.")
    if form.clock:
        _keep_the_clock(access, form, filled)
    filled.finished_at, filled.finished_by_id = clock.now(), access.actor.id
    filled.version += 1
    filled.save()
    _record(access, "paperwork.finished", filled)
    return filled


def missing(form: Definition, answers: dict[str, str]) -> list[str]:
    """The questions that must be answered before the form can be finished."""
    return [field.label for field in form.fields() if field.needed and not answers.get(field.name)]


def _keep_the_clock(access: Access, form: Definition, filled: FilledForm) -> None:
    rules = access.case.rule_set
    if all(each.code != form.clock for each in rule_set(rules).clocks):
        return
    start_duty(
        access=access,
        code=form.clock,
        starts=_aware(filled.answers),
        owed_by="The referrer",
        owed_to="The board",
    )
    fulfil(access=access, code=form.clock, note="Referral form finished")


def _aware(answers: dict[str, str]) -> datetime:
    """When the referrer became aware; the start of the day where the time is not known."""
    try:
        on = date.fromisoformat(answers.get("aware_on", ""))
        told = answers.get("aware_at", "").replace(".", ":")
        at = time.fromisoformat(told.zfill(5)) if told else time()
    except ValueError as fault:
        reason = "Give the day, and the time as 14:05, or leave the time blank."
        raise Invalid("date_unreadable", reason, "aware_on") from fault
    aware = datetime.combine(on, at, clock.LONDON)
    if aware > clock.now():
        raise Invalid("day_ahead", "The referrer cannot have become aware in the future.")
    return aware


@transaction.atomic
def open_form_again(*, access: Access, form: Definition, reasons: str) -> FilledForm:
    """Open a finished form again; who did, when and why is kept with it."""
    access.may_write(form.kind).require()
    filled = FilledForm.objects.select_for_update().filter(case=access.case, form=form.code).first()
    if filled is None or not filled.finished_at:
        raise WrongState("form_open", "This form is not finished, so it is open already.")
    if not reasons.strip():
        raise Invalid("reasons_missing", "Say why it is opened again.", "reasons")
    filled.finished_at = filled.finished_by = None
    why = {"at": clock.now().isoformat(), "by": access.actor.id, "reasons": reasons.strip()}
    filled.opened_again = [*filled.opened_again, why]
    filled.version += 1
    filled.save()
    record(
        "paperwork.opened_again",
        by=access.actor,
        case_id=access.case.pk,
        subject=str(filled.pk),
        form=filled.form,
    )
    return filled


def _record(access: Access, name: str, filled: FilledForm) -> None:
    record(
        name,
        by=access.actor,
        case_id=access.case.pk,
        subject=str(filled.pk),
        form=filled.form,
        version=filled.version,
    )
