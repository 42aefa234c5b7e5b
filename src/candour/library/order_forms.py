"""Forms for what leaves the archive, and for the ledger."""

from candour.archive.models import ReasonClass, TombstoneKind
from candour.ui import fields
from candour.ui.forms import Form


class WithdrawalForm(Form):
    """Why a review goes, and what may be said in its place."""

    sent_once = True

    reason_class = fields.choice(
        "Why is it withdrawn?",
        choices=ReasonClass.choices,
        option_hints={
            ReasonClass.COURT_ORDER: "Done at once.",
            ReasonClass.IDENTIFICATION_RISK: "Done at once.",
        },
    )
    tombstone = fields.choice(
        "What may be said in its place?",
        choices=TombstoneKind.choices,
        reveals={TombstoneKind.FULL.value: "public_text"},
    )
    public_text = fields.long_text(
        "Words for the public", required=False, rows=3, hint="Name nobody in them."
    )
    ordered_by = fields.text(
        "Which order or request?",
        hint="Whose, its number, its day. For the keeper alone.",
        max_length=300,
    )


class CarryOutForm(Form):
    """The second person's look at the order."""

    sent_once = True

    sure = fields.tick("I have seen the order or the request, and it says this")


class StrikeOutForm(Form):
    """What a court ordered about the ledger."""

    sent_once = True

    order = fields.text("Court and number of the order", max_length=300)
    sure = fields.tick(
        "The order says that not even the keeper may hold this. The file as it came goes too; "
        "nothing can be brought back"
    )
