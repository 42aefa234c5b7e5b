"""Downloads. A document leaves as an attachment under a neutral name and runs nothing."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from candour.cases.access import Access
from candour.cases.pages import case_page
from candour.cases.permissions import Kind
from candour.documents.selectors import document_for
from candour.documents.services import open_document


@require_safe
@case_page(Kind.CASE)
def download(request: HttpRequest, access: Access, document_id: uuid.UUID) -> HttpResponse:
    """The document as it was received; whoever may not read its kind gets 404."""
    document = document_for(access, document_id)
    response = HttpResponse(
        open_document(access, document, "download"), content_type="application/octet-stream"
    )
    response["Content-Disposition"] = f'attachment; filename="{document.neutral_name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
