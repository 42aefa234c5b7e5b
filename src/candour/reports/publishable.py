"""The files that would be published, built anew from the tree; nothing else ever is.

Their names carry nothing of the case. `facts.json` is what the archive says about the report,
`report.json` the tree itself: both are published, so both are checked.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from candour.cases.access import Access
from candour.identities.selectors import register_version
from candour.reports.composition import Material, briefing_tree, material_of, report_tree
from candour.reports.composition.how_it_was_done import authors
from candour.reports.real_names import pseudonymiser
from candour.reports.rendering.html import to_html
from candour.reports.rendering.pdf import to_pdf
from candour.reports.rendering.word import to_docx
from candour.reports.rewriting import rewritten
from candour.reports.stored_form import to_json


@dataclass(frozen=True)
class Facts:
    """What the archive's catalogue says about the report."""

    label: str
    title: str
    year_text: str
    abstract: str
    method: str
    authors: tuple[str, ...]
    language: str = "en-GB"


def _facts(material: Material, change: Callable[[str], str]) -> Facts:
    report, review = material.report, material.review
    return Facts(
        label=change(review.label),
        title=change(report.title),
        year_text=report.year_text or str(review.commissioned_on.year),
        abstract=change(report.abstract),
        method=review.get_method_display(),
        authors=authors(material),
    )


def publishable_files(access: Access) -> dict[str, bytes]:
    """Every file that would be published, by name; the same draft gives the same bytes.

    Raises ReportNotReadable, CannotTypeset or PictureNotReadable where the draft cannot be built.
    """
    material, change = material_of(access), pseudonymiser(access.case)
    tree = rewritten(report_tree(material), change)
    files = {
        "report.html": to_html(tree).encode(),
        "report.pdf": to_pdf(tree),
        "report.docx": to_docx(tree),
        "report.json": to_json(tree).encode(),
        "facts.json": _json(_facts(material, change)),
    }
    briefing = briefing_tree(material.briefing)
    if briefing:
        files["briefing.html"] = to_html(rewritten(briefing, change)).encode()
        files["briefing.pdf"] = to_pdf(rewritten(briefing, change))
    return files


def content_mark(access: Access) -> str:
    """Changes with anything the files are built from, the register included; builds no file."""
    return mark_of(access, material_of(access))


def mark_of(access: Access, material: Material) -> str:
    """The same for material that was read already."""
    briefing = briefing_tree(material.briefing)
    parts = (
        to_json(report_tree(material)),
        to_json(briefing) if briefing else "",
        _json(_facts(material, str)).decode(),
        register_version(access.case),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def bundle_digest(files: Mapping[str, bytes]) -> str:
    """One SHA-256 over every name and every byte."""
    lines = [f"{name} {hashlib.sha256(files[name]).hexdigest()}" for name in sorted(files)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _json(facts: Facts) -> bytes:
    return json.dumps(asdict(facts), ensure_ascii=False).encode()
