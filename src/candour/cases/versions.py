"""Two people, one record: the second to save sees the first one's text and loses nothing."""

from typing import TypeVar

from candour.cases.models import Versioned
from candour.kernel.errors import EditedElsewhere

Record = TypeVar("Record", bound=Versioned)


def locked_for_edit(record: Record, seen_version: int) -> Record:
    """The record, locked and with its version raised; EditedElsewhere if it moved on meanwhile.

    The caller changes the fields and saves.
    """
    locked = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if locked.version != seen_version:
        raise EditedElsewhere(
            "Somebody else saved this while you were writing. Their text is shown beside yours; "
            "nothing of yours is lost. Bring the two together and save again."
        )
    locked.version += 1
    return locked
