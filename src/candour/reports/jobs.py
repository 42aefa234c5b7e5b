"""What goes along when an agency sends its file again: rows chosen for the report's chronology."""

from candour.chronology.carrying import Hanging, hangs_on_entries
from candour.reports.models import ChronologyRow

hangs_on_entries(Hanging(ChronologyRow, once=("report",)))
