"""Forms of the identity register."""

from collections.abc import Iterable, Mapping
from typing import Any

from candour.identities.models import Identity
from candour.identities.sealed import RealIdentity
from candour.identities.selectors import RegisterLine
from candour.ui import fields
from candour.ui.forms import Form

_SEXES = (("female", "Female"), ("male", "Male"), ("other", "Another"))


class IdentityForm(Form):
    """Who or what a pseudonym stands for."""

    pseudonym = fields.text(
        "Words shown instead",
        hint="For example: Child K, Mother, School 1. Never an initial of the name.",
        max_length=80,
    )
    kind = fields.choice("What it is", choices=Identity.Kind.choices, initial="person")
    relationship = fields.select("What it is to the child", choices=Identity.Relationship.choices)
    forms = fields.long_text(
        "Name, and every other form of it",
        hint="The full name first; then nicknames, earlier names, initials, misspellings; "
        "one on each line.",
        rows=4,
    )
    born = fields.day("Date of birth", hint="Leave it blank if not known.", required=False)
    died = fields.day("Date of death", hint="Leave it blank if not known.", required=False)
    sex = fields.select("Sex", choices=_SEXES, required=False, nothing="Not recorded")
    address = fields.long_text("Address", required=False, rows=3)

    def __init__(self, data: Mapping[str, Any] | None, *, line: RegisterLine | None = None) -> None:
        if line is None:
            super().__init__(data)
            return
        identity, real = line.identity, line.real
        super().__init__(
            data,
            version=identity.version,
            initial={
                "pseudonym": identity.pseudonym,
                "relationship": identity.relationship,
                "forms": "\n".join(real.forms),
                "born": _parts(real.born),
                "died": _parts(real.died),
                "sex": real.sex,
                "address": real.address,
            },
        )
        del self.fields["kind"]

    def real(self) -> RealIdentity:
        """Who is really meant."""
        told = self.cleaned_data
        return RealIdentity(
            forms=tuple(told["forms"].splitlines()),
            born=told["born"].isoformat() if told["born"] else "",
            died=told["died"].isoformat() if told["died"] else "",
            sex=told["sex"],
            address=told["address"],
        )


def _parts(iso: str) -> tuple[str, str, str] | None:
    if not iso:
        return None
    year, month, day = iso.split("-")
    return day.lstrip("0"), month.lstrip("0"), year


class ProposalForm(Form):
    """One string that may be a name: whose it is, or that it is nobody's."""

    decision = fields.choice(
        "What is it?",
        choices=(
            ("known", "Another form of somebody or something in the register"),
            ("new", "Somebody or something not yet in the register"),
            ("nobody", "It identifies nobody"),
        ),
        reveals={"known": "identity", "new": ("pseudonym", "relationship"), "nobody": "reason"},
    )
    identity = fields.select("Whose name is it?", choices=[])
    pseudonym = fields.text("Words shown instead", max_length=80)
    relationship = fields.select("What it is to the child", choices=Identity.Relationship.choices)
    reason = fields.long_text("Why it identifies nobody", rows=2)

    def __init__(self, data: Mapping[str, Any] | None, *, known: Iterable[Identity]) -> None:
        super().__init__(data)
        choices = [("", "Choose one"), *((str(each.pk), each.pseudonym) for each in known)]
        self.fields["identity"].choices = choices  # type: ignore[attr-defined]
