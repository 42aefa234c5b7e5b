"""The briefing: seven short boxes on one page, for people with five minutes."""

from candour.cases.access import Access
from candour.cases.permissions import Kind
from candour.reports.composition.written import under
from candour.reports.models import Briefing
from candour.reports.real_names import pseudonymiser
from candour.reports.rewriting import rewritten
from candour.reports.tree import Report

BOXES = (
    ("background", "Background"),
    ("incident", "What happened"),
    ("why_it_matters", "Why it matters"),
    ("what_we_found", "What we found"),
    ("good_practice", "What was done well"),
    ("what_to_do", "What to do now"),
    ("questions_for_your_team", "Questions for your team"),
)


def compose_briefing(access: Access, *, marking: str = "") -> Report | None:
    """The briefing with pseudonyms; None while nothing has been written in it."""
    access.may_read(Kind.DRAFT).require()
    briefing = Briefing.objects.filter(case=access.case).select_related("report").first()
    tree = briefing_tree(briefing, marking) if briefing else None
    return rewritten(tree, pseudonymiser(access.case)) if tree else None


def briefing_tree(briefing: Briefing, marking: str = "") -> Report | None:
    """The briefing as people wrote it; None while nothing has been written in it."""
    if not any(getattr(briefing, name) for name, _ in BOXES):
        return None
    return Report(
        title=f"Briefing: {briefing.report.title}",
        subtitle="The review in one page",
        language="en-GB",
        marking=marking,
        metadata=(),
        blocks=tuple(
            block
            for name, heading in BOXES
            for block in under(
                heading, getattr(briefing, name), f"briefing-{name.replace('_', '-')}", level=1
            )
        ),
    )
