"""Forms for answering a question of the process and for taking a step."""

from candour.ui import fields
from candour.ui.forms import Form


class SayForm(Form):
    """One question of the process, answered under one's own name."""

    sent_once = True

    answer = fields.yes_no("Answer")
    note = fields.long_text("How you know", disclosable=True)


class TakeForm(Form):
    """The reasons for a step."""

    sent_once = True

    reasons = fields.long_text("Reasons", disclosable=True)


class PanelForm(TakeForm):
    """A step of the national panel, put on record from its letter."""

    reasons = fields.long_text(
        "What the panel's letter says", hint="In its own words.", disclosable=True
    )
