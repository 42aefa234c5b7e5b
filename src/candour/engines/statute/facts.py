"""The facts about a child and an incident on which criteria are assessed.

A fact left out is not known.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


class AbuseNeglect(StrEnum):
    """Is abuse or neglect of the child known or suspected?"""

    KNOWN = "known"
    SUSPECTED = "suspected"
    NOT_INDICATED = "not_indicated"
    NOT_YET_KNOWN = "not_yet_known"


class ChildOutcome(StrEnum):
    """What happened to this child."""

    DEATH = "death"
    SERIOUS_HARM = "serious_harm"
    NEITHER = "neither"
    NOT_YET_KNOWN = "not_yet_known"


class HarmBasis(StrEnum):
    """The kind of harm, if any."""

    NONE = "none"
    LIFE_THREATENING_INJURY = "life_threatening_injury"
    IMPAIRMENT_PHYSICAL = "impairment_physical"
    IMPAIRMENT_MENTAL_HEALTH = "impairment_mental_health"
    IMPAIRMENT_DEVELOPMENT = "impairment_development"
    IMPAIRMENT_LIKELY_NOT_CERTAIN = "impairment_likely_not_certain"
    ONE_OFF_RECOVERED = "one_off_recovered"
    SERIOUS_SEXUAL_ABUSE = "serious_sexual_abuse"
    VIOLENT_ASSAULT = "violent_assault"
    HARM_TO_OTHERS_BY_CHILD = "harm_to_others_by_child"
    BELOW_THRESHOLD = "below_threshold"
    NOT_YET_ASSESSED = "not_yet_assessed"


class Concern(StrEnum):
    """Is there cause for concern about how the bodies involved worked together?"""

    CONCERN = "concern"
    UNCLEAR = "unclear"
    DEFINITIVELY_NONE = "definitively_none"
    NOT_APPLICABLE = "not_applicable"


class DetentionSetting(StrEnum):
    """Where, if anywhere, the child was held."""

    NONE = "none"
    POLICE_CUSTODY = "police_custody"
    REMAND = "remand"
    POST_SENTENCE = "post_sentence"
    YOUNG_OFFENDER_INSTITUTION = "yoi"
    SECURE_TRAINING_CENTRE = "stc"
    SECURE_CHILDRENS_HOME = "secure_childrens_home"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """Yes, no, or not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Responsible(StrEnum):
    """Does our authority look after the child?"""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


class ChildRole(StrEnum):
    """Whether the child was harmed or is said to have harmed somebody."""

    VICTIM = "victim"
    ALLEGED_PERPETRATOR = "alleged_perpetrator"
    UNKNOWN = "unknown"


class SpecialTrigger(StrEnum):
    """Circumstances on the "consider" lists of the earlier guidance."""

    NONE = "none"
    VIOLENT_ASSAULT = "violent_assault"
    PARENT_MURDERED = "parent_murdered"
    UNKNOWN = "unknown"


UNBORN: Literal["unborn"] = "unborn"
Age = int | Literal["unborn"] | None


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What is known about one child in one incident.

    "We" and "our" mean the authority or board that is assessing. `rule_set` governs the review
    decision and `notify_rule_set` the notification: a case may fall under two. `known_on` is the
    day our authority became aware, `partners_since` the day local safeguarding-partner arrangements
    began. Ages are whole years.
    """

    rule_set: str
    notify_rule_set: str
    known_on: date | None = None
    partners_since: date | None = None
    abuse_neglect: AbuseNeglect = AbuseNeglect.NOT_YET_KNOWN
    outcome: ChildOutcome = ChildOutcome.NOT_YET_KNOWN
    harm_basis: HarmBasis = HarmBasis.NOT_YET_ASSESSED
    interagency_concern: Concern = Concern.UNCLEAR
    detention_setting: DetentionSetting = DetentionSetting.UNKNOWN
    mha_detained: Answer = Answer.UNKNOWN
    dol_order: Answer = Answer.UNKNOWN
    suspected_suicide: Answer = Answer.UNKNOWN
    looked_after: Answer = Answer.UNKNOWN
    responsible_authority: Responsible = Responsible.UNKNOWN
    regulated_setting: Answer = Answer.UNKNOWN
    in_area: Answer = Answer.UNKNOWN
    normally_resident: Answer = Answer.UNKNOWN
    outside_england: Answer = Answer.UNKNOWN
    age_years: Age = None
    care_leaver: Answer = Answer.UNKNOWN
    care_leaver_age: int | None = None
    child_role: ChildRole = ChildRole.UNKNOWN
    special_trigger: SpecialTrigger = SpecialTrigger.UNKNOWN
