"""Pages of the sealed register. Opening any of them that shows a name is an event."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Kind
from candour.cases.steps import Step, step_page
from candour.identities import selectors, services
from candour.identities.forms import IdentityForm, ProposalForm
from candour.identities.models import Identity, NameProposal
from candour.identities.presenters import COLUMNS, proposal_rows, register_rows, saved_rows


@require_safe
@case_page(Kind.IDENTITIES)
def register(request: HttpRequest, access: Access) -> HttpResponse:
    """The register with its names, for those who may read it."""
    may_write = bool(access.may_write(Kind.IDENTITIES))
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access),
        "columns": [*COLUMNS, "Correct"] if may_write else COLUMNS,
        "rows": register_rows(access, selectors.opened_register(access), may_write),
        "may_write": may_write,
        "proposed": selectors.proposals_waiting(access) if may_write else 0,
    }
    return render(request, "identities/register.html", context)


@case_page(Kind.IDENTITIES)
def enter(request: HttpRequest, access: Access) -> HttpResponse:
    """Enter a person, place or organisation."""
    access.may_write(Kind.IDENTITIES).require()
    form = IdentityForm(request.POST or None)

    def act() -> None:
        told = form.cleaned_data
        services.enter(
            access=access,
            kind=Identity.Kind(told["kind"]),
            relationship=Identity.Relationship(told["relationship"]),
            pseudonym=told["pseudonym"],
            real=form.real(),
        )

    return step_page(request, access, form, _step(access, "Enter an identity", "Seal it"), act)


@case_page(Kind.IDENTITIES)
def correct(request: HttpRequest, access: Access, identity_id: uuid.UUID) -> HttpResponse:
    """Correct who is meant or what is shown. A wrong identity is corrected, never deleted."""
    access.may_write(Kind.IDENTITIES).require()
    line = selectors.opened_line(access, identity_id)
    form = IdentityForm(request.POST or None, line=line)
    step = _step(access, f"Correct: {line.identity.pseudonym}", "Save the correction")

    def act() -> None:
        told = form.cleaned_data
        services.correct(
            access=access,
            identity=line.identity,
            seen_version=told["version"],
            pseudonym=told["pseudonym"],
            relationship=Identity.Relationship(told["relationship"]),
            real=form.real(),
        )

    return step_page(request, access, form, step, act, saved=lambda: saved_rows(line))


@require_safe
@case_page(Kind.IDENTITIES)
def proposals(request: HttpRequest, access: Access) -> HttpResponse:
    """Strings found in files that may be names, to be decided one by one."""
    access.may_write(Kind.IDENTITIES).require()
    rows = [
        [
            {"text": each.string, "href": _address(access, "proposal", each.proposal.pk)},
            each.proposal.get_kind_display(),
            each.proposal.found_in,
            each.proposal.why,
        ]
        for each in selectors.pending_proposals(access)
    ]
    context = {
        "heading": "Names proposed",
        "caption": access.case.reference,
        "lead": "Each changes nothing until somebody decides on it, one by one.",
        "breadcrumbs": crumbs(access, ("Identities", _address(access, "register"))),
        "columns": ["Found", "Kind", "Where", "Why it may be a name"],
        "rows": rows,
        "empty": {"text": "No name is waiting for a decision."},
    }
    return render(request, "pages/list.html", context)


@case_page(Kind.IDENTITIES)
def proposal(request: HttpRequest, access: Access, proposal_id: uuid.UUID) -> HttpResponse:
    """Decide on one of them."""
    line = selectors.opened_proposal(access, proposal_id)
    known = list(selectors.identities(access))
    form = ProposalForm(request.POST or None, known=known)
    back = _address(access, "proposals")
    way = (("Identities", _address(access, "register")),)
    step = Step("Is this a name?", "Decide", back, way=way, rows=proposal_rows(line))

    def act() -> None:
        _decide(access, line.proposal, known, form.cleaned_data)

    return step_page(request, access, form, step, act)


def _decide(
    access: Access, found: NameProposal, known: list[Identity], told: dict[str, str]
) -> None:
    match told["decision"]:
        case "known":
            identity = next(each for each in known if str(each.pk) == told["identity"])
            services.add_to_known(access=access, proposal=found, identity=identity)
        case "new":
            services.add_as_new(
                access=access,
                proposal=found,
                relationship=Identity.Relationship(told["relationship"]),
                pseudonym=told["pseudonym"],
            )
        case _:
            services.dismiss(access=access, proposal=found, reason=told["reason"])


def _step(access: Access, heading: str, submit: str) -> Step:
    back = _address(access, "register")
    return Step(
        heading=heading,
        submit=submit,
        back=back,
        way=(("Identities", back),),
        lead="Sealed to this case. Everywhere else only the words shown instead appear.",
    )


def _address(access: Access, page: str, *ids: uuid.UUID) -> str:
    return reverse(f"identities:{page}", args=[access.case.reference, *ids])
