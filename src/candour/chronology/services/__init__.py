"""What may be done in the chronology, one verb to a function."""

from candour.chronology.services.grouping import group, rename_event, ungroup

__all__ = ["group", "rename_event", "ungroup"]
