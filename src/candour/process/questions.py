"""The questions of the process that no record answers, and who may answer each."""

from dataclasses import dataclass

from candour.people.roles import Role

_DECIDERS = frozenset({Role.CHAIR, Role.LEAD_PARTNER, Role.DELEGATED_PARTNER})
_REVIEWERS = frozenset({Role.LEAD_REVIEWER, Role.SECOND_REVIEWER})
_MANAGER = frozenset({Role.BUSINESS_MANAGER})
_LAWYER = frozenset({Role.LEGAL_ADVISER})


@dataclass(frozen=True)
class Asked:
    """A question about one fact; `ask` says what the note should hold."""

    question: str
    ask: str
    by: frozenset[Role]


QUESTIONS: dict[str, Asked] = {
    "practitioner_event": Asked(
        "Have practitioners been heard, or is it decided why not?",
        "When and how; or why there was no event.",
        _REVIEWERS | _MANAGER,
    ),
    "comments_resolved": Asked(
        "Has every comment on accuracy been answered?",
        "Who commented, and how their comments were answered.",
        _REVIEWERS | _MANAGER,
    ),
    "jigsaw_passed": Asked(
        "Has the report been compared with what is already public, and is nobody identified?",
        "What was compared: reports of a trial or inquest, the press, other reviews.",
        _LAWYER | _MANAGER | _DECIDERS,
    ),
    "needs_redaction": Asked(
        "Would anything have to be blacked out before the report is published?",
        "Who read it for this.",
        _LAWYER | _MANAGER | _DECIDERS,
    ),
    "plain_english": Asked(
        "Has the report been read for plain English?",
        "By whom: somebody who is no professional, if possible.",
        _REVIEWERS | _MANAGER | _DECIDERS,
    ),
    "quality_check": Asked(
        "Has the report passed the partners' check of quality?",
        "What was checked, by whom.",
        _DECIDERS | _MANAGER,
    ),
    "panel_told": Asked(
        "Has the national panel been told of the withdrawal?",
        "On which day, by whom.",
        _DECIDERS | _LAWYER | _MANAGER,
    ),
    "improvements_text": Asked(
        "Has information on the improvements been published in place of the report?",
        "Where it stands, and since when.",
        _DECIDERS | _MANAGER,
    ),
    "yearly_report": Asked(
        "Does the yearly report give these actions and the evidence of their impact?",
        "Which report, and where in it.",
        _DECIDERS | _MANAGER,
    ),
}
