"""The sections of an overview report, in the order in which boards publish them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Planned:
    """A section every report starts with. `follows` says what Candour adds below its text."""

    key: str
    heading: str
    hint: str
    follows: str = ""


HOW_IT_WAS_DONE = "how_it_was_done"

SECTIONS = (
    Planned(
        "introduction",
        "Introduction",
        "Why there was a review, what it covers, who led it, and what it cannot tell.",
    ),
    Planned(
        "daily_life",
        "The child's daily life",
        "Who the child was: a day in their life, what they liked, what they said or showed, who "
        "saw them and when. Before anything about services.",
    ),
    Planned(
        "what_happened",
        "What happened",
        "The story in phases, in plain words, without judging it yet.",
        "the chronology you chose",
    ),
    Planned(
        "analysis",
        "What we looked at closely",
        "How the parts below were chosen. Each is described as it looked at the time.",
        "the key practice episodes",
    ),
    Planned(
        "good_practice",
        "What was done well",
        "Practice that helped, by whom (role), and what made it possible.",
    ),
    Planned(
        "findings",
        "What we found",
        "What the findings have in common and why they matter beyond this family.",
        "the findings",
    ),
    Planned(
        "recommendations",
        "What should change",
        "How the recommendations or questions follow from the findings.",
        "the recommendations or questions",
    ),
    Planned(
        HOW_IT_WAS_DONE,
        "How this review was done",
        "Only what the facts below do not say: delays and their reasons, what could not be had.",
        "how each principle was met, who was asked and who was heard",
    ),
    Planned(
        "conclusion",
        "Conclusion",
        "What a reader should take away. No new facts.",
    ),
)


def planned(key: str) -> Planned:
    """The planned section with this key; KeyError if there is none."""
    return next(section for section in SECTIONS if section.key == key)
