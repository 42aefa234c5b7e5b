"""Forms of publication and withdrawal."""

from collections.abc import Mapping
from typing import Any

from candour.archive.models import ReasonClass, TombstoneKind
from candour.publication.models import Hold, NonPublicationLetter
from candour.ui import fields
from candour.ui.forms import Form


class PrepareForm(Form):
    """Beginning to prepare publication."""

    sent_once = True


class HoldForm(Form):
    """The answer to one hold, by a named person."""

    answer = fields.choice(
        "Does this stand in the way of publication?", choices=Hold.Answer.choices
    )
    note = fields.long_text(
        "How you know", hint="Who told you, which order, when.", disclosable=True
    )

    def __init__(self, data: Mapping[str, Any] | None, *, hold: Hold) -> None:
        now = {"answer": hold.answer, "note": hold.note}
        super().__init__(data, version=hold.version, initial=now)


class CopyForm(Form):
    """When the panel had its copy."""

    sent_on = fields.day("Day on which the copy was sent")


class DayForm(Form):
    """The planned day."""

    publish_on = fields.day("Day of publication")


class ClearForm(Form):
    """One person's clearance of exactly these files."""

    sent_once = True

    read = fields.tick("I have read the report as it will be published")


class PublishForm(Form):
    """The last step before the public."""

    sent_once = True

    reason = fields.long_text(
        "On whose decision is it published?",
        hint="The board or the partners, and the day of the decision.",
        rows=3,
        disclosable=True,
    )
    sure = fields.tick("Publish this report now")


class WithdrawForm(Form):
    """Taking a report back."""

    sent_once = True

    reason_class = fields.choice("Why is it withdrawn?", choices=ReasonClass.choices)
    tombstone = fields.choice(
        "What may be said in its place?",
        choices=TombstoneKind.choices,
        reveals={TombstoneKind.FULL.value: "public_text"},
    )
    public_text = fields.long_text(
        "Words for the public", required=False, rows=3, hint="Shown in place of the report."
    )
    reason = fields.long_text(
        "Reason for the record", hint="Which order, whose decision. Not public.", disclosable=True
    )
    panel_told_on = fields.day(
        "Day on which the national panel was told",
        hint="A withdrawal does not wait for this. For example, 27 3 2014",
        required=False,
    )
    sure = fields.tick("Withdraw this report now")


class NotPublishingForm(Form):
    """Why the report is not published, and what was weighed instead."""

    sent_once = True

    reasons = fields.long_text(
        "Why it is not published",
        hint="Whose welfare is at stake, and why publication would harm them whatever is left out.",
        disclosable=True,
    )
    alternatives = fields.long_text(
        "What could be published instead",
        hint="Without a name through the NSPCC, a summary, the learning alone: "
        "for each, whether it will be, or why not.",
        disclosable=True,
    )
    dissent = fields.long_text("Dissent, if any", required=False, disclosable=True)
    decided_on = fields.day(
        "Day of the decision",
        hint="Leave it blank for today. An earlier day is shown as entered later.",
        required=False,
    )


class PartnerAnswerForm(Form):
    """One partner's answer to the proposal not to publish."""

    sent_once = True

    agrees = fields.yes_no("Does this partner agree not to publish?")
    reasons = fields.long_text("This partner's reasons", disclosable=True)


class ToldForm(Form):
    """When the panel and the Department were told of the decision not to publish."""

    sent_once = True

    panel_told_on = fields.day("Day the national panel was told, with the reasons")
    department_told_on = fields.day("Day the Department for Education was told")


class AdviceForm(Form):
    """A letter of the national panel about the decision not to publish."""

    sent_once = True

    outcome = fields.choice("What the panel says", choices=NonPublicationLetter.Outcome.choices)
    received_on = fields.day("Day it was received")
    reference = fields.text("The panel's reference", required=False, width=20, max_length=80)
    text = fields.long_text("What the letter says", hint="In its own words.", disclosable=True)
    reply_due_on = fields.day(
        "Reply due by", required=False, hint="Needed where the panel asks for a reply."
    )


class AdviceReplyForm(Form):
    """The reply to a letter about not publishing."""

    sent_once = True

    replied_on = fields.day("Day of the reply")
    reply = fields.long_text("What was replied", disclosable=True)


class AfterAllForm(Form):
    """Why the report is published after all."""

    sent_once = True

    reasons = fields.long_text("Why it is to be published after all", disclosable=True)
