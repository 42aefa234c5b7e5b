"""Pages of the family's part. One page a person: relatives never see each other's words."""

import uuid
from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Act, Kind
from candour.cases.steps import Row, Step, step_page
from candour.contributions import selectors
from candour.contributions.forms.people import (
    ApproachForm,
    FamilyMemberForm,
    FamilyWordsForm,
    NotApproachedForm,
    ReadBackForm,
    SafeContactForm,
)
from candour.contributions.models import FamilyContribution
from candour.contributions.presenters import people as presenters
from candour.contributions.presenters.people import address
from candour.contributions.services import hearing_family as hearing
from candour.reviews.models import HeldActivity
from candour.ui.forms import Form


@require_safe
@case_page(Kind.FAMILY)
def family(request: HttpRequest, access: Access) -> HttpResponse:
    """Who of the family takes part, without a word of what anybody said."""
    may_write = bool(access.may_write(Kind.FAMILY))
    add = {"text": "Begin with a person", "href": address(access, "begin_family")}
    context = {
        "heading": "Family",
        "caption": access.case.reference,
        "lead": "Candour never sends anything to a family. Each person's words stand on a page of "
        "their own and are read back to that person alone.",
        "breadcrumbs": crumbs(access),
        "columns": ["Person", "Safe contact", "How it stands"],
        "rows": presenters.family_table(access, selectors.family_of(access)),
        "empty": {"text": "Nobody of the family has a record yet."},
        "add": add if may_write else None,
        "may_write": may_write,
    }
    return render(request, "contributions/family.html", context)


@case_page(Kind.FAMILY)
def begin_family(request: HttpRequest, access: Access) -> HttpResponse:
    """Begin a person's record with the rule for contacting them safely."""
    access.may_write(Kind.FAMILY).require()
    people = {str(each.pk): each for each in selectors.people_to_hear(access)}
    form = FamilyMemberForm(request.POST or None).offer(people.values())

    def act() -> None:
        told = form.cleaned_data
        hearing.begin_with_family_member(
            access=access,
            identity=people[told["identity"]],
            safe_contact_rule=told["safe_contact_rule"],
        )

    back = address(access, "family")
    step = Step("Begin with a person", "Save", back, way=(("Family", back),))
    return step_page(request, access, form, step, act)


@require_safe
@case_page(Kind.FAMILY)
def family_member(request: HttpRequest, access: Access, contribution_id: uuid.UUID) -> HttpResponse:
    """One person's part, under the rule for contacting them safely."""
    held = selectors.family_member_of(access, str(contribution_id))
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access, ("Family", address(access, "family"))),
        "contribution": held,
        "rows": presenters.family_rows(held),
        "may_write": bool(access.may_write(Kind.FAMILY)),
        "may_hear": bool(access.may(Act.HEAR)),
    }
    return render(request, "contributions/family_member.html", context)


@case_page(Kind.FAMILY)
def safe_contact(request: HttpRequest, access: Access, contribution_id: uuid.UUID) -> HttpResponse:
    """Change the rule for contacting this person safely."""
    held = _writable(access, contribution_id)
    now = {"safe_contact_rule": held.safe_contact_rule}
    form = SafeContactForm(request.POST or None, initial=now, version=held.version)
    return _step_on(request, access, held, form, "Safe contact", hearing.change_safe_contact)


@case_page(Kind.FAMILY)
def approach(request: HttpRequest, access: Access, contribution_id: uuid.UUID) -> HttpResponse:
    """Record when and how they were approached."""
    held = _writable(access, contribution_id)
    now = {"approached_on": held.approached_on, "approached_how": held.approached_how}
    waits = presenters.held_back(access.case, HeldActivity.Kind.FAMILY)
    form = ApproachForm(request.POST or None, initial=now, version=held.version).where(bool(waits))
    return _step_on(request, access, held, form, "Approached", hearing.record_approach, waits)


@case_page(Kind.FAMILY)
def not_approached(
    request: HttpRequest, access: Access, contribution_id: uuid.UUID
) -> HttpResponse:
    """The reasoned decision not to approach them."""
    held = _writable(access, contribution_id)
    now = {"reason": held.not_approached_reason}
    form = NotApproachedForm(request.POST or None, initial=now, version=held.version)
    return _step_on(
        request, access, held, form, "Decide not to approach", hearing.decide_not_to_approach
    )


@case_page(Kind.FAMILY)
def family_words(request: HttpRequest, access: Access, contribution_id: uuid.UUID) -> HttpResponse:
    """Record what they said."""
    access.may(Act.HEAR).require()
    held = _writable(access, contribution_id)
    now = {name: getattr(held, name) for name in ("words", "asked_the_review_to_look_at")}
    waits = presenters.held_back(access.case, HeldActivity.Kind.FAMILY)
    form = FamilyWordsForm(request.POST or None, initial=now, version=held.version)
    form.where(bool(waits))
    return _step_on(request, access, held, form, "Their words", hearing.record_family_words, waits)


@case_page(Kind.FAMILY)
def read_back(request: HttpRequest, access: Access, contribution_id: uuid.UUID) -> HttpResponse:
    """Record that their words were read back to them."""
    access.may(Act.HEAR).require()
    held = _writable(access, contribution_id)
    form = ReadBackForm(request.POST or None, version=held.version)

    def read_back_to_them(*, agreed: str, **told: object) -> FamilyContribution:
        return hearing.record_reading_back(agreed=agreed == "yes", **told)  # type: ignore[arg-type]

    return _step_on(request, access, held, form, "Read back", read_back_to_them)


def _writable(access: Access, contribution_id: uuid.UUID) -> FamilyContribution:
    access.may_write(Kind.FAMILY).require()
    return selectors.family_member_of(access, str(contribution_id))


def _step_on(
    request: HttpRequest,
    access: Access,
    held: FamilyContribution,
    form: Form,
    heading: str,
    service: Callable[..., FamilyContribution],
    waits: Sequence[Row] = (),
) -> HttpResponse:
    def act() -> None:
        seen = form.cleaned_data["version"]
        service(access=access, contribution=held, seen_version=seen, **form.answered())

    def saved() -> list[Row]:
        return [Row(key=r["key"], value=r["value"]) for r in presenters.family_rows(held)]

    back = address(access, "family_member", contribution_id=held.pk)
    name = held.identity.pseudonym
    step = Step(
        f"{heading}: {name}",
        "Save",
        back,
        way=(("Family", address(access, "family")), (name, back)),
        warning=f"Safe contact: {held.safe_contact_rule}",
        rows=waits,
    )
    return step_page(request, access, form, step, act, saved)
