"""Reading the report as it will look, and taking working copies away."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page, crumbs
from candour.cases.permissions import Kind
from candour.cases.selectors import member_of, members_of
from candour.duties.selectors import meeting_of
from candour.reports import presenters
from candour.reports.composition import compose, working_copy_marking
from candour.reports.downloads import WorkingCopy, working_briefing, working_copy
from candour.reports.packs import meeting_pack
from candour.reports.presenters import address
from candour.reports.rendering.html import to_html


@require_safe
@case_page(Kind.DRAFT)
def read(request: HttpRequest, access: Access) -> HttpResponse:
    """The report with pseudonyms, as readers would get it."""
    tree = compose(access, marking=working_copy_marking(access))
    context = {
        "reference": access.case.reference,
        "breadcrumbs": crumbs(access, ("Report", address(access, "draft"))),
        "tree": tree,
        "body": presenters.dressed(to_html(tree)),
    }
    return render(request, "reports/read.html", context)


@require_safe
@case_page(Kind.DRAFT)
def download(request: HttpRequest, access: Access, file_format: str) -> HttpResponse:
    """A working copy of the report."""
    return _attachment(working_copy(access, file_format))


@require_safe
@case_page(Kind.DRAFT)
def download_briefing(request: HttpRequest, access: Access, file_format: str) -> HttpResponse:
    """A working copy of the briefing."""
    return _attachment(working_briefing(access, file_format))


@require_safe
@case_page(Kind.DECISION)
def recipients(request: HttpRequest, access: Access, meeting_id: uuid.UUID) -> HttpResponse:
    """For whom a pack of this meeting can be made."""
    access.may_write(Kind.DECISION).require()
    meeting = meeting_of(access, meeting_id)
    context = {
        "heading": f"Meeting pack: {meeting.title}",
        "caption": access.case.reference,
        "lead": "One PDF a person, marked with their name and the time. It holds what that person "
        "may read, and making it is recorded.",
        "breadcrumbs": crumbs(access),
        "columns": ["Name", "Role", "Pack"],
        "rows": presenters.recipient_rows(access, meeting, members_of(access)),
        "empty": {"text": "Nobody is on this case."},
    }
    return render(request, "pages/list.html", context)


@require_safe
@case_page(Kind.DECISION)
def pack(
    request: HttpRequest, access: Access, meeting_id: uuid.UUID, membership_id: uuid.UUID
) -> HttpResponse:
    """The pack of one meeting for one person."""
    meeting, member = meeting_of(access, meeting_id), member_of(access, str(membership_id))
    made = meeting_pack(access=access, meeting=meeting, recipient=member)
    name = f"{access.case.reference}-meeting-{meeting.held_on.isoformat()}.pdf"
    return _attachment(WorkingCopy(name, "application/pdf", made))


def _attachment(copy: WorkingCopy) -> HttpResponse:
    response = HttpResponse(copy.content, content_type=copy.media_type)
    response["Content-Disposition"] = f'attachment; filename="{copy.name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
