"""Whose review it is: several partnerships with one lead, or a successor that finishes it."""

from datetime import date

from django.db import transaction

from candour.audit.services import record
from candour.cases.access import Access
from candour.cases.models import Case, HandOver
from candour.cases.permissions import Act
from candour.cases.services import bring_in_partnership
from candour.duties.services import start_duty
from candour.engines.statute.rulebook import rule_set
from candour.kernel import clock
from candour.kernel.errors import Invalid, WrongState
from candour.people.models import Partnership, User

_GRACE = "T1"  # months in which outstanding serious case reviews are finished and published


@transaction.atomic
def join_partnership(*, access: Access, partnership: Partnership, reasons: str) -> Case:
    """Make it a joint review: another partnership takes part; the one that leads goes on leading.

    Its standing people come on the case, and its agencies can be brought into scope.
    """
    access.may(Act.COMMISSION).require()
    case = Case.objects.select_for_update().get(pk=access.case.pk)
    if case.partnerships.filter(pk=partnership.pk).exists():
        raise WrongState("already_joined", f"{partnership.name} takes part already.")
    if not reasons.strip():
        raise Invalid("reasons_missing", "Say why it takes part.", "reasons")
    bring_in_partnership(case=case, partnership=partnership, by=_person(access))
    record(
        "reviews.partnership_joined",
        by=access.actor,
        case_id=case.pk,
        subject=str(partnership.pk),
    )
    return case


@transaction.atomic
def hand_over(*, access: Access, to: Partnership, handed_over_on: date, reasons: str) -> HandOver:
    """A successor finishes the review: it leads from now on, under the rules the review was begun
    under, and its partners decide what the Chair and the board would have.

    A board's review still open at the switchover has up to twelve months from the day on which the
    successor's arrangements began, and never beyond 29 September 2020.
    """
    access.may(Act.COMMISSION).require()
    case = Case.objects.select_for_update().get(pk=access.case.pk)
    _refuse(case, to, handed_over_on, reasons)
    handed = HandOver.objects.create(
        case=case,
        from_partnership=case.lead_partnership,
        to_partnership=to,
        handed_over_on=handed_over_on,
        reasons=reasons.strip(),
        by_id=access.actor.id,
    )
    case.lead_partnership = to
    case.save(update_fields=["lead_partnership"])
    bring_in_partnership(case=case, partnership=to, by=_person(access))
    record(
        "reviews.handed_over",
        by=access.actor,
        case_id=case.pk,
        subject=str(handed.pk),
        to=str(to.pk),
        handed_over_on=handed_over_on.isoformat(),
    )
    _start_the_grace(access, handed)
    return handed


def _refuse(case: Case, to: Partnership, handed_over_on: date, reasons: str) -> None:
    if case.lead_partnership_id == to.pk:
        raise Invalid("same_body", f"{to.name} leads this review already.", "partnership")
    if handed_over_on > clock.today():
        raise Invalid("day_ahead", "The day of the hand-over cannot lie ahead.", "handed_over_on")
    if not reasons.strip():
        raise Invalid("reasons_missing", "Say why the review is handed over.", "reasons")


def _start_the_grace(access: Access, handed: HandOver) -> None:
    codes = {each.code for each in rule_set(handed.case.rule_set).clocks}
    if handed.case.regime != Case.Regime.SCR or _GRACE not in codes:
        return
    start_duty(
        access=access,
        code=_GRACE,
        starts=handed.to_partnership.arrangements_started_on or handed.handed_over_on,
        owed_by=handed.to_partnership.name,
        owed_to="The public",
    )


def _person(access: Access) -> User:
    return User.objects.get(pk=access.actor.id)
