"""Screening by the SCR sub-group, and what it or the rapid review meeting recommends."""

from datetime import date

from django.db import transaction

from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Act
from candour.duties.states import move
from candour.incidents.models import FirstHoursStep, Recommendation, ScopingForm
from candour.incidents.services.assessment import criteria_unanswered
from candour.incidents.services.noting import note_event
from candour.kernel import clock
from candour.kernel.errors import Invalid


@transaction.atomic
def begin_screening(*, access: Access, lead_area_settled: bool) -> None:
    """Take a serious case review case into screening by the sub-group.

    WrongState, with what is missing, until the records notice is out, the safety check is done
    and it is settled which board leads.
    """
    access.may(Act.SCREEN).require()
    move(access=access, target="SCREENING", facts=referral_facts(access.case, lead_area_settled))


def referral_facts(case: Case, lead_area_settled: bool) -> dict[str, str]:
    """What the state machine asks before screening."""
    done = set(
        FirstHoursStep.objects.filter(case=case, done_at__isnull=False).values_list(
            "code", flat=True
        )
    )
    return {
        "referral_accepted": "yes",
        "lead_area_settled": "yes" if lead_area_settled else "no",
        "records_secured_notice": "sent" if "records" in done else "not_sent",
        "safety_check": "done" if "safety" in done else "not_done",
    }


@transaction.atomic
def recommend(
    *,
    access: Access,
    outcome: Recommendation.Outcome,
    reasons: str,
    dissent: str,
    recommended_on: date,
    conflicts_declared: bool,
) -> Recommendation:
    """Record what the sub-group (or rapid review meeting) recommends, with dissent."""
    access.may(Act.RECOMMEND).require()
    if not reasons.strip():
        raise Invalid("reasons_missing", "Give the reasons for the recommendation.", "reasons")
    if recommended_on > clock.today():
        raise Invalid("day_ahead", "The meeting cannot lie ahead.", "recommended_on")
    if access.case.regime == Case.Regime.SCR:
        facts = screening_facts(access.case, conflicts_declared)
        move(access=access, target="RECOMMENDED", facts=facts, reasons=reasons)
    recommendation = Recommendation.objects.create(
        case=access.case,
        outcome=outcome,
        reasons=reasons.strip(),
        dissent=dissent.strip(),
        recommended_on=recommended_on,
        recorded_by_id=access.actor.id,
    )
    note_event(
        access,
        "incidents.recommended",
        recommendation,
        outcome=outcome.value,
        recommended_on=recommended_on.isoformat(),
        dissent=bool(dissent.strip()),
    )
    return recommendation


def screening_facts(case: Case, conflicts_declared: bool) -> dict[str, str]:
    """What the state machine asks of a screening."""
    forms = list(ScopingForm.objects.filter(case=case))
    returned = sum(1 for form in forms if form.returned_at)
    chased = all(form.returned_at or form.chased_at for form in forms)
    return {
        "scoping_in": f"{returned}/{len(forms)}" if forms else "0/1",
        "outstanding": "chased_and_noted" if forms and chased else "",
        "limbs_evaluated": "" if criteria_unanswered(case) else "all",
        "conflicts_declared": "yes" if conflicts_declared else "",
    }
