"""The whole report: drafted sections, and what Candour adds below them."""

from collections.abc import Callable, Iterable

from candour.cases.access import Access
from candour.reports.composition import analysis_parts
from candour.reports.composition.chronology_table import chronology
from candour.reports.composition.how_it_was_done import authors, how_it_was_done
from candour.reports.composition.material import Material, material_of
from candour.reports.models import Section
from candour.reports.notation import blocks, pieces
from candour.reports.real_names import pseudonymiser
from candour.reports.rewriting import rewritten
from candour.reports.sections import HOW_IT_WAS_DONE
from candour.reports.tree import Block, Fact, Heading
from candour.reports.tree import Report as Tree
from candour.ui.wording import day

_FOLLOWING: dict[str, Callable[[Material], Iterable[Block]]] = {
    "what_happened": lambda material: chronology(material.report, material.rows),
    "analysis": analysis_parts.episodes,
    "findings": analysis_parts.findings,
    "recommendations": analysis_parts.recommendations,
    HOW_IT_WAS_DONE: how_it_was_done,
}


def working_copy_marking(access: Access) -> str:
    """What every page of a working copy carries."""
    return f"OFFICIAL-SENSITIVE: working copy, {access.case.reference}"


def compose(access: Access, *, pseudonymous: bool = True, marking: str = "") -> Tree:
    """The report as one tree; Hidden where there is none.

    With `pseudonymous` every string has gone through the register of the case. Without, it holds
    whatever people and agencies wrote, and must not leave the case.
    """
    tree = report_tree(material_of(access), marking)
    return rewritten(tree, pseudonymiser(access.case)) if pseudonymous else tree


def report_tree(material: Material, marking: str = "") -> Tree:
    """The report as people and agencies wrote it."""
    report, review = material.report, material.review
    return Tree(
        title=report.title,
        subtitle=report.subtitle,
        language="en-GB",
        marking=marking,
        metadata=(
            Fact("Review", review.label),
            Fact("Commissioned by", report.case.lead_partnership.name),
            Fact("Commissioned on", day(review.commissioned_on)),
            *(Fact("Led by", name) for name in authors(material)),
        ),
        blocks=tuple(b for section in material.sections for b in _section(material, section)),
    )


def _section(material: Material, section: Section) -> list[Block]:
    own = blocks(pieces(section.body), section.anchors)
    following = _FOLLOWING.get(section.key)
    below = [*own, *(following(material) if following else ())]
    anchor = section.key.replace("_", "-")
    return [Heading(1, section.heading, anchor), *below] if below else []
