"""What an identity row holds, sealed and opened."""

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass, replace
from datetime import date

from candour.cases.models import Case
from candour.cases.sealing import Opener, seal
from candour.identities.models import Identity
from candour.kernel.errors import Invalid


@dataclass(frozen=True)
class RealIdentity:
    """Who or what a pseudonym stands for. Days are ISO text, empty where not known."""

    forms: tuple[str, ...]
    born: str = ""
    died: str = ""
    sex: str = ""
    address: str = ""

    def cleaned(self) -> "RealIdentity":
        """Without blanks and repeats; Invalid when no name is left or a day is not a day."""
        forms = tuple(dict.fromkeys(form.strip() for form in self.forms if form.strip()))
        if not forms:
            raise Invalid("name_missing", "Enter at least one name or form of it.", "forms")
        for field, day in (("born", self.born), ("died", self.died)):
            if day and not _is_day(day):
                raise Invalid("day_not_read", f"Enter a real day, not {day}.", field)
        return replace(self, forms=forms, address=self.address.strip())


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def sealed_identity(identity: Identity, real: RealIdentity) -> bytes:
    """Sealed to the case, with the row's own id inside, so that it cannot be moved to another."""
    plain = json.dumps({"id": str(identity.pk), **asdict(real)}, ensure_ascii=False)
    return seal(identity.case, plain.encode())


def opened_identity(opener: Opener, identity: Identity) -> RealIdentity:
    """Who is meant; Invalid if the sealed text was moved here from another row."""
    held = json.loads(opener.open(bytes(identity.sealed)))
    if held.pop("id") != str(identity.pk):
        raise Invalid(
            "identity_moved",
            f"The sealed identity of {identity.pseudonym} belongs to another row. Tell whoever "
            "runs Candour: the database was changed by hand.",
        )
    return RealIdentity(forms=tuple(held.pop("forms")), **held)


def fingerprint(case: Case, form: str) -> str:
    """Recognises a string proposed before without keeping it readable; differs by case."""
    folded = " ".join(unicodedata.normalize("NFKC", form).casefold().split())
    return hashlib.sha256(f"{case.pk}:{folded}".encode()).hexdigest()
