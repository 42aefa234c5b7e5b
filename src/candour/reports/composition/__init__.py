"""The report composed from everything the review has recorded, as one tree."""

from candour.reports.composition.briefing_page import briefing_tree, compose_briefing
from candour.reports.composition.material import Material, material_of
from candour.reports.composition.whole import compose, report_tree, working_copy_marking

__all__ = [
    "Material",
    "briefing_tree",
    "compose",
    "compose_briefing",
    "material_of",
    "report_tree",
    "working_copy_marking",
]
