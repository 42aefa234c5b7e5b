"""Loading a catalogue that a librarian sends."""

import tempfile
from pathlib import Path
from typing import IO

from candour.archive.catalogue import CatalogueReport, load_catalogue
from candour.audit.services import record
from candour.kernel.actor import Actor
from candour.kernel.errors import Invalid
from candour.library.policies import may_keep

_MOST = 20 * 1024 * 1024


def load(*, by: Actor, source: IO[bytes]) -> CatalogueReport:
    """Load a catalogue of reviews; each line commits by itself.

    Raises:
        ValueError: in words for the librarian, when it is no catalogue.
    """
    may_keep(by).require()
    content = source.read(_MOST + 1)
    if len(content) > _MOST:
        raise ValueError("This file is larger than any catalogue. Divide it and load the parts.")
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(content)
        file.flush()
        try:
            report = load_catalogue(Path(file.name))
        except UnicodeDecodeError:
            raise ValueError(
                "The file is not in UTF-8. Save it as “CSV UTF-8” and load it again."
            ) from None
        except Invalid as refusal:
            raise ValueError(refusal.reason.replace(Path(file.name).name, "The file")) from None
    record(
        "library.catalogue_loaded",
        by=by,
        added=report.added,
        changed=report.changed,
        not_loaded=len(report.not_loaded),
    )
    return report
