"""Forms of the check."""

from candour.ui import fields
from candour.ui.forms import Form


class CheckForm(Form):
    """Asking for a check."""

    sent_once = True


class AcceptForm(Form):
    """Accepting that a match may stand, as the first or the second person."""

    sent_once = True

    reason = fields.long_text(
        "Why this may stand in what is published",
        hint="For example: an ordinary word, not the name. The second person may leave this blank.",
        required=False,
        disclosable=True,
    )
    looked = fields.tick("I have looked at the place in the file")
