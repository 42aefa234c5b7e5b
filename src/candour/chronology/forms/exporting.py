"""The form that says what a file of the chronology is to hold."""

from candour.chronology.exports import Format
from candour.engines.tables import COLUMNS, Grain
from candour.ui import fields
from candour.ui.forms import Form

_FORMATS = {
    Format.WORD: "Word, A3 landscape, one colour an agency",
    Format.EXCEL: "Excel",
    Format.PDF: "PDF, tagged for screen readers",
    Format.CSV: "CSV",
    Format.JSON: "JSON with the provenance of every entry (W3C PROV)",
}
_GRAINS = {
    Grain.AS_WRITTEN: "As the agencies wrote them",
    Grain.DAY: "To the day, without times",
    Grain.MONTH: "To the month, for publication",
}


class ExportForm(Form):
    """Format, columns, grain and names of a file to take away."""

    file_format = fields.choice(
        "Format",
        choices=[(kind.value, label) for kind, label in _FORMATS.items()],
        initial=Format.WORD.value,
    )
    columns = fields.choices(
        "Columns", choices=[(name, name) for name in COLUMNS], required=False,
        hint="All but ages and intervals, if none is chosen.",
    )  # fmt: skip
    chosen_grain = fields.choice(
        "How finely to tell the days",
        choices=[(grain.value, label) for grain, label in _GRAINS.items()],
        initial=Grain.AS_WRITTEN.value,
        hint="The words of the entries stay as they are: look for days in them before you publish.",
    )
    names = fields.choices(
        "Names",
        choices=[("names", "Show names as the agencies wrote them")],
        required=False,
        hint="Pseudonyms, if this is not chosen.",
    )

    def offer(self, may_see_names: bool) -> "ExportForm":
        """Ask about names only where the person may see them."""
        if not may_see_names:
            del self.fields["names"]
        return self

    @property
    def grain(self) -> Grain:
        """The grain chosen in a form that is valid."""
        return Grain(self.cleaned_data["chosen_grain"])
