"""Findings, recommendation, decision, and what passes with the national panel."""

from collections.abc import Mapping
from typing import Any

from candour.incidents.models import CriterionFinding, PanelLetter, Recommendation
from candour.ui import fields
from candour.ui.forms import Form

_OUTCOMES = Recommendation.Outcome.choices


class FindingForm(Form):
    """What people find on one criterion for one child."""

    finding = fields.choice("What do you find?", choices=CriterionFinding.Finding.choices)
    evidence = fields.long_text(
        "Evidence",
        required=False,
        hint="What this rests on, and where it stands.",
        disclosable=True,
    )
    reason = fields.long_text("Reason", disclosable=True)

    def __init__(self, data: Mapping[str, Any] | None, *, found: CriterionFinding | None) -> None:
        kept = ("finding", "evidence", "reason")
        initial = {name: getattr(found, name) for name in kept} if found else {}
        super().__init__(data, version=found.version if found else 0, initial=initial)


class ScreeningForm(Form):
    """Taking the case into screening."""

    sent_once = True

    lead_area_settled = fields.yes_no("Is it settled which board leads?")


class RecommendationForm(Form):
    """What the sub-group recommends."""

    sent_once = True

    recommended_on = fields.day("Day of the meeting")
    outcome = fields.choice("Recommendation", choices=_OUTCOMES)
    reasons = fields.long_text("Reasons", hint="Weigh each criterion.", disclosable=True)
    dissent = fields.long_text("Dissent, if any", required=False, disclosable=True)
    conflicts_declared = fields.yes_no("Has every member been asked to declare conflicts?")


class DecisionForm(Form):
    """The decision on a review, with everything that stands behind it."""

    sent_once = True

    outcome = fields.choice("Decision", choices=_OUTCOMES, reveals={"other": "alternative"})
    alternative = fields.text(
        "The other exercise", hint="For example: multi-agency audit.", max_length=200
    )
    reasons = fields.long_text("Reasons", hint="For each criterion.", disclosable=True)
    override_reasons = fields.long_text(
        "Why no review although the criteria look met, or are unclear",
        required=False,
        hint="Needed only for a decision against a review in that case.",
        disclosable=True,
    )
    dissent = fields.long_text("Dissent, if any", required=False, disclosable=True)
    decided_on = fields.day(
        "Day of the decision",
        hint="Leave it blank for today. An earlier day is shown as entered later.",
        required=False,
    )


class DecideAgainForm(DecisionForm):
    """The same while the panel's challenge waits: its reply goes with the decision."""

    reply = fields.long_text("What is replied to the panel", disclosable=True)
    replied_on = fields.day("Day of the reply")


class PartnerViewForm(Form):
    """One partner's answer to the decision proposed."""

    sent_once = True

    agrees = fields.yes_no("Does this partner agree?")
    reasons = fields.long_text("This partner's reasons", disclosable=True)


class PanelToldForm(Form):
    """That the panel, Ofsted and the Department were told."""

    sent_once = True

    letter = fields.long_text("What the panel was told", disclosable=True)
    told_on = fields.day("Day the panel was told")
    ofsted_told_on = fields.day("Day Ofsted was told")
    dfe_told_on = fields.day("Day the Department for Education was told")
    notification_copied = fields.yes_no(
        "Did a copy of the notification go with it?",
        hint="The panel needs one with a decision not to hold a review.",
    )


class PanelLetterForm(Form):
    """A letter of the panel as it came."""

    sent_once = True

    outcome = fields.choice("What the panel says", choices=PanelLetter.Outcome.choices)
    received_on = fields.day("Day it was received")
    reference = fields.text("The panel's reference", required=False, width=20)
    text = fields.long_text("What the letter says", hint="In its own words.", disclosable=True)
    reply_due_on = fields.day(
        "Reply due by", required=False, hint="Needed where the panel asks for a reply."
    )
    letter = fields.file("The letter itself", required=False, accept=(".pdf", ".docx", ".odt"))

    def __init__(self, *given: Any, may_say: frozenset[str], **initial: Any) -> None:
        super().__init__(*given, **initial)
        choices = PanelLetter.Outcome.choices
        offered = [(value, label) for value, label in choices if value in may_say]
        self.fields["outcome"].choices = offered  # type: ignore[attr-defined]


class ReplyForm(Form):
    """The reply to a letter of the panel."""

    sent_once = True

    replied_on = fields.day("Day of the reply")
    reply = fields.long_text("What was replied", disclosable=True)


class KeepDecisionForm(Form):
    """Why the panel's advice is not followed."""

    sent_once = True

    reasons = fields.long_text("Why the panel's advice is not followed", disclosable=True)
    replied_on = fields.day(
        "Day of the reply",
        hint="Where the challenge has no reply yet, the reasons are the reply. Blank: today.",
        required=False,
    )


class ActOnDecisionForm(Form):
    """The partners take the step they decided on."""

    sent_once = True

    reasons = fields.long_text("Reasons", disclosable=True)
    action_plan = fields.long_text(
        "What is to be done with the learning so far",
        required=False,
        hint="Needed where no local review follows.",
        disclosable=True,
    )
