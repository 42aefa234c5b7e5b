"""What is on record for the steps of a case, in the words of its process, read from every room.

A fact is what a record shows, never what somebody hopes: where no record can show it, a named
person has said it (`questions`). What is not there is unknown, and unknown refuses.
"""

from django.db.models import Count, Q

from candour.analysis.models import Episode, Evidence, Finding, Recommendation
from candour.cases.access import Access
from candour.cases.models import Case
from candour.contributions.models import AgencyRequest, FamilyContribution, PractitionerEvent
from candour.disclosure.models import Check
from candour.disclosure.selectors import is_current, open_matches
from candour.engines.statute.guards import Facts, FactValue
from candour.improvement.models import Action, Response
from candour.incidents.models import Incident
from candour.incidents.services.notification import notification_facts
from candour.incidents.services.rapid_review import begin_facts
from candour.incidents.services.screening import referral_facts, screening_facts
from candour.kernel import clock
from candour.kernel.errors import RuleBroken
from candour.process.models import Statement
from candour.publication.models import Publication
from candour.publication.policies import facts_for_status
from candour.publication.services.not_publishing import present_decision
from candour.reviews.models import LeadReviewerAppointment
from candour.reviews.progress import reviewer_facts, terms_facts
from candour.reviews.selectors import agencies_in_scope, review_or_none

Known = dict[str, FactValue]
_SETTLED = (AgencyRequest.State.SIGNED_OFF, AgencyRequest.State.NOTHING_HELD)
_DONE_WITH_ACTIONS = ("IMPACT_REVIEWED", "YEARLY_REPORTED")


def facts_on_record(access: Access) -> Facts:
    """Every fact that the records of the case show, whatever the step."""
    case = access.case
    found: Known = {**_incident(case), **_review(case), **_gathered(access)}
    found |= _analysed(case) | _checked(access) | _answered(case)
    found |= _published(case) | _not_published(case)
    return {**said(case), **{fact: value for fact, value in found.items() if value != ""}}


def said(case: Case) -> Known:
    """What people have said of the case, the last word on each question."""
    return {
        each.fact: "yes" if each.answer else "no" for each in Statement.objects.filter(case=case)
    }


def _incident(case: Case) -> Known:
    if not Incident.objects.filter(case=case).exists():
        return {}
    facts: Known = {**notification_facts(case), **begin_facts(case, partners_told=False)}
    if case.regime == Case.Regime.SCR:
        facts |= {**referral_facts(case, lead_area_settled=False), **screening_facts(case, False)}
    return facts


def _review(case: Case) -> Known:
    review = review_or_none(case)
    if review is None:
        return {}
    appointed = LeadReviewerAppointment.objects.filter(
        review=review, accepted_at__isnull=False, ended_at__isnull=True
    ).first()
    return {**(reviewer_facts(appointed) if appointed else {}), **terms_facts(review)}


def _gathered(access: Access) -> Known:
    """Agencies' returns, practitioners and family."""
    case = access.case
    scope = set(agencies_in_scope(access).values_list("agency_id", flat=True))
    requests = AgencyRequest.objects.filter(case=case, agency_id__in=scope)
    settled = requests.filter(state__in=_SETTLED).count()
    family = FamilyContribution.objects.filter(case=case)
    open_family = family.filter(approached_on__isnull=True, not_approached_reason="")
    return {
        "agency_reports_signed": f"{settled}/{len(scope)}" if scope else "",
        "practitioner_event": _yes(PractitionerEvent.objects.filter(case=case).exists()),
        "family_invited": _yes(family.exists() and not open_family.exists()),
    }


def _analysed(case: Case) -> Known:
    episodes = Episode.objects.filter(case=case).annotate(
        entries=Count(
            "evidence",
            filter=Q(evidence__kind=Evidence.Kind.ENTRY, evidence__removed_at__isnull=True),
        )
    )
    shown = [each.entries > 0 and bool(each.how_it_looked) for each in episodes]
    underlying = Finding.objects.filter(case=case).exclude(why_underlying="")
    return {
        "as_at_evidence": _yes(bool(shown) and all(shown)),
        "systemic_analysis": _yes(underlying.exists()),
        "improvements_summary": _yes(Recommendation.objects.filter(case=case).exists()),
    }


def _checked(access: Access) -> Known:
    check = (
        Check.objects.filter(case=access.case)
        .select_related("bundle", "report")
        .defer("bundle__sealed")
        .order_by("-recorded_at")
        .first()
    )
    if check is None or check.finished_at is None or not _made_of_this_report(access, check):
        return {}
    clear = not open_matches(check) and not check.unread
    return {"version_frozen": "yes", "anonymisation_passed": _yes(clear), "bundle_complete": "yes"}


def _made_of_this_report(access: Access, check: Check) -> bool:
    try:
        return is_current(access, check)
    except RuleBroken:
        return False


def _answered(case: Case) -> Known:
    recommendations = set(Recommendation.objects.filter(case=case).values_list("pk", flat=True))
    answered = Response.objects.filter(recommendation__in=recommendations).count()
    planned = (
        Action.objects.filter(recommendation__in=recommendations)
        .exclude(intended_outcome="")
        .values("recommendation")
        .distinct()
        .count()
    )
    declined = Response.objects.filter(
        recommendation__in=recommendations,
        answer=Response.Answer.NOT_ACCEPTED,
        recommendation__actions__isnull=True,
    ).count()
    whole = len(recommendations)
    return {
        "response": _yes(whole > 0 and answered == whole),
        "action_plan": _yes(planned > 0),
        "recommendations_complete": f"{planned + declined}/{whole}" if whole else "",
    }


def facts_of_actions(case: Case, target: str) -> Facts:
    """What the steps of the actions ask, which differs by where they lead: closed with evidence by
    somebody else; then looked at for impact; then reported.
    """
    actions = list(Action.objects.filter(case=case).prefetch_related("evidence"))
    if not actions or any(each.closed_at is None for each in actions):
        return {}
    if target in _DONE_WITH_ACTIONS:
        said_so = said(case).get("yearly_report", "yes" if target == "IMPACT_REVIEWED" else "")
        return {"evidence": _yes(said_so == "yes" and all(each.impact_found for each in actions))}
    return {
        "evidence": _yes(all(each.evidence.all() for each in actions)),
        "closed_by": "owner"
        if any(each.closed_by_id == each.owner_id for each in actions)
        else "somebody_else",
        "impact_date": _yes(all(each.impact_review_on for each in actions)),
    }


def _published(case: Case) -> Known:
    publication = Publication.objects.filter(case=case).first()
    if publication is None:
        return {}
    first = publication.editions.filter(published_at__isnull=False).order_by("number").first()
    holds = facts_for_status(publication)
    kept = (
        "copy_sent",
        "legal_clearance",
        "live_restriction",
        "trial_cleared",
        "inquest_cleared",
        "family_told",
        "staff_told",
        "media_plan",
    )
    return {
        **{fact: holds[fact] for fact in kept if holds[fact] is not None},
        **({"jigsaw_passed": "yes"} if holds["jigsaw_passed"] else {}),
        "publish_on": first.publish_on if first else publication.publish_on or "",
        "published": first.publish_on if first else "",
        "today": clock.today(),
        "tombstone": publication.withdrawal_tombstone,
        "written_reason": _yes(bool(publication.withdrawal_reason)),
        "panel_told": publication.panel_told_of_withdrawal_on or "",
    }


def _not_published(case: Case) -> Known:
    decision = present_decision(case)
    in_force = decision is not None and decision.stands_from is not None
    return {"inappropriate_to_publish_reasons": _yes(in_force)}


def _yes(holds: bool) -> str:
    return "yes" if holds else ""
