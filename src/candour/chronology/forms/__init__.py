"""Forms of the chronology."""

from candour.chronology.forms.entries import FilterForm, GroupForm, RenameForm

__all__ = ["FilterForm", "GroupForm", "RenameForm"]
