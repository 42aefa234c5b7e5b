"""The folders of the search index: one for each build, and a note of which is in use.

There is one writer at a time on a machine; whoever searches needs no lock.
"""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from candour.archive import storage


@dataclass(frozen=True, slots=True)
class Present:
    """The generation in use and the last line of the publication log in it.

    `whole` is false while it is being extended. `owes` says that words of a withdrawn review still
    stand in it, though they are not found, so that it must be built anew; `replaced` counts reviews
    whose earlier words do. `unread` names those whose paragraphs are not yet comparable by meaning.
    """

    generation: str
    sequence: int
    whole: bool = True
    owes: bool = False
    replaced: int = 0
    unread: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """Where this generation lies."""
        return storage.index_folder() / self.generation


@contextmanager
def writing() -> Iterator[None]:
    """Be the only writer of the index on this machine; others wait."""
    folder = storage.index_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def present() -> Present | None:
    """The generation in use, or none while nothing has been indexed."""
    path = _note()
    if not path.exists():
        return None
    given = json.loads(path.read_text(encoding="utf-8"))
    found = Present(**{**given, "unread": tuple(given.get("unread", ()))})
    return found if found.folder.is_dir() else None


def present_index() -> Path | None:
    """The folder to search in, or none while nothing has been indexed."""
    found = present()
    return found.folder if found else None


def note(found: Present) -> None:
    """Write down, whole or not at all, which generation is in use."""
    temporary = _note().with_suffix(".new")
    temporary.write_text(json.dumps(asdict(found)), encoding="utf-8")
    temporary.replace(_note())


def next_name(given: Present | None) -> str:
    """A name that no generation had, for one to be built beside this; what a crash left goes."""
    number = max((int(folder.name[1:]) for folder in _folders()), default=0) + 1
    for folder in _folders():
        if given is None or folder.name != given.generation:
            shutil.rmtree(folder)
    return f"g{number}"


def put_in_place(found: Present) -> None:
    """Use this generation from now on and remove all others."""
    note(found)
    for folder in _folders():
        if folder.name != found.generation:
            shutil.rmtree(folder)


def _folders() -> list[Path]:
    return sorted(storage.index_folder().glob("g[0-9]*"))


def _note() -> Path:
    return storage.index_folder() / "present.json"
