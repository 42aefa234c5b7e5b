"""What goes along when an agency sends its file again: evidence that rests on its rows."""

from candour.analysis.models import Evidence
from candour.chronology.carrying import Hanging, hangs_on_entries

hangs_on_entries(Hanging(Evidence, where={"removed_at__isnull": True}))
