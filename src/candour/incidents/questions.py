"""The questions asked about an incident and its children, with their answers in words.

Values are those of `candour.engines.statute.CaseFacts`; the order of the notification is that of
the Government's form as far as its reporting rules and statistics show it.
"""

from dataclasses import dataclass

Choices = tuple[tuple[str, str], ...]

YES_NO_UNKNOWN: Choices = (("yes", "Yes"), ("no", "No"), ("unknown", "Not known"))


@dataclass(frozen=True)
class Question:
    """One question; without `choices` it is answered in words."""

    name: str
    text: str
    choices: Choices = ()
    hint: str = ""

    def in_words(self, value: str) -> str:
        """The answer as people read it."""
        return dict(self.choices).get(value, value)


# What the law turns on, child by child.
FACTS = (
    Question(
        "abuse_neglect",
        "Is abuse or neglect known or suspected?",
        (
            ("known", "Known"),
            ("suspected", "Suspected"),
            ("not_indicated", "Nothing points to it"),
            ("not_yet_known", "Not yet known"),
        ),
        "Suspicion is enough.",
    ),
    Question(
        "outcome",
        "What happened to the child?",
        (
            ("death", "The child died"),
            ("serious_harm", "The child was seriously harmed"),
            ("neither", "Neither"),
            ("not_yet_known", "Not yet known"),
        ),
    ),
    Question("suspected_suicide", "Is it a suspected suicide?", YES_NO_UNKNOWN),
    Question(
        "harm_basis",
        "What kind of harm?",
        (
            ("none", "None of these kinds"),
            ("life_threatening_injury", "Potentially life-threatening injury"),
            ("impairment_physical", "Lasting impairment of physical health"),
            ("impairment_mental_health", "Lasting impairment of mental health"),
            ("impairment_development", "Lasting impairment of development"),
            ("impairment_likely_not_certain", "Lasting impairment likely, not certain"),
            ("one_off_recovered", "One incident, from which the child recovered"),
            ("serious_sexual_abuse", "Serious sexual abuse"),
            ("violent_assault", "Violent assault"),
            ("harm_to_others_by_child", "The child seriously harmed somebody else"),
            ("below_threshold", "Less than serious harm"),
            ("not_yet_assessed", "Not yet assessed"),
        ),
    ),
    Question(
        "interagency_concern",
        "Is there concern about how bodies worked together?",
        (
            ("concern", "There is concern"),
            ("unclear", "Unclear"),
            ("definitively_none", "Definitely none, on evidence"),
            ("not_applicable", "Does not arise"),
        ),
    ),
    Question("normally_resident", "Does the child normally live in our area?", YES_NO_UNKNOWN),
    Question("looked_after", "Is or was the child looked after?", YES_NO_UNKNOWN),
    Question(
        "responsible_authority",
        "Does our authority look after the child?",
        (*YES_NO_UNKNOWN[:2], ("not_applicable", "Does not arise"), YES_NO_UNKNOWN[2]),
    ),
    Question("regulated_setting", "Was it in a regulated setting or service?", YES_NO_UNKNOWN),
    Question(
        "detention_setting",
        "Was the child held anywhere?",
        (
            ("none", "No"),
            ("police_custody", "Police custody"),
            ("remand", "On remand"),
            ("post_sentence", "After sentence"),
            ("yoi", "Young offender institution"),
            ("stc", "Secure training centre"),
            ("secure_childrens_home", "Secure children’s home"),
            ("unknown", "Not known"),
        ),
    ),
    Question(
        "mha_detained", "Was the child detained under the Mental Health Act 1983?", YES_NO_UNKNOWN
    ),
    Question("dol_order", "Was the child deprived of liberty by an order?", YES_NO_UNKNOWN),
    Question("care_leaver", "Is this a care leaver?", YES_NO_UNKNOWN),
    Question("care_leaver_age", "Age of the care leaver", (), "In whole years."),
    Question(
        "child_role",
        "Was the child harmed, or said to have harmed somebody?",
        (
            ("victim", "Harmed"),
            ("alleged_perpetrator", "Said to have harmed somebody"),
            ("unknown", "Not known"),
        ),
    ),
    Question(
        "special_trigger",
        "Does a further circumstance of the older guidance apply?",
        (
            ("none", "No"),
            ("violent_assault", "Serious harm through a violent assault"),
            ("parent_murdered", "A parent was murdered"),
            ("unknown", "Not known"),
        ),
    ),
)

AGE_HINT = "In whole years on that day. Write unborn if not yet born; leave it blank if not known."

# What the engine may name as missing that is no fact of a child.
ELSEWHERE = {
    "age_years": "How old the child was",
    "in_area": "Whether it happened in our area",
    "outside_england": "Whether it happened outside England",
    "known_date": "The day the authority became aware",
}

OF_INCIDENT = (
    Question("authority", "Notifying local authority"),
    Question(
        "contact", "Who can be asked", (), "Role, telephone; for example duty head of service."
    ),
    Question("other_authorities", "Other authorities concerned"),
    Question("police", "Police investigation and its state"),
    Question("courts", "Court proceedings and inquest"),
    Question("media", "Interest of the press, if any"),
)

_GENDER: Choices = (
    ("female", "Female"),
    ("male", "Male"),
    ("other", "Another"),
    ("not_known", "Not known"),
)
_ETHNICITY: Choices = (
    ("asian", "Asian or Asian British"),
    ("black", "Black, Black British, Caribbean or African"),
    ("mixed", "Mixed or multiple ethnic groups"),
    ("white", "White"),
    ("other", "Other ethnic group"),
    ("not_known", "Not known"),
)
_LEGAL_STATUS: Choices = (
    ("none", "No order"),
    ("care_order", "Care order"),
    ("interim_care_order", "Interim care order"),
    ("section_20", "Accommodated by agreement (section 20)"),
    ("supervision_order", "Supervision order"),
    ("special_guardianship", "Special guardianship"),
    ("other", "Other"),
    ("not_known", "Not known"),
)
_PLACEMENT: Choices = (
    ("home", "At home"),
    ("relatives", "With relatives or friends"),
    ("foster_care", "Foster care"),
    ("residential", "Residential care"),
    ("semi_independent", "Semi-independent or unregulated"),
    ("hospital", "Hospital"),
    ("secure", "Secure setting"),
    ("other", "Other"),
    ("not_known", "Not known"),
)
_PLAN: Choices = (
    ("now", "Yes, at the time"),
    ("before", "Earlier"),
    ("never", "Never"),
    ("not_known", "Not known"),
)

OF_CHILD = (
    Question("gender", "Gender", _GENDER),
    Question("ethnicity", "Ethnicity", _ETHNICITY),
    Question("disability", "Disability", (), "What it is, none, or not known."),
    Question("legal_status", "Legal status", _LEGAL_STATUS),
    Question("placement", "Where the child lived", _PLACEMENT),
    Question("protection_plan", "Child protection plan", _PLAN),
    Question("agencies_known", "Agencies known to the child", (), "And in what way."),
)


def missing_in_words(name: str) -> str:
    """A fact named missing by the engine, as people would ask for it."""
    asked = {each.name: each.text for each in FACTS} | ELSEWHERE
    return asked.get(name, name.replace("_", " "))
