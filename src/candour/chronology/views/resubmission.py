"""Pages of what a later file of an agency changed, and of carrying the reviewers' work over."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, once
from candour.cases.permissions import Kind
from candour.chronology.presenters import resubmission as presenters
from candour.chronology.presenters.places import room_address, room_crumbs
from candour.chronology.selectors import resubmission
from candour.chronology.services.resubmission import carry_over
from candour.chronology.views.held import asked_showing, page_context
from candour.ui.forms import Form


@require_safe
@case_page(Kind.CHRONOLOGY)
def resubmitted(request: HttpRequest, access: Access) -> HttpResponse:
    """Every file that a later one has replaced."""
    context = {
        "heading": "Files sent again",
        "caption": access.case.reference,
        "lead": "Files that a later one of the same agency has replaced. Both stay on record.",
        "breadcrumbs": room_crumbs(access),
        "columns": ["File replaced", "Agency", "Signed off"],
        "rows": presenters.file_rows(access, resubmission.replaced_files(access)),
        "empty": {
            "text": "No agency has sent a later file. When one does and signs it off, what "
            "changed stands here row by row.",
            "action": "Integrated chronology",
            "href": room_address("integrated", access),
        },
    }
    return render(request, "pages/list.html", context)


@require_safe
@case_page(Kind.CHRONOLOGY)
def changes(request: HttpRequest, access: Access, submission_id: UUID) -> HttpResponse:
    """What the next file of the agency changed, row by row."""
    before = resubmission.signed_off_file(access, submission_id)
    after = resubmission.file_after(before)
    pairs = resubmission.changes(before, after) if after else []
    shown = asked_showing(request, access)
    held = resubmission.worked_on(before)
    context = page_context(request, access, shown) | {
        "breadcrumbs": room_crumbs(
            access, ("Files sent again", room_address("resubmitted", access))
        ),
        "submission": before,
        "after": after,
        "counted": presenters.counted(pairs),
        "rows": presenters.change_rows(pairs, held, shown),
        "worker_has_still_to": after is not None and resubmission.waits_for_worker(after),
        "form": Form(),
    }
    return render(request, "chronology/changes.html", context)


@require_POST
@case_page(Kind.CHRONOLOGY)
def carry(request: HttpRequest, access: Access, submission_id: UUID) -> HttpResponse:
    """Put the reviewers' work beside those rows that a person chose of the changed ones."""
    before = resubmission.signed_off_file(access, submission_id)
    access.may_write(Kind.CHRONOLOGY).require()

    chosen = [UUID(row) for row in request.POST.getlist("row") if _is_id(row)]

    def act() -> str:
        carry_over(access=access, submission=before, rows=chosen)
        return room_address("changes", access, submission_id=before.pk)

    return once(request, act)


def _is_id(written: str) -> bool:
    try:
        UUID(written)
    except ValueError:
        return False
    return True
