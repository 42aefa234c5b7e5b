"""What is on record already, so that no form asks for it twice. Names stay in the register."""

from collections.abc import Callable

from candour.cases.access import Access
from candour.cases.models import Case
from candour.cases.permissions import Kind
from candour.identities.models import Identity
from candour.incidents.facts import children_of
from candour.incidents.forms.notification import answer_name
from candour.incidents.models import Incident, Notification
from candour.incidents.questions import OF_CHILD
from candour.reviews.models import AgencyInScope, ParallelProceeding, ProsecutionAgreement
from candour.reviews.selectors import review_or_none
from candour.ui.wording import day


def known(access: Access, what: str) -> str:
    """What is on record under this name; blank where nothing is, or not for this person to read."""
    kind, read = _READ.get(what, (Kind.CASE, _nothing))
    return read(access.case) if access.may_read(kind) else ""


def _nothing(_: Case) -> str:
    return ""


def _children(case: Case) -> str:
    told = (
        f"{each.identity.pseudonym}, {each.age_years}"
        if each.age_years
        else each.identity.pseudonym
        for each in children_of(case)
    )
    return "; ".join(told)


def _incident(case: Case) -> str:
    incident = Incident.objects.filter(case=case).first()
    if incident is None:
        return ""
    return f"{incident.get_nature_display()}, {incident.happened_raw}. {incident.outline}"


def _of_the_children(name: str) -> Callable[[Case], str]:
    question = next(each for each in OF_CHILD if each.name == name)

    def read(case: Case) -> str:
        notification = Notification.objects.filter(case=case).first()
        answers = notification.answers if notification else {}
        told = (
            (child.identity.pseudonym, answers.get(answer_name(child, question), ""))
            for child in children_of(case)
        )
        return "; ".join(f"{who}: {question.in_words(value)}" for who, value in told if value)

    return read


def _family(case: Case) -> str:
    family = Identity.objects.filter(case=case, kind=Identity.Kind.PERSON, relationship__in=_FAMILY)
    told = (f"{each.pseudonym} ({each.get_relationship_display().lower()})" for each in family)
    return "\n".join(told)


_FAMILY = (
    Identity.Relationship.SIBLING,
    Identity.Relationship.MOTHER,
    Identity.Relationship.FATHER,
    Identity.Relationship.PARENTS_PARTNER,
    Identity.Relationship.GRANDPARENT,
    Identity.Relationship.OTHER_RELATIVE,
    Identity.Relationship.CARER,
)


def _agencies(case: Case) -> str:
    incident = Incident.objects.filter(case=case).first()
    return "\n".join(each.name for each in incident.bodies_known.all()) if incident else ""


def _proceedings(case: Case) -> str:
    held = ParallelProceeding.objects.filter(case=case, ended_on__isnull=True)
    return "\n".join(f"{each.get_kind_display()}: {each.stands}" for each in held)


def _proceedings_known_at_first(case: Case) -> str:
    incident = Incident.objects.filter(case=case).first()
    return incident.proceedings if incident else ""


def _review(case: Case) -> str:
    review = review_or_none(case)
    return f"{review.label}. {review.get_method_display()}" if review else ""


def _scope(case: Case) -> str:
    scope = AgencyInScope.objects.filter(case=case, left_scope_at__isnull=True)
    return "\n".join(each.agency.name for each in scope.select_related("agency"))


def _agreement(case: Case) -> str:
    agreed = ProsecutionAgreement.objects.filter(case=case).first()
    if agreed is None:
        return ""
    not_yet = f" Not yet: {agreed.not_yet}" if agreed.not_yet else ""
    return f"Agreed on {day(agreed.agreed_on)}: {agreed.may_speak_to}{not_yet}"


def _media_lead(case: Case) -> str:
    review = review_or_none(case)
    return review.media_lead if review else ""


_READ: dict[str, tuple[Kind, Callable[[Case], str]]] = {
    "children": (Kind.REFERRAL, _children),
    "incident": (Kind.REFERRAL, _incident),
    "legal_status": (Kind.REFERRAL, _of_the_children("legal_status")),
    "protection_plan": (Kind.REFERRAL, _of_the_children("protection_plan")),
    "family": (Kind.REFERRAL, _family),
    "agencies": (Kind.REFERRAL, _agencies),
    "proceedings_at_first": (Kind.REFERRAL, _proceedings_known_at_first),
    "proceedings": (Kind.DECISION, _proceedings),
    "review": (Kind.DECISION, _review),
    "scope": (Kind.DECISION, _scope),
    "agreement": (Kind.DECISION, _agreement),
    "media_lead": (Kind.DECISION, _media_lead),
}
