"""Working copies to take away: pseudonymous, marked on every page, under a neutral name."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from candour.audit.services import record
from candour.cases.access import Access
from candour.kernel.errors import Hidden
from candour.reports.composition import compose, compose_briefing, working_copy_marking
from candour.reports.rendering.html import to_html
from candour.reports.rendering.pdf import to_pdf
from candour.reports.rendering.word import to_docx
from candour.reports.tree import Report as Tree


@dataclass(frozen=True)
class WorkingCopy:
    """A file to take away."""

    name: str
    media_type: str
    content: bytes


def _page(tree: Tree) -> bytes:
    marking, title = escape(tree.marking), escape(tree.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(tree.language)}"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body><p><strong>{marking}</strong></p>"
        f"<main><h1>{title}</h1>\n{to_html(tree)}</main><p><strong>{marking}</strong></p>"
        "</body></html>\n"
    ).encode()


FORMATS: dict[str, tuple[str, Callable[[Tree], bytes]]] = {
    "pdf": ("application/pdf", to_pdf),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        to_docx,
    ),
    "html": ("text/html; charset=utf-8", _page),
}


def working_copy(access: Access, file_format: str) -> WorkingCopy:
    """The report as it stands, as `pdf`, `docx` or `html`; taking it away is an event."""
    return _taken(
        access, compose(access, marking=working_copy_marking(access)), file_format, "report"
    )


def working_briefing(access: Access, file_format: str) -> WorkingCopy:
    """The briefing as it stands; Hidden while nothing stands in it."""
    tree = compose_briefing(access, marking=working_copy_marking(access))
    if tree is None:
        raise Hidden
    return _taken(access, tree, file_format, "briefing")


def _taken(access: Access, tree: Tree, file_format: str, what: str) -> WorkingCopy:
    if file_format not in FORMATS:
        raise Hidden
    media_type, render = FORMATS[file_format]
    content = render(tree)
    record(
        "reports.downloaded",
        by=access.actor,
        case_id=access.case.pk,
        subject=what,
        format=file_format,
    )
    return WorkingCopy(f"{access.case.reference}-{what}.{file_format}", media_type, content)
