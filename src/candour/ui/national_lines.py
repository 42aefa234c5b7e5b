"""National help lines that every public page shows, error pages included."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class HelpLine:
    """Whom to call. `when` says the hours in words; `checked_on` when the number was last tried."""

    name: str
    number: str
    when: str = ""
    checked_on: date | None = None


NATIONAL_LINES = (
    HelpLine("NSPCC helpline, for adults worried about a child", "0808 800 5000"),
    HelpLine("Childline, for children and young people", "0800 1111"),
)
